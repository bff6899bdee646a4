#![no_main]
// An enum of the four futures, by value in one vector, polled by a match. The
// waker puts the running task's place back into a queue, which is all that one
// thread and no I/O need.
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
include!(concat!(env!("BENCH_COMMON"), "/yielding.rs"));
use std::collections::VecDeque;

const TASKS: usize = 1000;
static mut VALUES: [u64; TASKS] = [0; TASKS];

async fn repeat(i: usize, left: u64, change: impl Fn(u64, u64) -> u64) {
    unsafe { VALUES[i] = i as u64 + 1 };
    for left in (0..left).rev() {
        unsafe { VALUES[i] = change(VALUES[i], left) };
        YieldNow(false).await;
    }
}

enum Either<A, B, C, D> {
    Add(A),
    Xor(B),
    Shift(C),
    Multiply(D),
}

impl<A, B, C, D> Future for Either<A, B, C, D>
where
    A: Future<Output = ()>,
    B: Future<Output = ()>,
    C: Future<Output = ()>,
    D: Future<Output = ()>,
{
    type Output = ();
    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        unsafe {
            match self.get_unchecked_mut() {
                Either::Add(f) => Pin::new_unchecked(f).poll(cx),
                Either::Xor(f) => Pin::new_unchecked(f).poll(cx),
                Either::Shift(f) => Pin::new_unchecked(f).poll(cx),
                Either::Multiply(f) => Pin::new_unchecked(f).poll(cx),
            }
        }
    }
}

fn start(i: usize, left: u64) -> impl Future<Output = ()> {
    match (i as u32).wrapping_mul(2654435761) >> 30 {
        0 => Either::Add(repeat(i, left, |value, _| value.wrapping_add(step()))),
        1 => Either::Xor(repeat(i, left, |value, left| value ^ (step() + left))),
        2 => Either::Shift(repeat(i, left, |value, _| value << 1 ^ step())),
        _ => Either::Multiply(repeat(i, left, |value, _| value.wrapping_mul(step()))),
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = own_waker();
    let mut cx = Context::from_waker(&waker);
    let mut all: Vec<_> = (0..TASKS).map(|i| start(i, count / TASKS as u64)).collect();
    let mut ready: VecDeque<usize> = (0..TASKS).collect();
    while let Some(i) = ready.pop_front() {
        unsafe { WOKEN = false };
        let task = unsafe { Pin::new_unchecked(&mut all[i]) };
        if task.poll(&mut cx).is_pending() && unsafe { WOKEN } {
            ready.push_back(i);
        }
    }
    (0..TASKS).fold(0, |sum, i| unsafe { sum.wrapping_add(VALUES[i]) })
}
