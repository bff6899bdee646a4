#[path = "support/ports.rs"]
mod ports;
use ports::*;

struct Head {
    last: bool,
    masked: bool,
    opcode: u8,
    length: u64,
    mask: [u8; 4],
}

async fn read_head(input: u32) -> Head {
    let mut bytes = [0u8; 8];
    fill(input, &mut bytes[..2]).await;
    let mut h = Head {
        last: bytes[0] & 0x80 != 0,
        masked: bytes[1] & 0x80 != 0,
        opcode: bytes[0] & 3,
        length: (bytes[1] & 0x7f) as u64,
        mask: [0; 4],
    };
    if h.length == 126 {
        fill(input, &mut bytes[..2]).await;
        h.length = (bytes[0] as u64) << 8 | bytes[1] as u64;
    } else if h.length == 127 {
        fill(input, &mut bytes).await;
        h.length = bytes[7] as u64;
    }
    if h.masked {
        fill(input, &mut h.mask).await;
    }
    h
}

async fn write_head(output: u32, opcode: u8, length: usize) {
    let mut bytes = [0x80 | opcode, length as u8, 0, 0];
    let mut size = 2;
    if length > 125 {
        bytes[1] = 126;
        bytes[2] = (length >> 8) as u8;
        bytes[3] = length as u8;
        size = 4;
    }
    drain(output, &bytes[..size]).await;
}

async fn pong(input: u32, output: u32, h: &Head) {
    let mut data = [0u8; 125];
    let n = data.len().min(h.length as usize);
    fill(input, &mut data[..n]).await;
    write_head(output, 10, n).await;
    drain(output, &data[..n]).await;
}

async fn echo(input: u32, output: u32, messages: u32) -> u32 {
    let mut sum = 0;
    for _ in 0..messages {
        let mut message = [0u8; 200];
        let mut size = 0;
        loop {
            let h = read_head(input).await;
            if h.opcode == 1 {
                pong(input, output, &h).await;
                continue;
            }
            let n = (message.len() - size).min(h.length as usize);
            fill(input, &mut message[size..size + n]).await;
            if h.masked {
                for i in 0..n {
                    message[size + i] ^= h.mask[i & 3];
                }
            }
            size += n;
            if h.last {
                break;
            }
        }
        write_head(output, 2, size).await;
        drain(output, &message[..size]).await;
        sum = digest(sum, &message[..size]);
    }
    sum
}

fn main() {
    run(echo(0, 1, 6));
}
