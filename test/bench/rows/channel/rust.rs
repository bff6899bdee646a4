#![no_main]
// The standard library's bounded channel.
use std::sync::mpsc::sync_channel;

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let (sender, receiver) = sync_channel(64);
    let thread = std::thread::spawn(move || {
        for i in 0..count {
            sender.send(i).unwrap();
        }
    });
    let mut sum = 0u64;
    for _ in 0..count {
        sum = sum.wrapping_add(receiver.recv().unwrap());
    }
    thread.join().unwrap();
    sum
}
