#[path = "support/ports.rs"]
mod ports;
use ports::*;

const KEYS: usize = 30;

#[derive(Clone, Copy)]
#[repr(C)]
struct Page {
    count: u16,
    leaf: u16,
    keys: [u32; KEYS],
    children: [u32; KEYS],
}
const EMPTY: Page = Page { count: 0, leaf: 0, keys: [0; KEYS], children: [0; KEYS] };
const SIZE: usize = std::mem::size_of::<Page>();

impl Page {
    fn bytes(&self) -> &[u8; SIZE] {
        unsafe { &*(self as *const Page as *const [u8; SIZE]) }
    }
    fn bytes_mut(&mut self) -> &mut [u8; SIZE] {
        unsafe { &mut *(self as *mut Page as *mut [u8; SIZE]) }
    }
}

struct Disk {
    port: u32,
    reads: u32,
    writes: u32,
    top: u32,
}

async fn seek(d: &mut Disk, number: u32, write: bool) {
    let command = [if write { b'W' } else { b'R' }, 0, number as u8, (number >> 8) as u8, 0, 0];
    drain(d.port, &command).await;
    while get(d.port).await < 64 {}
}

async fn read_page(d: &mut Disk, number: u32, p: &mut Page) -> bool {
    seek(d, number, false).await;
    fill(d.port, p.bytes_mut()).await;
    p.count = p.count % KEYS as u16 + 1;
    for i in 1..p.count as usize {
        p.keys[i] = p.keys[i - 1].wrapping_add(p.keys[i] >> 6);
    }
    p.leaf = (p.leaf % 3 == 0) as u16;
    d.reads += 1;
    p.keys[0] != 0
}

async fn write_page(d: &mut Disk, number: u32, p: &Page) {
    seek(d, number, true).await;
    drain(d.port, p.bytes()).await;
    let check = digest(number, p.bytes());
    drain(d.port, &check.to_ne_bytes()).await;
    d.writes += 1;
}

async fn split(d: &mut Disk, number: u32, full: &mut Page) -> u32 {
    let mut right = EMPTY;
    let half = full.count as usize / 2;
    let rest = full.count as usize - half;
    right.leaf = full.leaf;
    right.count = rest as u16;
    right.keys[..rest].copy_from_slice(&full.keys[half..half + rest]);
    right.children[..rest].copy_from_slice(&full.children[half..half + rest]);
    full.count = half as u16;
    d.top += 1;
    let made = d.top;
    write_page(d, made, &right).await;
    write_page(d, number, full).await;
    made
}

async fn insert(d: &mut Disk, root: u32, key: u32) -> u32 {
    let mut page = EMPTY;
    let mut number = root;
    for _ in 0..5 {
        if !read_page(d, number, &mut page).await {
            return 0;
        }
        let mut at = 0;
        while at + 1 < page.count as usize && page.keys[at + 1] <= key {
            at += 1;
        }
        if page.leaf != 0 {
            break;
        }
        number = page.children[at] % 1000;
    }
    if page.count as usize > KEYS - 8 {
        return split(d, number, &mut page).await;
    }
    page.keys[page.count as usize] = key;
    page.children[page.count as usize] = root;
    page.count += 1;
    write_page(d, number, &page).await;
    number
}

async fn fill_tree(port: u32, count: u32) -> u32 {
    let mut disk = Disk { port, reads: 0, writes: 0, top: 1000 };
    let mut sum = 0u32;
    for i in 0..count {
        let key = i.wrapping_mul(2654435761);
        sum = sum.wrapping_mul(31).wrapping_add(insert(&mut disk, i % 3, key).await);
    }
    sum ^ disk.reads ^ disk.writes << 16
}

fn main() {
    run(fill_tree(2, 12));
}
