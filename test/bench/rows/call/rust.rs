#![no_main]
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));

async fn next(n: u64) -> u64 {
    if never() != 0 {
        suspend().await;
    }
    n.wrapping_add(step())
}

async fn count_up(count: u64) -> u64 {
    let mut total = 0;
    for _ in 0..count {
        total = Apart(next(total)).await;
    }
    total
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = no_waker();
    let mut cx = Context::from_waker(&waker);
    let mut task = count_up(count);
    match opaque(&mut task).poll(&mut cx) {
        Poll::Ready(total) => total,
        Poll::Pending => 0,
    }
}
