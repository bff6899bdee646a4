#![no_main]
// The queue and the wakers of the standard library's documentation: tasks behind
// an Arc, woken by putting them into a locked queue.
include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::Wake;

struct Task {
    future: UnsafeCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
    queue: Arc<Mutex<VecDeque<Arc<Task>>>>,
}
unsafe impl Send for Task {}
unsafe impl Sync for Task {}
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.queue.clone().lock().unwrap().push_back(self);
    }
}

struct Side {
    waker: Option<Waker>,
    left: u64,
}

struct MyWaker;
impl Future for MyWaker {
    type Output = Waker;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Waker> {
        Poll::Ready(cx.waker().clone())
    }
}

async fn play(me: *mut Side, other: *mut Side) {
    unsafe {
        while (*me).left > 0 {
            (*me).left -= 1;
            (*me).waker = Some(MyWaker.await);
            if let Some(waker) = (*other).waker.take() {
                waker.wake();
            }
            suspend().await;
        }
        if let Some(waker) = (*other).waker.take() {
            waker.wake();
        }
    }
}

#[no_mangle]
pub extern "C" fn bench_run(count: u64) -> u64 {
    let queue = Arc::new(Mutex::new(VecDeque::new()));
    let mut a = Side { waker: None, left: count / 2 };
    let mut b = Side { waker: None, left: count / 2 };
    let (pa, pb): (*mut Side, *mut Side) = (&mut a, &mut b);
    for (me, other) in [(pa, pb), (pb, pa)] {
        let task = Arc::new(Task {
            future: UnsafeCell::new(Some(Box::pin(play(me, other)))),
            queue: queue.clone(),
        });
        queue.lock().unwrap().push_back(task);
    }
    loop {
        let next = queue.lock().unwrap().pop_front();
        let task = match next {
            Some(task) => task,
            None => break,
        };
        let slot = unsafe { &mut *task.future.get() };
        if let Some(future) = slot {
            let waker = Waker::from(task.clone());
            if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                *slot = None;
            }
        }
    }
    a.left + b.left
}
