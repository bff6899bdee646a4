// What the Rust programs share: the driver's symbols, a waker that does nothing
// and a future that is pending once. Included, not a crate: rustc alone builds
// each program, Debian's 1.63 or a new one.
use std::future::Future;
use std::pin::Pin;
use std::ptr::{null, null_mut};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

extern "C" {
    static mut bench_step: u64;
    static mut bench_never: u64;
    static mut bench_sink: u64;
    fn bench_opaque(pointer: *mut u8) -> *mut u8;
}

fn step() -> u64 {
    unsafe { bench_step }
}
fn never() -> u64 {
    unsafe { bench_never }
}
fn sink(value: u64) {
    unsafe { std::ptr::write_volatile(&mut bench_sink, value) }
}

fn no_waker() -> Waker {
    const TABLE: RawWakerVTable =
        RawWakerVTable::new(|_| RawWaker::new(null(), &TABLE), |_| {}, |_| {}, |_| {});
    unsafe { Waker::from_raw(RawWaker::new(null(), &TABLE)) }
}

// The same type-erased future; the compiler does not know which.
fn opaque<'a, T>(future: &'a mut dyn Future<Output = T>) -> Pin<&'a mut dyn Future<Output = T>> {
    unsafe {
        let mut parts: [*mut u8; 2] = std::mem::transmute(future as *mut dyn Future<Output = T>);
        parts[1] = bench_opaque(parts[1]);
        let future: *mut (dyn Future<Output = T> + 'a) = std::mem::transmute(parts);
        Pin::new_unchecked(&mut *future)
    }
}

struct Suspend(bool);
impl Future for Suspend {
    type Output = ();
    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}
fn suspend() -> Suspend {
    Suspend(false)
}

// What noinline is in C: the future's code is a function of its own.
struct Apart<F>(F);
impl<F: Future> Future for Apart<F> {
    type Output = F::Output;
    #[inline(never)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        unsafe { self.map_unchecked_mut(|s| &mut s.0) }.poll(cx)
    }
}
