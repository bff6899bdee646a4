#![no_main]
// park and unpark, and whose turn it is.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::thread;

fn run(turn: &AtomicUsize, side: usize, other: &thread::Thread, count: u64) {
    for _ in 0..count {
        while turn.load(Ordering::Acquire) != side {
            thread::park();
        }
        turn.store(1 - side, Ordering::Release);
        other.unpark();
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let turn = Arc::new(AtomicUsize::new(0));
    let (there, here) = (turn.clone(), thread::current());
    let other = thread::spawn(move || run(&there, 1, &here, count));
    run(&turn, 0, other.thread(), count);
    other.join().unwrap();
    count
}
