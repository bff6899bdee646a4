#![no_main]
use std::sync::{Arc, Mutex};

fn run(inside: &Mutex<u64>, count: u64) {
    for _ in 0..count {
        *inside.lock().unwrap() += 1;
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let inside = Arc::new(Mutex::new(0));
    if cfg!(CONTENDED) {
        let (half, other) = (count / 2, inside.clone());
        let thread = std::thread::spawn(move || run(&other, half));
        run(&inside, count - half);
        thread.join().unwrap();
    } else {
        run(&inside, count);
    }
    let all = *inside.lock().unwrap();
    all
}
