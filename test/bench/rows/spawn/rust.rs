#![no_main]
// Boxed futures in a queue. The waker puts the running task back, which is all
// that one thread and no I/O need.
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
include!(concat!(env!("BENCH_COMMON"), "/yielding.rs"));
use std::collections::VecDeque;

static mut SUM: u64 = 0;

async fn work(n: u64) {
    let kept = n ^ step();
    YieldNow(false).await;
    unsafe { SUM = SUM.wrapping_add(kept) };
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = own_waker();
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
