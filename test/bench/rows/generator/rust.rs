#![no_main]
// Stable Rust has no generators. As crates do it: an async function that leaves
// each value in a cell and is pending, and a loop that polls it.
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
use std::cell::Cell;

type Out = Cell<u64>;

async fn range(from: u64, to: u64, out: &Out) {
    let mut i = from;
    while i < to {
        out.set(i ^ step());
        suspend().await;
        i += 1;
    }
}

#[cfg(LOOP)]
async fn values(count: u64, out: &Out) {
    range(0, count, out).await
}

#[cfg(NESTED)]
async fn values(count: u64, out: &Out) {
    let mut i = 0;
    while i < count {
        range(i, std::cmp::min(i + 8, count), out).await;
        i += 8;
    }
}

const NODES: u64 = 1023;

#[cfg(TREE)]
struct Node {
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
    value: u64,
}

#[cfg(TREE)]
fn tree(i: u64) -> Option<Box<Node>> {
    if i >= NODES {
        return None;
    }
    Some(Box::new(Node { left: tree(2 * i + 1), right: tree(2 * i + 2), value: i + step() }))
}

#[cfg(TREE)]
fn walk<'a>(n: &'a Node, out: &'a Out) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(async move {
        if let Some(left) = &n.left {
            walk(left, out).await;
        }
        out.set(n.value);
        suspend().await;
        if let Some(right) = &n.right {
            walk(right, out).await;
        }
    })
}

#[cfg(TREE)]
async fn values(count: u64, out: &Out) {
    let root = tree(0).unwrap();
    let mut i = 0;
    while i < count {
        walk(&root, out).await;
        i += NODES;
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let waker = no_waker();
    let mut cx = Context::from_waker(&waker);
    let out = Cell::new(0);
    let mut task = values(count, &out);
    let mut task = unsafe { Pin::new_unchecked(&mut task) };
    let mut sum = 0u64;
    while task.as_mut().poll(&mut cx).is_pending() {
        sum = sum.wrapping_add(out.get());
    }
    sum
}
