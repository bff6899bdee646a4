// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The outside world of the programs, as in ports.h; the futures that wait for
// it; and what of the `futures` crate a program needs. All of it as Rust 1.63 has
// it, which is Debian 12's.
#![allow(dead_code)]
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::ptr::null;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

#[derive(Clone, Copy)]
struct Port {
    state: u32,
    ready: bool,
    script: Option<&'static [u8]>,
    at: usize,
    limit: usize,
}

struct World {
    ports: [Port; 8],
    sum: u32,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World {
        ports: std::array::from_fn(|i| Port {
            state: i as u32 + 1, ready: false, script: None, at: 0, limit: 0,
        }),
        sum: 2166136261,
    });
}

fn with<R>(f: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with(|w| f(&mut w.borrow_mut()))
}

pub fn port_take(port: u32) -> bool {
    with(|w| std::mem::take(&mut w.ports[port as usize].ready))
}

fn tick() {
    with(|w| w.ports.iter_mut().for_each(|p| p.ready = true));
}

pub fn port_script(port: u32, text: &'static str, limit: usize) {
    with(|w| {
        let p = &mut w.ports[port as usize];
        (p.script, p.at, p.limit) = (Some(text.as_bytes()), 0, limit);
    });
}

pub fn port_get(port: u32) -> u8 {
    with(|w| {
        let p = &mut w.ports[port as usize];
        if let Some(text) = p.script {
            if p.limit == 0 {
                return 0;
            }
            p.limit -= 1;
            if p.at == text.len() {
                p.at = 0;
            }
            p.at += 1;
            return text[p.at - 1];
        }
        p.state = p.state.wrapping_mul(1664525).wrapping_add(1013904223);
        (p.state >> 24) as u8
    })
}

pub fn port_put(port: u32, byte: u8) {
    with(|w| w.sum = (w.sum ^ byte as u32 ^ port << 8).wrapping_mul(16777619));
}

pub fn digest(start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |sum, b| (sum ^ *b as u32).wrapping_mul(16777619))
}

pub fn note(value: u32) {
    with(|w| w.sum = (w.sum ^ value).wrapping_mul(16777619));
}

pub fn note_text(text: &str) {
    text.bytes().for_each(|b| note(b as u32));
}

/// Waits until the port is ready.
pub struct Ready(u32);
pub fn ready(port: u32) -> Ready {
    Ready(port)
}
impl Future for Ready {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        if port_take(self.0) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Waits for a byte.
pub struct Get(u32);
pub fn get(port: u32) -> Get {
    Get(port)
}
impl Future for Get {
    type Output = u8;
    fn poll(self: Pin<&mut Self>, _: &mut Context) -> Poll<u8> {
        if port_take(self.0) { Poll::Ready(port_get(self.0)) } else { Poll::Pending }
    }
}

/// Waits until a byte can go out.
pub struct Put(u32, u8);
pub fn put(port: u32, byte: u8) -> Put {
    Put(port, byte)
}
impl Future for Put {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        if !port_take(self.0) {
            return Poll::Pending;
        }
        port_put(self.0, self.1);
        Poll::Ready(())
    }
}

/// Waits, and fills the bytes.
pub struct Fill<'a>(u32, &'a mut [u8]);
pub fn fill(port: u32, bytes: &mut [u8]) -> Fill<'_> {
    Fill(port, bytes)
}
impl Future for Fill<'_> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        let port = self.0;
        if !port_take(port) {
            return Poll::Pending;
        }
        self.1.iter_mut().for_each(|b| *b = port_get(port));
        Poll::Ready(())
    }
}

/// Waits, and writes the bytes.
pub struct Drain<'a>(u32, &'a [u8]);
pub fn drain(port: u32, bytes: &[u8]) -> Drain<'_> {
    Drain(port, bytes)
}
impl Future for Drain<'_> {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        if !port_take(self.0) {
            return Poll::Pending;
        }
        self.1.iter().for_each(|b| port_put(self.0, *b));
        Poll::Ready(())
    }
}

pub enum MaybeDone<F: Future> {
    Running(F),
    Done(F::Output),
    Gone,
}
impl<F: Future> MaybeDone<F> {
    /// Polls it unless it is done.
    fn step(self: Pin<&mut Self>, cx: &mut Context) -> bool {
        let this = unsafe { self.get_unchecked_mut() };
        if let MaybeDone::Running(f) = this {
            match unsafe { Pin::new_unchecked(f) }.poll(cx) {
                Poll::Ready(value) => *this = MaybeDone::Done(value),
                Poll::Pending => return false,
            }
        }
        true
    }
    fn take(self: Pin<&mut Self>) -> F::Output {
        match std::mem::replace(unsafe { self.get_unchecked_mut() }, MaybeDone::Gone) {
            MaybeDone::Done(value) => value,
            _ => unreachable!(),
        }
    }
}

/// Both, as futures::join.
pub struct Join<A: Future, B: Future>(MaybeDone<A>, MaybeDone<B>);
pub fn join<A: Future, B: Future>(a: A, b: B) -> Join<A, B> {
    Join(MaybeDone::Running(a), MaybeDone::Running(b))
}
impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);
    fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Self::Output> {
        let this = unsafe { self.get_unchecked_mut() };
        let (mut a, mut b) =
            unsafe { (Pin::new_unchecked(&mut this.0), Pin::new_unchecked(&mut this.1)) };
        if a.as_mut().step(cx) & b.as_mut().step(cx) {
            Poll::Ready((a.take(), b.take()))
        } else {
            Poll::Pending
        }
    }
}

/// The same for any number, without an allocation.
pub struct JoinAll<F: Future, const N: usize>([MaybeDone<F>; N]);
pub fn join_all<F: Future, const N: usize>(all: [F; N]) -> JoinAll<F, N> {
    JoinAll(all.map(MaybeDone::Running))
}
impl<F: Future, const N: usize> Future for JoinAll<F, N> {
    type Output = [F::Output; N];
    fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Self::Output> {
        let this = unsafe { self.get_unchecked_mut() };
        let mut done = true;
        for one in &mut this.0 {
            done &= unsafe { Pin::new_unchecked(one) }.step(cx);
        }
        if !done {
            return Poll::Pending;
        }
        let mut each = this.0.iter_mut();
        Poll::Ready([(); N].map(|_| unsafe { Pin::new_unchecked(each.next().unwrap()) }.take()))
    }
}

/// Whichever is done first; the other one is dropped.
pub enum Either<A, B> {
    Left(A),
    Right(B),
}
pub struct Select<A, B>(A, B);
pub fn select<A: Future, B: Future>(a: A, b: B) -> Select<A, B> {
    Select(a, b)
}
impl<A: Future, B: Future> Future for Select<A, B> {
    type Output = Either<A::Output, B::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Self::Output> {
        let this = unsafe { self.get_unchecked_mut() };
        if let Poll::Ready(value) = unsafe { Pin::new_unchecked(&mut this.0) }.poll(cx) {
            return Poll::Ready(Either::Left(value));
        }
        unsafe { Pin::new_unchecked(&mut this.1) }.poll(cx).map(Either::Right)
    }
}

const NO_WAKER: RawWakerVTable =
    RawWakerVTable::new(|_| RawWaker::new(null(), &NO_WAKER), |_| {}, |_| {}, |_| {});

/// Runs it to its end, a round at a time. Prints what ports.h's programs print.
pub fn run(root: impl Future<Output = u32>) {
    let size = std::mem::size_of_val(&root);
    let mut root = root;
    let mut root = unsafe { Pin::new_unchecked(&mut root) };
    let waker = unsafe { Waker::from_raw(RawWaker::new(null(), &NO_WAKER)) };
    let mut cx = Context::from_waker(&waker);
    let mut rounds = 0;
    let result = loop {
        match root.as_mut().poll(&mut cx) {
            Poll::Ready(value) => break value,
            Poll::Pending => rounds += 1,
        }
        tick();
    };
    println!("{result} {:08x} {rounds} rounds", with(|w| w.sum));
    eprintln!("{size}");
}
