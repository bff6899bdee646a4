#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Clone, Copy)]
enum Fault {
    Ends = 1,
    Depth,
    Syntax,
}
use Fault::*;

struct Source {
    port: u32,
    ahead: u8,
    line: u32,
}

async fn next(s: &mut Source) -> u8 {
    let was = s.ahead;
    s.ahead = get(s.port).await;
    if was == b'\n' {
        s.line += 1;
    }
    was
}

async fn space(s: &mut Source) {
    while s.ahead.is_ascii_whitespace() {
        next(s).await;
    }
}

async fn text(s: &mut Source) -> Result<u32, Fault> {
    let mut bytes = [0u8; 64];
    let mut n = 0;
    next(s).await;
    while s.ahead != b'"' {
        if s.ahead == 0 {
            return Err(Ends);
        }
        let mut c = next(s).await;
        if c == b'\\' {
            c = if next(s).await == b'n' { b'\n' } else { b'?' };
        }
        if n < bytes.len() {
            bytes[n] = c;
            n += 1;
        }
    }
    next(s).await;
    Ok(digest(11, &bytes[..n]))
}

async fn number(s: &mut Source) -> u32 {
    let negative = s.ahead == b'-';
    let mut value = 0f64;
    let mut scale = 1f64;
    if negative {
        next(s).await;
    }
    while s.ahead.is_ascii_digit() {
        value = value * 10.0 + (next(s).await - b'0') as f64;
    }
    if s.ahead == b'.' {
        next(s).await;
        while s.ahead.is_ascii_digit() {
            scale /= 10.0;
            value += (next(s).await - b'0') as f64 * scale;
        }
    }
    (value * 1000.0) as u32 ^ if negative { 0x80000000 } else { 0 }
}

async fn word(s: &mut Source) -> Result<u32, Fault> {
    let mut bytes = [0u8; 8];
    let mut n = 0;
    while s.ahead.is_ascii_alphabetic() {
        if n == 7 {
            return Err(Syntax);
        }
        bytes[n] = next(s).await;
        n += 1;
    }
    match &bytes[..n] {
        b"true" => Ok(1),
        b"false" => Ok(2),
        b"null" => Ok(3),
        _ => Err(Syntax),
    }
}

async fn document(s: &mut Source) -> Result<u32, Fault> {
    let mut open = [0u8; 16];
    let mut depth = 0;
    let mut sum = 17u32;
    loop {
        space(s).await;
        let c = s.ahead;
        match c {
            b'{' | b'[' => {
                if depth == open.len() {
                    return Err(Depth);
                }
                open[depth] = next(s).await;
                depth += 1;
            }
            b'}' | b']' => {
                if depth == 0 {
                    return Err(Syntax);
                }
                depth -= 1;
                if open[depth] != if c == b'}' { b'{' } else { b'[' } {
                    return Err(Syntax);
                }
                next(s).await;
                sum = sum.wrapping_mul(33).wrapping_add(depth as u32);
            }
            b'"' => sum = sum.wrapping_mul(33).wrapping_add(text(s).await?),
            b'-' | b'0'..=b'9' => sum = sum.wrapping_mul(33).wrapping_add(number(s).await),
            b',' | b':' => {
                next(s).await;
            }
            0 => return Err(Ends),
            _ => sum = sum.wrapping_mul(33).wrapping_add(word(s).await?),
        }
        if depth == 0 {
            return Ok(sum);
        }
    }
}

async fn parse(port: u32, json: &'static str, length: usize) -> u32 {
    let mut source = Source { port, ahead: b' ', line: 1 };
    port_script(port, json, length);
    match document(&mut source).await {
        Ok(result) => result,
        Err(e) => 1000000 * e as u32 + source.line,
    }
}

async fn all(port: u32) -> u32 {
    let good = "{ \"a\": [1, -2.5, true, null],\n \"b\\n\": {\"c\": \"d\"} }";
    let mut sum = parse(port, good, good.len()).await;
    sum ^= parse(port, "[\n\n\"open", 8).await;
    sum ^ parse(port, "{ \n trap }", 10).await
}

fn main() {
    run(all(0));
}
