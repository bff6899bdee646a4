#[path = "support/ports.rs"]
mod ports;
use ports::*;

struct Bits {
    input: u32,
    held: u32,
    count: u8,
}

struct Code {
    first: [u16; 16],
    symbols: [u16; 64],
    counts: [u8; 16],
}

async fn take(b: &mut Bits, n: u8) -> u32 {
    while b.count < n {
        b.held |= (get(b.input).await as u32) << b.count;
        b.count += 8;
    }
    let value = b.held & ((1 << n) - 1);
    b.held >>= n;
    b.count -= n;
    value
}

async fn read_code(b: &mut Bits) -> Code {
    let mut lengths = [0u8; 64];
    let mut counts = [0u8; 16];
    for length in &mut lengths {
        *length = take(b, 3).await as u8 + 4;
        counts[*length as usize] += 1;
    }
    let mut c = Code { first: [0; 16], symbols: [0; 64], counts };
    let mut next = 0;
    let mut at = [0u16; 16];
    for l in 1..16 {
        c.first[l] = next;
        at[l] = next;
        next += counts[l] as u16;
    }
    for (i, length) in lengths.iter().enumerate() {
        let at = &mut at[*length as usize];
        c.symbols[*at as usize] = (i * 3) as u16 + *length as u16;
        *at += 1;
    }
    c
}

async fn symbol(b: &mut Bits, c: &Code) -> u16 {
    let mut index = take(b, 3).await;
    for length in 4..12 {
        let count = c.counts[length] as u32;
        if index < count {
            return c.symbols[(c.first[length] as u32 + index) as usize];
        }
        index = (index - count) << 1 | take(b, 1).await;
        index &= 127;
    }
    255
}

async fn stored(b: &mut Bits, output: u32) -> u32 {
    let mut block = [0u8; 128];
    b.count = 0;
    b.held = 0;
    let n = take(b, 8).await as usize % block.len();
    fill(b.input, &mut block[..n]).await;
    drain(output, &block[..n]).await;
    n as u32
}

async fn packed(b: &mut Bits, output: u32) -> u32 {
    let mut window = [0u8; 64];
    let mut made = 0u32;
    let code = read_code(b).await;
    for _ in 0..40 {
        let s = symbol(b, &code).await;
        if s < 160 {
            window[made as usize % 64] = s as u8;
            made += 1;
            continue;
        }
        let distance = take(b, 5).await + 1;
        let mut length = s - 157;
        while length > 0 && made > distance {
            length -= 1;
            window[made as usize % 64] = window[(made - distance) as usize % 64];
            made += 1;
        }
        put(output, window[(made as usize + 63) % 64]).await;
    }
    made
}

async fn inflate(input: u32, output: u32, blocks: u32) -> u32 {
    let mut bits = Bits { input, held: 0, count: 0 };
    let mut total = 0u32;
    for _ in 0..blocks {
        let made = if take(&mut bits, 2).await == 0 {
            stored(&mut bits, output).await
        } else {
            packed(&mut bits, output).await
        };
        total = total.wrapping_mul(3).wrapping_add(made);
    }
    total
}

fn main() {
    run(inflate(0, 1, 5));
}
