#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::fmt::Arguments;
use std::io::Write;

struct Log {
    port: u32,
    lines: u32,
}

fn format(to: &mut [u8], what: Arguments) -> usize {
    let size = to.len();
    let mut rest = to;
    rest.write_fmt(what).unwrap();
    size - rest.len()
}

async fn say(log: &mut Log, what: Arguments<'_>) {
    let mut text = [0u8; 72];
    let n = format(&mut text, what);
    log.lines += 1;
    drain(log.port, &text[..n]).await;
}

async fn pause_for(clock: u32, ticks: u32) {
    for _ in 0..ticks {
        ready(clock).await;
    }
}

async fn answer(line: u32, to: &mut [u8]) -> usize {
    let mut n = 0;
    loop {
        let c = get(line).await;
        if c == b'\r' || c == 0 {
            return n;
        }
        if n < to.len() - 1 {
            to[n] = c;
            n += 1;
        }
    }
}

async fn command<'a>(
    line: u32, clock: u32, log: &mut Log, text: &str, reply: &'a mut [u8],
) -> Option<&'a str> {
    for attempt in 1..=4 {
        drain(line, text.as_bytes()).await;
        put(line, b'\r').await;
        let n = answer(line, reply).await;
        if &reply[..n] == b"OK" || reply[..n].starts_with(b"+") {
            return Some(std::str::from_utf8(&reply[..n]).unwrap());
        }
        let said = std::str::from_utf8(&reply[..n]).unwrap();
        say(log, format_args!("{text}: {said} ({n}) attempt {attempt}")).await;
        pause_for(clock, attempt * attempt).await;
    }
    None
}

async fn dial(line: u32, clock: u32, log_port: u32, number: &str) -> u32 {
    let mut log = Log { port: log_port, lines: 0 };
    let mut reply = [0u8; 40];
    let mut quality = 0;
    port_script(line, "OK\rERROR\r+CSQ: 17\rBUSY\rNO CARRIER\rOK\r", 1000);
    if command(line, clock, &mut log, "ATZ", &mut reply).await.is_none() {
        return 1;
    }
    if let Some(said) = command(line, clock, &mut log, "AT+CSQ", &mut reply).await {
        if let Some(value) = said.strip_prefix("+CSQ: ") {
            quality = value.parse().unwrap();
            say(&mut log, format_args!("quality {quality}")).await;
        }
    }
    let mut text = [0u8; 48];
    let n = format(&mut text, format_args!("ATD{number};"));
    let text = std::str::from_utf8(&text[..n]).unwrap();
    if command(line, clock, &mut log, text, &mut reply).await.is_none() {
        say(&mut log, format_args!("{number} does not answer")).await;
        return 2;
    }
    let lines = log.lines;
    say(&mut log, format_args!("connected to {number} after {lines} lines")).await;
    quality * 100 + log.lines
}

fn main() {
    run(dial(0, 1, 2, "555-0199"));
}
