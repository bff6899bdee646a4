#[path = "support/ports.rs"]
mod ports;
use ports::*;

enum Token {
    End,
    Number(i32),
    Name([u8; 12]),
    Operator(u8),
}
use Token::*;

struct Line {
    port: u32,
    ahead: u8,
}

async fn step(l: &mut Line) -> u8 {
    let was = l.ahead;
    l.ahead = get(l.port).await;
    was
}

async fn next(l: &mut Line) -> Token {
    while l.ahead == b' ' {
        step(l).await;
    }
    if l.ahead.is_ascii_digit() {
        let mut number = 0;
        while l.ahead.is_ascii_digit() {
            number = number * 10 + (step(l).await - b'0') as i32;
        }
        Number(number)
    } else if l.ahead.is_ascii_alphabetic() {
        let mut name = [0; 12];
        let mut n = 0;
        while l.ahead.is_ascii_alphabetic() {
            let c = step(l).await;
            if n < 11 {
                name[n] = c;
                n += 1;
            }
        }
        Name(name)
    } else if l.ahead != b';' && l.ahead != 0 {
        Operator(step(l).await)
    } else {
        End
    }
}

fn priority(c: u8) -> i32 {
    match c {
        b'*' | b'/' => 2,
        b'(' => 0,
        _ => 1,
    }
}

fn apply(c: u8, a: i32, b: i32) -> i32 {
    match c {
        b'+' => a + b,
        b'-' => a - b,
        b'*' => a * b,
        _ => if b == 0 { 0 } else { a / b },
    }
}

async fn lookup(server: u32, name: &[u8]) -> i32 {
    let mut reply = [0u8; 16];
    drain(server, name).await;
    fill(server, &mut reply).await;
    (digest(1, &reply) % 1000) as i32
}

async fn formula(l: &mut Line, server: u32) -> i32 {
    let mut values = [0i32; 16];
    let mut operators = [0u8; 16];
    let mut depth = 0usize;
    let mut pending = 0usize;
    loop {
        let (least, operator) = match next(l).await {
            Number(n) => {
                values[depth & 15] = n;
                depth += 1;
                continue;
            }
            Name(name) => {
                let n = name.iter().position(|b| *b == 0).unwrap();
                values[depth & 15] = lookup(server, &name[..n]).await;
                depth += 1;
                continue;
            }
            Operator(b'(') => {
                operators[pending & 15] = b'(';
                pending += 1;
                continue;
            }
            Operator(b')') => (0, b')'),
            Operator(c) => (priority(c), c),
            End => (-1, 0),
        };
        while pending > 0 && priority(operators[pending - 1]) >= least {
            pending -= 1;
            let c = operators[pending];
            if c == b'(' {
                if least == 0 {
                    break;
                }
                continue;
            }
            depth -= 1;
            values[depth - 1] = apply(c, values[depth - 1], values[depth]);
            put(server, c).await;
        }
        if least < 0 {
            return values[0];
        }
        if operator != b')' {
            operators[pending & 15] = operator;
            pending += 1;
        }
    }
}

async fn calculate(input: u32, server: u32) -> u32 {
    let mut line = Line { port: input, ahead: b' ' };
    let mut sum = 0u32;
    port_script(input, "1 + 2 * 3; (price - 4) * (rate + 2) / 3; alpha * (1 + (beta - 7)) - 12;", 72);
    while line.ahead != 0 {
        sum = sum.wrapping_mul(31).wrapping_add(formula(&mut line, server).await as u32);
        step(&mut line).await;
    }
    sum
}

fn main() {
    run(calculate(0, 1));
}
