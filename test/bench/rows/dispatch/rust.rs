#![no_main]
// Boxed futures in a queue, each polled through its table. The waker puts the
// running task back, which is all that one thread and no I/O need.
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

fn start(i: usize, left: u64) -> Pin<Box<dyn Future<Output = ()>>> {
    match (i as u32).wrapping_mul(2654435761) >> 30 {
        0 => Box::pin(repeat(i, left, |value, _| value.wrapping_add(step()))),
        1 => Box::pin(repeat(i, left, |value, left| value ^ (step() + left))),
        2 => Box::pin(repeat(i, left, |value, _| value << 1 ^ step())),
        _ => Box::pin(repeat(i, left, |value, _| value.wrapping_mul(step()))),
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = own_waker();
    let mut cx = Context::from_waker(&waker);
    let mut ready: VecDeque<_> = (0..TASKS).map(|i| start(i, count / TASKS as u64)).collect();
    while let Some(mut task) = ready.pop_front() {
        unsafe { WOKEN = false };
        if task.as_mut().poll(&mut cx).is_pending() && unsafe { WOKEN } {
            ready.push_back(task);
        }
    }
    (0..TASKS).fold(0, |sum, i| unsafe { sum.wrapping_add(VALUES[i]) })
}
