#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Default)]
struct Answer {
    address: [u32; 4],
    count: u8,
    code: u8,
}

async fn ticks(port: u32, n: u32) {
    for _ in 0..n {
        ready(port).await;
    }
}

async fn query(server: u32, id: u16, name: &str) -> Answer {
    let mut packet = [0u8; 128];
    let n = name.len();
    packet[..2].copy_from_slice(&id.to_le_bytes());
    packet[2..n + 2].copy_from_slice(name.as_bytes());
    drain(server, &packet[..n + 2]).await;
    // The answer may be for an older query: those are dropped.
    loop {
        ticks(server, 1 + (port_get(server) & 7) as u32).await;
        fill(server, &mut packet).await;
        if packet[0] & 3 == id as u8 & 3 {
            break;
        }
    }
    let mut answer = Answer::default();
    answer.code = packet[2] & 1;
    let mut at = 3;
    while at + 4 < packet.len() && answer.count < 4 {
        answer.address[answer.count as usize] = digest(id as u32, &packet[at..at + 4]);
        answer.count += 1;
        at += 1 + packet[at] as usize;
    }
    answer
}

async fn resolve(name: &str) -> Option<Answer> {
    for attempt in 0..6u32 {
        let asking = query(attempt & 1, 0x1234 + attempt as u16, name);
        if let Either::Left(answer) = select(asking, ticks(2, 9 + 4 * attempt)).await {
            if answer.code == 0 {
                return Some(answer);
            }
        }
        note(attempt);
    }
    None
}

async fn all(names: &[&str]) -> u32 {
    let mut sum = 0u32;
    for name in names {
        let answer = match resolve(name).await {
            Some(answer) => answer,
            None => continue,
        };
        for address in &answer.address[..answer.count as usize] {
            sum = sum.wrapping_mul(31).wrapping_add(*address);
        }
    }
    sum
}

fn main() {
    run(all(&["a.example", "mail.example", "b.example.net"]));
}
