#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::cell::Cell;

#[derive(Clone, Copy)]
struct Node {
    left: u16,
    right: u16,
    key: u32,
}
const NODES: usize = 40;
const NO_NODE: Cell<Node> = Cell::new(Node { left: 0, right: 0, key: 0 });
const DEEPEST: usize = 12;
thread_local! {
    static TREE: [Cell<Node>; NODES] = const { [NO_NODE; NODES] };
}
fn node(at: u16) -> Node {
    TREE.with(|t| t[at as usize].get())
}

struct InOrder {
    stack: [u16; DEEPEST],
    depth: u32,
    at: u16,
}
impl Iterator for InOrder {
    type Item = u16;
    fn next(&mut self) -> Option<u16> {
        if self.at == 0 && self.depth == 0 {
            return None;
        }
        while self.at != 0 && self.depth < DEEPEST as u32 {
            self.stack[self.depth as usize] = self.at;
            self.depth += 1;
            self.at = node(self.at).left;
        }
        self.depth -= 1;
        let found = self.stack[self.depth as usize];
        self.at = node(found).right;
        Some(found)
    }
}

fn between(root: u16, low: u32, high: u32) -> impl Iterator<Item = u16> {
    InOrder { stack: [0; DEEPEST], depth: 0, at: root }
        .take_while(move |n| node(*n).key <= high)
        .filter(move |n| node(*n).key >= low)
}

async fn grow(input: u32) -> u16 {
    let root = 1;
    for made in 1..NODES as u16 {
        let mut key = [0u8; 4];
        fill(input, &mut key).await;
        let key = u32::from_ne_bytes(key);
        TREE.with(|t| {
            t[made as usize].set(Node { key, ..node(made) });
            let mut at = root;
            while at != made {
                let mut n = node(at);
                let way = if key < n.key { &mut n.left } else { &mut n.right };
                if *way == 0 {
                    *way = made;
                }
                let next = *way;
                t[at as usize].set(n);
                at = next;
            }
        });
    }
    root
}

async fn load(disk: u32, key: u32) -> u32 {
    let mut sector = [0u8; 64];
    drain(disk, &key.to_ne_bytes()).await;
    fill(disk, &mut sector).await;
    digest(key, &sector)
}

async fn scan(input: u32, disk: u32, low: u32, high: u32) -> u32 {
    let mut sum = 0u32;
    let mut count = 0;
    let root = grow(input).await;
    for n in between(root, low, high) {
        sum = sum.wrapping_mul(31).wrapping_add(load(disk, node(n).key).await);
        count += 1;
    }
    sum.wrapping_add(count)
}

fn main() {
    run(scan(0, 1, 0x20000000, 0xb0000000));
}
