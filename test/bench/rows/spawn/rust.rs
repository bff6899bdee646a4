#![no_main]
// Boxed futures in a queue. The waker puts the running task back, which is all
// that one thread and no I/O need.
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
use std::collections::VecDeque;

static mut SUM: u64 = 0;
static mut WOKEN: bool = false;

const TABLE: RawWakerVTable = RawWakerVTable::new(
    |_| RawWaker::new(null(), &TABLE),
    |_| unsafe { WOKEN = true },
    |_| unsafe { WOKEN = true },
    |_| {},
);

struct YieldNow(bool);
impl Future for YieldNow {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

async fn work(n: u64) {
    let kept = n ^ step();
    YieldNow(false).await;
    unsafe { SUM = SUM.wrapping_add(kept) };
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = unsafe { Waker::from_raw(RawWaker::new(null(), &TABLE)) };
    let mut cx = Context::from_waker(&waker);
    let mut ready: VecDeque<Pin<Box<dyn Future<Output = ()>>>> = VecDeque::new();
    unsafe { SUM = 0 };
    for i in 0..count {
        ready.push_back(Box::pin(work(i)));
    }
    while let Some(mut task) = ready.pop_front() {
        unsafe { WOKEN = false };
        if task.as_mut().poll(&mut cx).is_pending() && unsafe { WOKEN } {
            ready.push_back(task);
        }
    }
    unsafe { SUM }
}
