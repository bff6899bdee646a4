// One resumption and suspension, beside the switch one would write by hand.
//
// Both are polled through a type-erased task, by the same loop, in rounds that
// alternate; the median of the rounds is printed: name, ns for each resume.
// Then a waiting call that finishes at once, beside a plain call.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 31, RESUMES = 4 * 1000 * 1000 };

static volatile int sink;

// The same counter twice: adds up what it is given, for ever.
static yields void counter(const int *step) {
  for (int total = 0;;) {
    total += *step;
    sink = total;
    coro_suspend();
  }
}

struct by_hand {
  unsigned char state;
  int total;
  const int *step;
};

static coro_status by_hand_poll(void *frame, coro_context *cx) {
  (void)cx;
  struct by_hand *self = frame;
  switch (self->state) {
  case 1:
    self->total = 0;
    break;
  case 3:
    break;
  default:
    __builtin_trap();
  }
  self->total += *self->step;
  sink = self->total;
  self->state = 3;
  return CORO_PENDING;
}

static const coro_descriptor by_hand_coro = {
    .abi = CORO_ABI_VERSION,
    .align = _Alignof(struct by_hand),
    .size = sizeof(struct by_hand),
    .poll = by_hand_poll,
    .name = "by hand",
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

__attribute__((noinline)) static double resume(coro_any_task task) {
  coro_context cx = CORO_CONTEXT_INIT;
  double start = now();
  for (int i = 0; i < RESUMES; i++)
    coro_poll_any(task, &cx);
  return (now() - start) / RESUMES;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *rounds) {
  qsort(rounds, ROUNDS, sizeof(*rounds), by_value);
  return rounds[ROUNDS / 2];
}

// A call that may wait and does not, and the same without the effect.
__attribute__((noinline)) static yields int may_wait(int n) {
  if (__builtin_expect(n < 0, 0))
    coro_suspend();
  return n + sink;
}
__attribute__((noinline)) static int plain(int n) { return n + sink; }

static yields double waiting_calls(void) {
  double start = now();
  for (int i = 0; i < RESUMES; i++)
    sink = may_wait(i);
  return (now() - start) / RESUMES;
}
static double plain_calls(void) {
  double start = now();
  for (int i = 0; i < RESUMES; i++)
    sink = plain(i);
  return (now() - start) / RESUMES;
}

int main(void) {
  static const int step = 3;
  static coro_task(counter) task;
  static struct by_hand hand = {1, 0, &step};
  coro_start(&task, counter, &step);
  double ours[ROUNDS], theirs[ROUNDS], waiting[ROUNDS], calls[ROUNDS];
  for (int i = 0; i < ROUNDS; i++) {
    ours[i] = resume(coro_erase(&task));
    theirs[i] = resume((coro_any_task){&hand, &by_hand_coro});
    waiting[i] = coro_block_on(waiting_calls);
    calls[i] = plain_calls();
  }
  double a = median(ours), b = median(theirs);
  printf("resume: coro                 %6.2f ns  %5.2f\n", a, a / b);
  printf("resume: switch by hand       %6.2f ns  %5.2f\n", b, 1.0);
  a = median(waiting), b = median(calls);
  printf("call, nothing waits: coro    %6.2f ns  %5.2f\n", a, a / b);
  printf("call: plain C                %6.2f ns  %5.2f\n", b, 1.0);
  printf("frame: coro                  %6zu bytes\n", sizeof(task));
  printf("frame: struct by hand        %6zu bytes\n", sizeof(hand));
}
