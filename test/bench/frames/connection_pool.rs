#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::cell::Cell;
use std::io::Write;

thread_local! {
    static BUSY: [Cell<bool>; 2] = const { [Cell::new(false), Cell::new(false)] };
}

enum Trouble {
    Refused = 1,
    Lost,
}
use Trouble::*;

#[derive(Clone, Copy)]
#[repr(C)]
struct Row {
    id: u32,
    name: [u8; 24],
}

struct Slot(u32);

async fn acquire(clock: u32) -> Slot {
    loop {
        for i in 0..2 {
            if !BUSY.with(|b| b[i].replace(true)) {
                return Slot(i as u32);
            }
        }
        ready(clock).await;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        BUSY.with(|b| b[self.0 as usize].set(false));
        note(self.0);
    }
}

async fn login(port: u32, user: &str) -> Result<(), Trouble> {
    let challenge = {
        let mut greeting = [0u8; 48];
        fill(port, &mut greeting).await;
        digest(1, &greeting)
    };
    if challenge % 7 == 0 {
        return Err(Refused);
    }
    let mut proof = [0u8; 40];
    let n = {
        let mut to = &mut proof[..];
        write!(to, "{user}:{challenge:08x}").unwrap();
        40 - to.len()
    };
    drain(port, &proof[..n]).await;
    Ok(())
}

async fn query(clock: u32, user: &str, sql: &str, rows: &mut [Row]) -> Result<usize, Trouble> {
    let slot = acquire(clock).await;
    let mut count = 0;
    login(slot.0, user).await?;
    drain(slot.0, sql.as_bytes()).await;
    while count < rows.len() {
        let more = get(slot.0).await;
        if more % 11 == 0 {
            return Err(Lost);
        }
        if more < 60 {
            break;
        }
        fill(slot.0, &mut rows[count].name).await;
        rows[count].id = more as u32;
        count += 1;
    }
    Ok(count)
}

async fn client(clock: u32, user: &str, times: u32) -> u32 {
    let mut rows = [Row { id: 0, name: [0; 24] }; 4];
    let mut sum = 0u32;
    let mut failures = 0;
    for _ in 0..times {
        match query(clock, user, "select *", &mut rows).await {
            Ok(n) => {
                sum = rows[..n].iter().fold(sum.wrapping_add(n as u32), |s, r| {
                    digest(digest(s, &r.id.to_ne_bytes()), &r.name)
                })
            }
            Err(t) => {
                failures += t as u32;
                ready(clock).await;
            }
        }
    }
    sum.wrapping_add(failures)
}

async fn two() -> u32 {
    let (ann, bob) = join(client(4, "ann", 5), client(5, "bob", 6)).await;
    ann ^ bob
}

fn main() {
    run(two());
}
