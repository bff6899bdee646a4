// An operation is polled, cancelled and ended at each point of the other, on
// one thread, so that it happens each time: ended in submit, in cancel and in
// between; polled and cancelled while its performer calls the waker. The waker
// of the last poll is the one that is called, once. An end that nobody waits
// for traps.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O2 %s %rt_src -o %t && %t
#include "../check.h"

#include <coro/capability.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the next submit and cancel do. */
enum { KEEP, END, END_HERE, REFUSE };
static int on_submit, on_cancel;
static int submits, cancels;

static coro_operation operation;

static int does(int what, int otherwise) {
  if (what == END)
    coro_operation_finish(&operation, 5);
  if (what == END_HERE)
    coro_operation_finish_here(&operation, 6);
  return what == REFUSE ? CORO_REFUSED : what == KEEP ? otherwise : 0;
}

static int submit(coro_completion *self, coro_operation *what) {
  (void)self;
  CHECK(what == &operation);
  submits++;
  return does(on_submit, 0);
}

static int cancel(coro_completion *self, coro_operation *what) {
  (void)self;
  CHECK(what == &operation);
  cancels++;
  return does(on_cancel, CORO_BUSY);
}

static const coro_completion_ops ops = {CORO_CAPABILITY_VERSION, submit,
                                        cancel};
static coro_completion completion = {&ops};

/* A waker counts, and may look at the operation from within. */
struct woken {
  int times, here;
  void (*then)(void);
};

static void wake(void *data) {
  struct woken *woken = data;
  woken->times++;
  if (woken->then)
    woken->then();
}
static void wake_here(void *data) { ((struct woken *)data)->here++; }
static const coro_waker_ops waker = {wake, wake_here, NULL};

static struct woken first, second;

static coro_context context(struct woken *woken) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.completion = &completion;
  cx.waker = (coro_waker){&waker, woken};
  return cx;
}

static coro_status poll_by(struct woken *woken) {
  coro_context cx = context(woken);
  return operation.future.poll(&operation.future, &cx);
}

static coro_status cancel_by(struct woken *woken) {
  coro_context cx = context(woken);
  return coro_future_cancel(&operation.future, &cx);
}

static void begin(int at_submit, int at_cancel) {
  first = second = (struct woken){0};
  on_submit = at_submit;
  on_cancel = at_cancel;
  submits = cancels = 0;
  coro_operation_init(&operation, 1);
}

static void in_submit(void) {
  begin(END, KEEP);
  CHECK(poll_by(&first) == CORO_DONE && operation.result == 5);
  CHECK(!first.times && !first.here); /* it was just looking */
  begin(END_HERE, KEEP);
  CHECK(poll_by(&first) == CORO_DONE && operation.result == 6);
  CHECK(!first.times && !first.here);
  begin(REFUSE, KEEP);
  CHECK(poll_by(&first) == CORO_DONE && operation.result == CORO_REFUSED);
  CHECK(cancel_by(&first) == CORO_DONE && !cancels);
  CHECK(!first.times && !first.here);
  on_submit = KEEP; /* it may be waited for again */
  CHECK(poll_by(&first) == CORO_PENDING && submits == 2);
  coro_operation_finish(&operation, 7);
  CHECK(poll_by(&first) == CORO_DONE && operation.result == 7);
}

static void after_submit(void) {
  begin(KEEP, KEEP);
  CHECK(poll_by(&first) == CORO_PENDING && poll_by(&first) == CORO_PENDING);
  CHECK(poll_by(&second) == CORO_PENDING && submits == 1);
  coro_operation_finish(&operation, 3);
  CHECK(!first.times && second.times == 1 && !second.here);
  CHECK(poll_by(&first) == CORO_DONE && operation.result == 3);
  begin(KEEP, KEEP);
  CHECK(poll_by(&first) == CORO_PENDING);
  CHECK(poll_by(&second) == CORO_PENDING);
  coro_operation_finish_here(&operation, 4);
  CHECK(!first.here && second.here == 1 && !second.times);
  CHECK(poll_by(&first) == CORO_DONE && operation.result == 4);
}

/* While the performer is in the waker, the task does not go on. */
static void poll_inside(void) { CHECK(poll_by(&second) == CORO_PENDING); }
static void cancel_inside(void) { CHECK(cancel_by(&second) == CORO_PENDING); }

static void in_the_waker(void) {
  begin(KEEP, KEEP);
  first.then = poll_inside;
  CHECK(poll_by(&first) == CORO_PENDING);
  coro_operation_finish(&operation, 8);
  CHECK(first.times == 1 && second.here == 1);
  CHECK(poll_by(&second) == CORO_DONE && operation.result == 8);
  begin(KEEP, KEEP);
  first.then = cancel_inside;
  CHECK(poll_by(&first) == CORO_PENDING);
  coro_operation_finish(&operation, 8);
  CHECK(first.times == 1 && second.here == 1 && !cancels);
  CHECK(cancel_by(&second) == CORO_CANCELLED && !cancels);
}

static void in_cancel(void) {
  begin(KEEP, KEEP);
  CHECK(cancel_by(&first) == CORO_DONE && !cancels);
  CHECK(poll_by(&first) == CORO_PENDING);
  CHECK(cancel_by(&second) == CORO_PENDING && cancels == 1); /* busy */
  CHECK(cancel_by(&second) == CORO_PENDING && cancels == 2);
  coro_operation_finish(&operation, 9);
  CHECK(!first.times && second.times == 1);
  CHECK(cancel_by(&second) == CORO_CANCELLED && cancels == 2);
  CHECK(cancel_by(&second) == CORO_DONE);
  for (int how = END; how <= END_HERE; how++) {
    begin(KEEP, how);
    CHECK(poll_by(&first) == CORO_PENDING);
    CHECK(cancel_by(&first) == CORO_CANCELLED && cancels == 1);
    CHECK(cancel_by(&first) == CORO_DONE && cancels == 1);
  }
}

static int forget(coro_completion *self, coro_operation *what) {
  (void)self, (void)what;
  return 0;
}

static void late(void (*finish)(coro_operation *what, int64_t result)) {
  static const coro_completion_ops forgets = {CORO_CAPABILITY_VERSION, submit,
                                              forget};
  completion.ops = &forgets;
  begin(KEEP, KEEP);
  CHECK(poll_by(&first) == CORO_PENDING);
  CHECK(cancel_by(&first) == CORO_CANCELLED);
  completion.ops = &ops;
  fflush(stdout);
  pid_t child = fork();
  CHECK(child >= 0);
  if (!child) {
    signal(SIGILL, SIG_DFL);
    signal(SIGTRAP, SIG_DFL);
    finish(&operation, 1);
    _exit(0);
  }
  int status;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
}

int main(void) {
  in_submit();
  after_submit();
  in_the_waker();
  in_cancel();
  late(coro_operation_finish);
  late(coro_operation_finish_here);
}
