// For programs whose tasks give way: a future that is pending once and wakes its
// task, and the waker of an executor that polls one task after the other: it
// remembers that the running one was woken.
static mut WOKEN: bool = false;

fn own_waker() -> Waker {
    const TABLE: RawWakerVTable = RawWakerVTable::new(
        |_| RawWaker::new(null(), &TABLE),
        |_| unsafe { WOKEN = true },
        |_| unsafe { WOKEN = true },
        |_| {},
    );
    unsafe { Waker::from_raw(RawWaker::new(null(), &TABLE)) }
}

struct YieldNow(bool);
impl Future for YieldNow {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
