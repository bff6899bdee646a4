#[path = "support/ports.rs"]
mod ports;
use ports::*;

const PAGE: usize = 64;
const PAGES: usize = 4;
const SECTOR: usize = PAGE * PAGES;

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Good,
    Worn,
    Timeout,
}
use Outcome::*;

struct Chip {
    bus: u32,
    spare: u16,
    retries: u8,
}

async fn idle(c: &mut Chip) -> Outcome {
    for _ in 0..12 {
        put(c.bus, 0x05).await;
        if get(c.bus).await & 3 != 0 {
            return Good;
        }
    }
    Timeout
}

async fn command(c: &mut Chip, code: u8, address: usize) {
    let bytes = [0x06, code, (address >> 16) as u8, (address >> 8) as u8, address as u8];
    drain(c.bus, &bytes).await;
}

async fn read_sector(c: &mut Chip, sector: u16, to: &mut [u8; SECTOR]) {
    command(c, 0x03, sector as usize * SECTOR).await;
    fill(c.bus, to).await;
}

async fn erase(c: &mut Chip, sector: u16) -> Outcome {
    command(c, 0x20, sector as usize * SECTOR).await;
    let mut r = idle(c).await;
    if r == Timeout && c.retries > 0 {
        c.retries -= 1;
        command(c, 0x66, 0).await;
        r = idle(c).await;
    }
    r
}

async fn program(c: &mut Chip, sector: u16, from: &[u8; SECTOR]) -> Outcome {
    for page in 0..PAGES {
        let mut check = [0u8; PAGE];
        command(c, 0x02, sector as usize * SECTOR + page * PAGE).await;
        drain(c.bus, &from[page * PAGE..][..PAGE]).await;
        if idle(c).await != Good {
            return Timeout;
        }
        command(c, 0x03, sector as usize * SECTOR + page * PAGE).await;
        fill(c.bus, &mut check).await;
        // A bad cell now and then, as the port makes them.
        if digest(page as u32, &check) % 5 == 0 {
            return Worn;
        }
    }
    Good
}

async fn store(bus: u32, mut sector: u16, offset: usize, value: &str) -> u32 {
    let mut chip = Chip { bus, spare: 100, retries: 3 };
    let mut copy = [0u8; SECTOR];
    read_sector(&mut chip, sector, &mut copy).await;
    copy[offset % (SECTOR - value.len())..][..value.len()].copy_from_slice(value.as_bytes());
    for _ in 0..4 {
        let mut r = erase(&mut chip, sector).await;
        if r == Good {
            r = program(&mut chip, sector, &copy).await;
        }
        if r == Good {
            return sector as u32 * 10 + chip.retries as u32;
        }
        note(r as u32);
        sector = chip.spare;
        chip.spare += 1;
    }
    digest(1, &copy)
}

fn main() {
    run(store(2, 7, 40, "volume=11;lamp=on"));
}
