#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::io::Write;

struct Record {
    city: [u8; 20],
    year: u32,
    amount: i32,
    valid: bool,
}

async fn field(input: u32, to: &mut [u8], ends: &mut bool) -> bool {
    let mut n = 0;
    *ends = false;
    loop {
        let c = get(input).await;
        if c == b',' || c == b'\n' || c == 0 {
            *ends = c != b',';
            to[n] = 0;
            return c != 0;
        }
        if n < to.len() - 1 {
            to[n] = c;
            n += 1;
        }
    }
}

fn string(text: &[u8]) -> &str {
    std::str::from_utf8(text.split(|b| *b == 0).next().unwrap()).unwrap()
}

async fn read_record(input: u32, r: &mut Record) -> bool {
    let mut text = [0u8; 24];
    let mut ends = false;
    *r = Record { city: [0; 20], year: 0, amount: 0, valid: false };
    if !field(input, &mut r.city, &mut ends).await {
        return false;
    }
    if !ends {
        field(input, &mut text, &mut ends).await;
        r.year = string(&text).parse().unwrap_or(0);
    }
    if !ends {
        field(input, &mut text, &mut ends).await;
        r.amount = string(&text).parse().unwrap_or(0);
        r.valid = ends;
    }
    while !ends {
        field(input, &mut text, &mut ends).await;
    }
    true
}

async fn totals(input: u32, output: u32) -> u32 {
    let mut sums = [0i64; 8];
    let mut lines = 0;
    let mut bad = 0;
    port_script(input, "Bern,2019,120\nWien,2020,-7\nbroken\nBern,2021,40\nOslo,2020,5,6\n", 120);
    let mut r = Record { city: [0; 20], year: 0, amount: 0, valid: false };
    while read_record(input, &mut r).await {
        lines += 1;
        if r.valid && r.year >= 2000 {
            sums[digest(1, string(&r.city).as_bytes()) as usize % 8] += r.amount as i64;
        } else {
            bad += 1;
        }
    }
    for sum in sums {
        let mut text = [0u8; 24];
        let n = {
            let mut to = &mut text[..];
            write!(to, "{sum};").unwrap();
            24 - to.len()
        };
        drain(output, &text[..n]).await;
    }
    lines * 100 + bad
}

fn main() {
    run(totals(0, 1));
}
