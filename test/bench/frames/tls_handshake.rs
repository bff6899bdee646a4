#[path = "support/ports.rs"]
mod ports;
use ports::*;

const HELLO: u8 = 1;
const KEYS: u8 = 2;
const FINISHED: u8 = 20;

struct Secrets {
    client: u32,
    server: u32,
    master: u32,
}

struct Wire {
    input: u32,
    output: u32,
    transcript: u32,
}

async fn receive(w: &mut Wire, bytes: &mut [u8]) -> usize {
    let mut head = [0u8; 3];
    fill(w.input, &mut head).await;
    let length = (head[0] as usize | (head[1] as usize) << 8) % (bytes.len() - 16) + 16;
    fill(w.input, &mut bytes[..length]).await;
    w.transcript = digest(digest(w.transcript, &head), &bytes[..length]);
    length
}

async fn transmit(w: &mut Wire, kind: u8, bytes: &[u8]) {
    let head = [kind, bytes.len() as u8, (bytes.len() >> 8) as u8, 0];
    drain(w.output, &head).await;
    drain(w.output, bytes).await;
    w.transcript = digest(digest(w.transcript, &head), bytes);
}

async fn exchange(w: &mut Wire, random: u32) -> Secrets {
    let mut share = [0u8; 65];
    let mut answer = [0u8; 97];
    for (i, b) in share.iter_mut().enumerate() {
        *b = (random >> (i % 24)) as u8;
    }
    transmit(w, KEYS, &share).await;
    let n = receive(w, &mut answer).await;
    let common = digest(random, &answer[..n]);
    Secrets { client: common ^ 1, server: common ^ 2, master: common }
}

async fn certificate(w: &mut Wire) -> bool {
    let mut chain = [0u8; 700];
    let mut issuer = 7;
    for _ in 0..3 {
        let n = receive(w, &mut chain).await;
        let subject = digest(issuer, &chain[..n]);
        if subject == 0 {
            return false;
        }
        note(subject);
        issuer = subject;
    }
    true
}

async fn finished(w: &mut Wire, s: &Secrets) -> bool {
    let mut verify = [0u8; 32];
    let mut theirs = [0u8; 48];
    let before = w.transcript;
    for (i, b) in verify.iter_mut().enumerate() {
        *b = (s.client >> (i & 15) ^ before) as u8;
    }
    transmit(w, FINISHED, &verify).await;
    let n = receive(w, &mut theirs).await;
    digest(s.server, &theirs[..n]) != before
}

async fn handshake(input: u32, output: u32) -> u32 {
    let mut wire = Wire { input, output, transcript: 5381 };
    {
        let mut hello = [0x5au8; 120];
        transmit(&mut wire, HELLO, &hello).await;
        note(receive(&mut wire, &mut hello).await as u32);
    }
    let random = wire.transcript;
    let secrets = exchange(&mut wire, random).await;
    if !certificate(&mut wire).await {
        return 1;
    }
    if !finished(&mut wire, &secrets).await {
        return 2;
    }
    secrets.master ^ wire.transcript
}

fn main() {
    run(handshake(0, 1));
}
