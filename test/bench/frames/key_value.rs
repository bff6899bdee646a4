#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::cell::UnsafeCell;

const ENTRIES: usize = 16;
const KEY: usize = 16;
const VALUE: usize = 48;

#[derive(Clone, Copy)]
struct Entry {
    key: [u8; KEY],
    value: [u8; VALUE],
    size: u8,
}
const EMPTY: Entry = Entry { key: [0; KEY], value: [0; VALUE], size: 0 };

/// One thread uses the table, and nobody keeps an entry while it waits for long.
struct Table(UnsafeCell<[Entry; ENTRIES]>);
unsafe impl Sync for Table {}
static TABLE: Table = Table(UnsafeCell::new([EMPTY; ENTRIES]));

fn find(key: &[u8; KEY], make: bool) -> Option<&'static mut Entry> {
    let table = unsafe { &mut *TABLE.0.get() };
    let e = &mut table[digest(3, key) as usize % ENTRIES];
    if make {
        e.key = *key;
    }
    (e.key == *key).then_some(e)
}

fn length(text: &[u8]) -> usize {
    text.iter().position(|b| *b == 0).unwrap_or(text.len())
}

async fn count(input: u32) -> usize {
    let mut n = 0;
    loop {
        match get(input).await {
            c @ b'0'..=b'9' => n = n * 10 + (c - b'0') as usize,
            _ => return n,
        }
    }
}

async fn argument(input: u32, to: &mut [u8]) {
    let n = count(input).await.min(to.len());
    to.fill(0);
    fill(input, &mut to[..n]).await;
}

async fn set(input: u32, output: u32) {
    let mut key = [0; KEY];
    let mut value = [0; VALUE];
    argument(input, &mut key).await;
    argument(input, &mut value).await;
    let e = find(&key, true).unwrap();
    e.value = value;
    e.size = length(&value) as u8;
    drain(output, b"+OK").await;
}

async fn get_value(input: u32, output: u32) {
    let mut key = [0; KEY];
    argument(input, &mut key).await;
    let e = match find(&key, false) {
        Some(e) => e,
        None => {
            drain(output, b"$-1").await;
            return;
        }
    };
    put(output, b'0' + e.size).await;
    drain(output, &e.value[..e.size as usize]).await;
}

async fn append(input: u32, output: u32) {
    let mut key = [0; KEY];
    let mut more = [0; VALUE];
    argument(input, &mut key).await;
    argument(input, &mut more).await;
    let e = find(&key, true).unwrap();
    let at = e.size as usize;
    let n = length(&more).min(VALUE - at);
    e.value[at..at + n].copy_from_slice(&more[..n]);
    e.size += n as u8;
    put(output, e.size).await;
}

async fn rename_key(input: u32, output: u32) {
    let mut from = [0; KEY];
    let mut to = [0; KEY];
    argument(input, &mut from).await;
    argument(input, &mut to).await;
    let old = find(&from, false);
    let found = old.is_some();
    if let Some(old) = old {
        let copy = std::mem::replace(old, EMPTY);
        put(output, copy.size).await;
        let e = find(&to, true).unwrap();
        e.value = copy.value;
        e.size = copy.size;
    }
    drain(output, if found { b"+OK" } else { b"-NO" }).await;
}

async fn serve(input: u32, output: u32) -> u32 {
    let mut commands = 0;
    port_script(input, "S3.abc5.hello|G3.abc|A3.abc6. world|G3.abc|R3.abc2.xy|G3.abc|G2.xy|Q", 200);
    loop {
        match get(input).await {
            b'S' => set(input, output).await,
            b'G' => get_value(input, output).await,
            b'A' => append(input, output).await,
            b'R' => rename_key(input, output).await,
            b'|' => commands += 1,
            _ => return commands,
        }
    }
}

fn main() {
    run(serve(0, 1));
}
