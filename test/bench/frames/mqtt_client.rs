#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::io::Write;

const CONNECT: u8 = 1;
const CONNACK: u8 = 2;
const PUBLISH: u8 = 3;
const PUBACK: u8 = 4;
const PUBREC: u8 = 5;
const PUBREL: u8 = 6;
const PUBCOMP: u8 = 7;
const SUBSCRIBE: u8 = 8;

struct Packet {
    kind: u8,
    flags: u8,
    length: u16,
    id: u16,
    body: [u8; 60],
}

struct Client {
    input: u32,
    output: u32,
    next_id: u16,
    received: u32,
}

async fn transmit(c: &mut Client, kind: u8, id: u16, topic: &str, data: &[u8]) {
    let n = topic.len() as u8;
    let head = [kind, data.len() as u8 + n, id as u8, (id >> 8) as u8, n, 0];
    drain(c.output, &head).await;
    if !topic.is_empty() {
        drain(c.output, topic.as_bytes()).await;
    }
    if !data.is_empty() {
        drain(c.output, data).await;
    }
}

async fn receive(c: &mut Client) -> Packet {
    let mut head = [0u8; 5];
    fill(c.input, &mut head).await;
    let mut p = Packet {
        kind: head[0] & 7,
        flags: head[0] >> 4,
        id: head[1] as u16 | (head[2] as u16) << 8,
        length: (head[3] % 60) as u16,
        body: [0; 60],
    };
    fill(c.input, &mut p.body[..p.length as usize]).await;
    p
}

/// Waits for a packet of a kind, and deals with what else comes.
async fn expect(c: &mut Client, kind: u8, id: u16) -> bool {
    for _ in 0..20 {
        let p = receive(c).await;
        if p.kind == kind {
            return true;
        }
        if p.kind == PUBLISH {
            c.received = digest(c.received ^ id as u32, &p.body[..p.length as usize]);
            transmit(c, if p.flags & 1 != 0 { PUBACK } else { PUBREC }, p.id, "", &[]).await;
        } else if p.kind == PUBREL {
            transmit(c, PUBCOMP, p.id, "", &[]).await;
        }
    }
    false
}

async fn publish_once(c: &mut Client, topic: &str, data: &[u8]) -> bool {
    let id = c.next_id;
    c.next_id += 1;
    for _ in 0..3 {
        transmit(c, PUBLISH, id, topic, data).await;
        if expect(c, PUBREC, id).await {
            break;
        }
    }
    transmit(c, PUBREL, id, "", &[]).await;
    expect(c, PUBCOMP, id).await
}

async fn session(input: u32, output: u32, sensor: u32) -> u32 {
    let mut c = Client { input, output, next_id: 1, received: 0 };
    let mut delivered = 0;
    transmit(&mut c, CONNECT, 0, "MQTT", b"client-7").await;
    if !expect(&mut c, CONNACK, 0).await {
        return 0;
    }
    let id = c.next_id;
    c.next_id += 1;
    transmit(&mut c, SUBSCRIBE, id, "house/+/lamp", &[]).await;
    for _ in 0..5 {
        let mut text = [0u8; 32];
        let mut bytes = [0u8; 2];
        fill(sensor, &mut bytes).await;
        let value = i16::from_le_bytes(bytes);
        let n = {
            let mut to = &mut text[..];
            write!(to, "{{\"t\":{}.{}}}", value / 10, value & 7).unwrap();
            32 - to.len()
        };
        delivered += publish_once(&mut c, "house/roof/t", &text[..n]).await as u32;
    }
    delivered ^ c.received
}

fn main() {
    run(session(0, 1, 2));
}
