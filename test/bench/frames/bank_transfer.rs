#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Clone, Copy)]
enum Refusal {
    Locked = 1,
    Funds,
    Closed,
}
use Refusal::*;

struct Account {
    bank: u32,
    number: u32,
    locked: bool,
}

#[repr(C)]
struct Transfer {
    from: u32,
    to: u32,
    amount: u32,
    id: u32,
    purpose: [u8; 32],
}
impl Transfer {
    fn bytes(&self) -> &[u8; 48] {
        unsafe { &*(self as *const Transfer as *const [u8; 48]) }
    }
}

async fn request(bank: u32, what: u8, account: u32, amount: u32) -> Result<u32, Refusal> {
    let mut message = [0u8; 16];
    message[0] = what;
    message[4..8].copy_from_slice(&account.to_le_bytes());
    message[8..12].copy_from_slice(&amount.to_le_bytes());
    drain(bank, &message).await;
    let mut answer = [0u8; 8];
    fill(bank, &mut answer).await;
    if answer[0] < 20 {
        return Err(match what {
            b'L' => Locked,
            b'D' => Funds,
            _ => Closed,
        });
    }
    Ok(digest(amount, &answer))
}

async fn unlock(a: &mut Account) {
    if !a.locked {
        return;
    }
    let mut message = [b'U', 0, 0, 0, 0, 0, 0, 0];
    message[4..8].copy_from_slice(&a.number.to_le_bytes());
    drain(a.bank, &message).await;
    a.locked = false;
}

async fn lock(a: &mut Account) -> Result<(), Refusal> {
    request(a.bank, b'L', a.number, 0).await?;
    a.locked = true;
    Ok(())
}

async fn locked(
    t: &Transfer, from: &mut Account, to: &mut Account, journal: u32,
) -> Result<u32, Refusal> {
    lock(from).await?;
    lock(to).await?;
    let receipt = request(from.bank, b'D', from.number, t.amount).await?;
    let credited = match request(to.bank, b'C', to.number, t.amount).await {
        Ok(credited) => credited,
        Err(why) => {
            request(from.bank, b'B', from.number, receipt).await?;
            return Err(why);
        }
    };
    drain(journal, t.bytes()).await;
    Ok(receipt ^ credited)
}

/// There is no asynchronous drop: what must be undone is called on the one way out.
async fn perform(t: &Transfer, journal: u32) -> Result<u32, Refusal> {
    let mut from = Account { bank: 0, number: t.from, locked: false };
    let mut to = Account { bank: 1, number: t.to, locked: false };
    let result = locked(t, &mut from, &mut to, journal).await;
    unlock(&mut to).await;
    unlock(&mut from).await;
    result
}

async fn settle(journal: u32, count: u32) -> u32 {
    let mut sum = 0u32;
    let mut refused = [0u32; 4];
    for i in 0..count {
        let mut purpose = [0; 32];
        purpose[..4].copy_from_slice(b"rent");
        purpose[4] = b'0' + i as u8;
        let t = Transfer { from: i * 7 + 1, to: i * 5 + 2, amount: i * 1000 + 9, id: i, purpose };
        match perform(&t, journal).await {
            Ok(receipt) => sum = sum.wrapping_mul(31).wrapping_add(receipt),
            Err(why) => {
                refused[why as usize] += 1;
                put(journal, why as u8).await;
            }
        }
    }
    sum.wrapping_add(refused[1] * 100 + refused[2] * 10 + refused[3])
}

fn main() {
    run(settle(3, 9));
}
