#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::cell::RefCell;
use std::io::Write;

const QUEUE: usize = 4;
const TEXT: usize = 24;

#[derive(Clone, Copy)]
struct Message {
    size: u8,
    text: [u8; TEXT],
}

struct Channel {
    input: u32,
    output: u32,
    clock: u32,
    first: u8,
    count: u8,
    closed: bool,
    queue: [Message; QUEUE],
}

async fn reader(c: &RefCell<Channel>) -> u32 {
    let mut refused = 0;
    loop {
        let input = c.borrow().input;
        let size = get(input).await % 32;
        if size == 0 {
            break;
        }
        if c.borrow().count as usize == QUEUE || size as usize > TEXT {
            let mut skipped = [0u8; 32];
            fill(input, &mut skipped[..size as usize]).await;
            refused += 1;
            continue;
        }
        // Its place is taken when it is there as a whole.
        let mut m = Message { size, text: [0; TEXT] };
        fill(input, &mut m.text[..size as usize]).await;
        let c = &mut *c.borrow_mut();
        c.queue[(c.first as usize + c.count as usize) % QUEUE] = m;
        c.count += 1;
    }
    c.borrow_mut().closed = true;
    refused
}

/// The next line, if there is one.
fn take(c: &mut Channel, name: &str, line: &mut [u8]) -> usize {
    let m = &c.queue[c.first as usize];
    let n = {
        let size = line.len();
        let mut to = &mut *line;
        write!(to, "{name}> ").unwrap();
        size - to.len()
    };
    for i in 0..m.size as usize {
        line[n + i] = b'a' + (m.text[i] & 15);
    }
    let n = n + m.size as usize;
    c.first = (c.first + 1) % QUEUE as u8;
    c.count -= 1;
    n
}

async fn writer(c: &RefCell<Channel>, name: &str) -> u32 {
    let mut sum = 0;
    loop {
        let (count, closed) = (c.borrow().count, c.borrow().closed);
        if count == 0 && closed {
            return sum;
        }
        if count == 0 {
            let clock = c.borrow().clock;
            ready(clock).await;
            continue;
        }
        let mut line = [0u8; TEXT + 16];
        let n = take(&mut c.borrow_mut(), name, &mut line);
        let mut at = 0;
        while at < n {
            let clock = c.borrow().clock;
            let part = (1 + get(clock).await as usize % 16).min(n - at);
            let output = c.borrow().output;
            drain(output, &line[at..at + part]).await;
            at += part;
        }
        sum = digest(sum, &line[..n]);
    }
}

async fn relay(input: u32, output: u32, clock: u32, name: &str) -> u32 {
    let empty = Message { size: 0, text: [0; TEXT] };
    let c = RefCell::new(Channel {
        input, output, clock, first: 0, count: 0, closed: false, queue: [empty; QUEUE],
    });
    let (refused, written) = join(reader(&c), writer(&c, name)).await;
    refused * 65536 + (written & 65535)
}

fn main() {
    run(relay(6, 1, 2, "ann"));
}
