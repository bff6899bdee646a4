#[path = "support/ports.rs"]
mod ports;
use ports::*;

const WIDTH: usize = 80;
const PACKET: usize = 32;

struct Packer {
    output: u32,
    used: u8,
    bytes: [u8; PACKET],
}

async fn flush(p: &mut Packer) {
    let used = p.used as usize;
    let head = [0xa5, p.used, digest(1, &p.bytes[..used]) as u8];
    drain(p.output, &head).await;
    drain(p.output, &p.bytes[..p.used as usize]).await;
    p.used = 0;
}

async fn pack(p: &mut Packer, row: &[u8]) {
    let mut x = 0;
    while x < row.len() {
        let value = row[x];
        let mut run = 1;
        while x + run < row.len() && row[x + run] == value && run < 255 {
            run += 1;
        }
        x += run;
        if p.used as usize + 2 > PACKET {
            flush(p).await;
        }
        p.bytes[p.used as usize] = run as u8;
        p.bytes[p.used as usize + 1] = value;
        p.used += 2;
    }
}

async fn read_row(input: u32, row: &mut [u8; WIDTH]) -> bool {
    fill(input, row).await;
    let check = get(input).await;
    row.iter_mut().for_each(|b| *b >>= 6); // few colours
    check > 20
}

async fn smooth(input: u32, output: u32, height: usize) -> u32 {
    let mut rows = [[0u8; WIDTH]; 3];
    let mut packer = Packer { output, used: 0, bytes: [0; PACKET] };
    let mut sum = 0;
    let mut damaged = 0;
    for y in 0..height {
        if !read_row(input, &mut rows[(y + 2) % 3]).await {
            damaged += 1;
            rows[(y + 2) % 3] = rows[(y + 1) % 3];
        }
        let mut result = [0u8; WIDTH];
        {
            let (above, here, below) = (&rows[y % 3], &rows[(y + 1) % 3], &rows[(y + 2) % 3]);
            for x in 0..WIDTH {
                let left = if x > 0 { here[x - 1] } else { 0 };
                let right = if x < WIDTH - 1 { here[x + 1] } else { 0 };
                result[x] = (above[x] + below[x] + left + right + here[x] * 4) / 8;
            }
        }
        sum = digest(sum, &result);
        pack(&mut packer, &result).await;
    }
    flush(&mut packer).await;
    sum.wrapping_add(damaged)
}

fn main() {
    run(smooth(0, 1, 7));
}
