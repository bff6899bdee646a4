#![no_main]
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));

async fn counter(step: &u64) {
    let mut total = 0u64;
    loop {
        total = total.wrapping_add(*step);
        sink(total);
        suspend().await;
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = no_waker();
    let mut cx = Context::from_waker(&waker);
    let mut task = counter(unsafe { &bench_step });
    let mut any = opaque(&mut task);
    for _ in 0..count {
        let _ = any.as_mut().poll(&mut cx);
    }
    unsafe { bench_sink }
}
