#![no_main]
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));

async fn leaf(n: u64) -> u64 {
    suspend().await;
    n.wrapping_add(step())
}
async fn middle(n: u64) -> u64 {
    let kept = n ^ step();
    Apart(leaf(n)).await.wrapping_add(kept)
}
async fn work(n: u64) -> u64 {
    let kept = n.wrapping_mul(step());
    Apart(middle(n)).await.wrapping_add(kept)
}

#[cfg(SETUP)]
fn run(count: u64, cx: &mut Context<'_>) -> u64 {
    let mut sum = 0u64;
    for i in 0..count {
        let mut task = work(i);
        let mut any = opaque(&mut task);
        loop {
            if let Poll::Ready(result) = any.as_mut().poll(cx) {
                sum = sum.wrapping_add(result);
                break;
            }
        }
    }
    sum
}

#[cfg(REST)]
fn run(count: u64, cx: &mut Context<'_>) -> u64 {
    let mut sum = 0;
    let mut all = Vec::with_capacity(count as usize);
    for i in 0..count {
        all.push(work(i));
        let task = all.last_mut().unwrap();
        sum += unsafe { Pin::new_unchecked(task) }.poll(cx).is_pending() as u64;
    }
    std::mem::forget(all);
    sum
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = no_waker();
    let mut cx = Context::from_waker(&waker);
    run(count, &mut cx)
}
