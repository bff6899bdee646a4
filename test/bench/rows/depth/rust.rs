#![no_main]
#![recursion_limit = "256"]
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
include!(concat!(env!("BENCH_COMMON"), "/levels.rs"));

async fn l1(_: u64) -> u64 {
    let mut total = 0u64;
    while step() != 0 {
        total = total.wrapping_add(step());
        sink(total);
        suspend().await;
    }
    total
}
levels!();

async fn root() {
    sink(level!(top(0)).await);
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = no_waker();
    let mut cx = Context::from_waker(&waker);
    let mut task = root();
    let mut any = opaque(&mut task);
    for _ in 0..count {
        let _ = any.as_mut().poll(&mut cx);
    }
    unsafe { bench_sink }
}
