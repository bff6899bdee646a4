#![no_main]
#![recursion_limit = "256"]
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
include!(concat!(env!("BENCH_COMMON"), "/levels.rs"));

async fn l1(n: u64) -> u64 {
    suspend().await;
    n.wrapping_add(step())
}
levels!();

async fn root() {
    let mut total = 0u64;
    loop {
        total = level!(top(total)).await;
        sink(total);
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = no_waker();
    let mut cx = Context::from_waker(&waker);
    let mut task = root();
    let mut any = opaque(&mut task);
    for _ in 0..=count {
        let _ = any.as_mut().poll(&mut cx);
    }
    unsafe { bench_sink }
}
