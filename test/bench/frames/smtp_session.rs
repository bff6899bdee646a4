#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::io::Write;

#[derive(Clone, Copy, PartialEq)]
enum Reply {
    Syntax = 500,
    Order = 503,
    Mailbox = 550,
    Gone = 421,
}

#[derive(Clone, Copy)]
struct Address {
    local: [u8; 24],
    domain: [u8; 32],
}

async fn read_line(input: u32, line: &mut [u8]) -> usize {
    let mut n = 0;
    loop {
        let c = get(input).await;
        if c == b'\n' || c == 0 {
            return n;
        }
        if n < line.len() - 1 {
            line[n] = c;
            n += 1;
        }
    }
}

async fn answer(output: u32, code: u32, text: &[u8]) {
    let mut line = [0u8; 64];
    let n = {
        let mut to = &mut line[..];
        writeln!(to, "{code} {}", std::str::from_utf8(text).unwrap()).unwrap();
        64 - to.len()
    };
    drain(output, &line[..n]).await;
}

fn split(text: &[u8]) -> Result<Address, Reply> {
    let mut to = Address { local: [0; 24], domain: [0; 32] };
    let text = std::str::from_utf8(text).map_err(|_| Reply::Syntax)?;
    let inner = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')).ok_or(Reply::Syntax)?;
    let (local, domain) = inner.split_once('@').ok_or(Reply::Syntax)?;
    to.local[..local.len()].copy_from_slice(local.as_bytes());
    to.domain[..domain.len()].copy_from_slice(domain.as_bytes());
    Ok(to)
}

fn zero_ended(text: &[u8]) -> &[u8] {
    &text[..text.iter().position(|b| *b == 0).unwrap_or(text.len())]
}

async fn check(directory: u32, a: &Address) -> Result<(), Reply> {
    let mut question = [0u8; 8];
    let who = digest(digest(0, &a.local), &a.domain);
    question[..4].copy_from_slice(&who.to_le_bytes());
    drain(directory, &question).await;
    if get(directory).await < 40 { Err(Reply::Mailbox) } else { Ok(()) }
}

async fn receive_data(input: u32, store: u32) -> Result<u32, Reply> {
    let mut line = [0u8; 80];
    let mut sum = 0;
    loop {
        let n = read_line(input, &mut line).await;
        match &line[..n] {
            b"" => return Err(Reply::Gone),
            b"." => return Ok(sum),
            text => {
                drain(store, text).await;
                sum = digest(sum, text);
            }
        }
    }
}

struct Session {
    from: Address,
    to: Address,
    recipients: i32,
    mails: u32,
}

/// False to end.
async fn command(
    s: &mut Session, line: &[u8], input: u32, output: u32, others: u32,
) -> Result<bool, Reply> {
    let is = |name: &str| {
        line.len() >= name.len() && line[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    if is("HELO") {
        answer(output, 250, &line[5..]).await;
    } else if is("MAIL FROM:") {
        s.from = split(&line[10..])?;
        s.recipients = 0;
        answer(output, 250, b"ok").await;
    } else if is("RCPT TO:") {
        if s.recipients < 0 {
            return Err(Reply::Order);
        }
        s.to = split(&line[8..])?;
        check(others, &s.to).await?;
        s.recipients += 1;
        answer(output, 250, zero_ended(&s.to.local)).await;
    } else if is("DATA") {
        if s.recipients <= 0 {
            return Err(Reply::Order);
        }
        answer(output, 354, b"go on").await;
        let id = receive_data(input, others).await?;
        s.mails = s.mails.wrapping_add(id ^ digest(1, &s.from.local));
        s.recipients = -1;
        answer(output, 250, b"stored").await;
    } else {
        answer(output, 221, b"bye").await;
        return Ok(false);
    }
    Ok(true)
}

async fn session(input: u32, output: u32, others: u32) -> u32 {
    let none = Address { local: [0; 24], domain: [0; 32] };
    let mut s = Session { from: none, to: none, recipients: -1, mails: 0 };
    let mut errors = 0;
    let mut line = [0u8; 96];
    port_script(
        input,
        "HELO me\nRCPT TO:<a@b>\nMAIL FROM:<me@here.example>\nRCPT TO:<you>\n\
         RCPT TO:<you@there.example>\nRCPT TO:<she@there.example>\nDATA\nhello\n\
         bye\n.\nQUIT\n",
        500,
    );
    answer(output, 220, b"ready").await;
    loop {
        let n = read_line(input, &mut line).await;
        if n == 0 {
            break;
        }
        match command(&mut s, &line[..n], input, output, others).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(code) => {
                errors += 1;
                answer(output, code as u32, b"no").await;
                if code == Reply::Gone {
                    break;
                }
            }
        }
    }
    s.mails.wrapping_add(errors)
}

fn main() {
    run(session(0, 1, 2));
}
