#[path = "support/ports.rs"]
mod ports;
use ports::*;

const BLOCK: usize = 128;

struct Entry {
    name: [u8; 100],
    size: u32,
    kind: u8,
}

async fn read_head(input: u32, e: &mut Entry) -> bool {
    let mut head = [0u8; BLOCK]; // name 64, mode 8, size 12, kind 1, link 35, check 8
    fill(input, &mut head).await;
    let (name, kind) = (&head[..64], head[84]);
    if kind == 0 {
        return false;
    }
    let mut size = 0u32;
    for digit in &head[72..83] {
        size = size.wrapping_mul(8).wrapping_add((digit & 1) as u32);
    }
    e.size = size % 500;
    e.kind = b'0' + (kind & 3);
    if e.name[0] == 0 {
        e.name[..64].copy_from_slice(name);
        e.name[0] |= 1;
    }
    true
}

async fn long_name(input: u32, e: &mut Entry) {
    let mut block = [0u8; BLOCK];
    let mut left = e.size as usize;
    let mut at = 0;
    e.name = [0; 100];
    while left > 0 {
        fill(input, &mut block).await;
        let n = left.min(BLOCK);
        for byte in &block[..n] {
            if at < e.name.len() - 1 {
                e.name[at] = b'a' + (byte & 15);
                at += 1;
            }
        }
        left -= n;
    }
}

async fn contents(input: u32, output: u32, e: &Entry) -> u32 {
    let mut block = [0u8; BLOCK];
    let mut left = e.size as usize;
    let mut sum = digest(1, &e.name);
    while left > 0 {
        let n = left.min(BLOCK);
        fill(input, &mut block).await;
        drain(output, &block[..n]).await;
        sum = digest(sum, &block[..n]);
        left -= n;
    }
    sum
}

async fn unpack(input: u32, output: u32, most: u32) -> u32 {
    let mut sum = 0u32;
    let mut files = 0;
    let mut e = Entry { name: [0; 100], size: 0, kind: 0 };
    while files < most && read_head(input, &mut e).await {
        match e.kind {
            b'0' | b'1' => {
                sum = sum.wrapping_mul(31).wrapping_add(contents(input, output, &e).await);
                files += 1;
            }
            b'2' => {
                long_name(input, &mut e).await;
                continue;
            }
            _ => note(e.size),
        }
        e.name[0] = 0;
    }
    sum.wrapping_add(files)
}

fn main() {
    run(unpack(0, 1, 6));
}
