#![no_main]
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

static HERE: AtomicU32 = AtomicU32::new(0);

extern "C" {
    fn bench_pin(n: i32);
}

// Both begin at once, each on a processor of its own: else one is done before
// the other is there.
fn meet() {
    let number = HERE.fetch_add(1, Ordering::AcqRel);
    unsafe { bench_pin(number as i32) };
    while HERE.load(Ordering::Acquire) < 2 {
        thread::yield_now();
    }
}

fn run(inside: &Mutex<u64>, count: u64) {
    for _ in 0..count {
        *inside.lock().unwrap() += 1;
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let inside = Arc::new(Mutex::new(0));
    if cfg!(CONTENDED) {
        HERE.store(0, Ordering::Release);
        let (half, other) = (count / 2, inside.clone());
        let thread = thread::spawn(move || {
            meet();
            run(&other, half)
        });
        meet();
        run(&inside, count - half);
        thread.join().unwrap();
    } else {
        run(&inside, count);
    }
    let all = *inside.lock().unwrap();
    all
}
