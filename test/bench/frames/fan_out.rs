#[path = "support/ports.rs"]
mod ports;
use ports::*;

struct Offer {
    amount: u32,
    currency: u16,
    supplier: u16,
}

async fn call(port: u32, what: u8, argument: u32) -> u32 {
    let mut packet = [0u8; 12];
    packet[0] = what;
    packet[1..5].copy_from_slice(&argument.to_le_bytes());
    drain(port, &packet[..5]).await;
    for _ in 0..get(port).await & 3 {
        ready(port).await;
    }
    fill(port, &mut packet).await;
    digest(what as u32, &packet)
}

async fn stock(port: u32, item: u32) -> u32 {
    let warehouse = call(port, b'w', item).await;
    let shelf = call(port, b's', warehouse).await;
    shelf % 1000
}

async fn price(port: u32, item: u32) -> Offer {
    let mut best = Offer { amount: !0, currency: 0, supplier: 0 };
    for supplier in 0..3u16 {
        let amount = call(port, b'p', item + supplier as u32).await % 5000;
        if amount < best.amount {
            best = Offer { amount, currency: (amount & 7) as u16, supplier };
        }
    }
    if best.currency != 0 {
        best.amount = best.amount * (call(port, b'x', best.currency as u32).await % 9 + 1) / 4;
    }
    best
}

async fn reviews(port: u32, item: u32) -> u32 {
    let mut stars = 0;
    let count = call(port, b'r', item).await % 5 + 1;
    for i in 0..count {
        stars += call(port, b'r', item ^ i).await % 6;
    }
    stars * 100 / count
}

async fn picture(port: u32, item: u32) -> u32 {
    let mut block = [0u8; 64];
    let mut sum = item;
    for _ in 0..3 {
        fill(port, &mut block).await;
        sum = digest(sum, &block);
    }
    sum
}

async fn page(item: u32) -> u32 {
    let (stock, (price, (liked, looks))) = join(
        stock(0, item),
        join(price(1, item), join(reviews(2, item), picture(3, item))),
    )
    .await;
    stock
        .wrapping_add(price.amount * 3 + price.supplier as u32)
        .wrapping_add(liked)
        .wrapping_add(looks)
}

async fn shop(pages: u32) -> u32 {
    let mut sum = 0u32;
    for i in 0..pages {
        sum = sum.wrapping_mul(31).wrapping_add(page(i * 77).await);
    }
    sum
}

fn main() {
    run(shop(4));
}
