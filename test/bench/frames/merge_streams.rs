#[path = "support/ports.rs"]
mod ports;
use ports::*;

/// What a generator would be, were there any: its variables, and a `next`.
struct Numbers<'a> {
    bytes: &'a [u8],
    at: usize,
    value: u32,
    again: u32,
}

impl Iterator for Numbers<'_> {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        if self.again > 2 {
            self.again -= 1;
            return Some(self.value);
        }
        let mut step = *self.bytes.get(self.at)? as u32;
        self.at += 1;
        if step & 0x80 != 0 && self.at < self.bytes.len() {
            step = (step & 0x7f) << 8 | self.bytes[self.at] as u32;
            self.at += 1;
        }
        self.value += step;
        self.again = step & 3;
        Some(self.value)
    }
}

fn numbers(bytes: &[u8], value: u32) -> Numbers<'_> {
    Numbers { bytes, at: 0, value, again: 0 }
}

async fn merge(input: u32, output: u32) -> u32 {
    let mut blocks = [[0u8; 48]; 3];
    for block in &mut blocks {
        fill(input, block).await;
    }
    let mut a = numbers(&blocks[0], 10);
    let mut b = numbers(&blocks[1], 20);
    let mut c = numbers(&blocks[2], 30);
    let mut next = [a.next(), b.next(), c.next()];
    let mut last = 0;
    let mut count = 0u32;
    while let Some(least) = next.iter().flatten().copied().min() {
        if next[0] == Some(least) {
            next[0] = a.next();
        }
        if next[1] == Some(least) {
            next[1] = b.next();
        }
        if next[2] == Some(least) {
            next[2] = c.next();
        }
        if least == last {
            continue;
        }
        last = least;
        count += 1;
        drain(output, &least.to_ne_bytes()).await;
    }
    count * 65536 + (last & 65535)
}

fn main() {
    run(merge(0, 1));
}
