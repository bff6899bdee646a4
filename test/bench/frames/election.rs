#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Clone, Copy)]
#[repr(C)]
struct Ballot {
    term: u32,
    candidate: u32,
    last_index: u32,
    last_term: u32,
}
impl Ballot {
    fn bytes(&self) -> &[u8; 16] {
        unsafe { &*(self as *const Ballot as *const [u8; 16]) }
    }
}

struct Vote {
    term: u32,
    granted: bool,
}

async fn ticks(clock: u32, n: u32) {
    for _ in 0..n {
        ready(clock).await;
    }
}

async fn ask(peer: u32, b: Ballot) -> Vote {
    let mut reply = [0u8; 24];
    for _ in 0..3 {
        drain(peer, b.bytes()).await;
        ticks(peer, (port_get(peer) & 15) as u32).await;
        fill(peer, &mut reply).await;
        if reply[0] & 3 != 0 {
            break;
        }
    }
    Vote { term: b.term + (reply[1] > 250) as u32, granted: reply[2] & 3 == 1 }
}

async fn collect(first: u32, b: &Ballot, newer: &mut u32) -> u32 {
    let votes =
        join_all([ask(first, *b), ask(first + 1, *b), ask(first + 2, *b), ask(first + 3, *b)])
            .await;
    let mut granted = 1;
    for v in votes {
        granted += v.granted as u32;
        *newer = v.term.max(*newer);
    }
    granted
}

async fn stand(clock: u32, peers: u32, candidate: u32) -> u32 {
    let mut b = Ballot { term: 1, candidate, last_index: 77, last_term: 3 };
    let mut patience = 30;
    for _ in 0..8 {
        let mut newer = b.term;
        let won = match select(collect(peers, &b, &mut newer), ticks(clock, patience)).await {
            Either::Left(votes) => votes,
            Either::Right(()) => 0,
        };
        note(won);
        if won > 2 {
            return b.term * 100 + won;
        }
        b.term = newer + 1;
        patience += 10;
        ticks(clock, 3).await;
    }
    0
}

fn main() {
    run(stand(7, 1, 9));
}
