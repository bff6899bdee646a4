// RUN: %clang %cflags %s %rt -o %t
// RUN: %not --crash %t behind 2>&1 | %filecheck --check-prefix=BEHIND %s
// RUN: %not --crash env CORO_STRESS=guard %t far 2>&1 | %filecheck --check-prefix=FAR --allow-empty %s
// RUN: %not --crash %t before 2>&1 | %filecheck --check-prefix=BEFORE %s
// RUN: %not --crash env CORO_STRESS=move %t moved 2>&1 | %filecheck --check-prefix=MOVED %s
// RUN: %not --crash env CORO_STRESS=context %t context 2>&1 | %filecheck --check-prefix=CONTEXT %s
// RUN: %not --crash env CORO_STRESS=again %t again 2>&1 | %filecheck --check-prefix=AGAIN %s
// RUN: %t fine && env CORO_STRESS=guard,move,threads,context,again %t fine
// Frames written by hand, each with one fault.
// BEHIND: coro stress: faulty: wrote behind its frame
// FAR-NOT: done
// CONTEXT: Segmentation fault
// BEFORE: coro stress: faulty: wrote before its frame
// MOVED: coro stress: faulty: ended with another status than done
// AGAIN: coro stress: faulty: ended with another status than done
#include <coro/task.h>
#include <stdio.h>
#include <string.h>

void *coro_stress_enter(const coro_descriptor *coro);
void coro_stress_run(void *frame, const coro_descriptor *coro);
void coro_stress_leave(void *frame, const coro_descriptor *coro);

struct frame {
  int turns;
  struct frame *self;
  coro_context *cx;
};

static const char *fault;

static coro_status poll(void *bytes, coro_context *cx) {
  struct frame *f = bytes;
  if (!strcmp(fault, "moved") && f->self != f)
    return CORO_CANCELLED;
  if (f->turns++ == 0) {
    f->cx = cx;
    return CORO_PENDING;
  }
  if (!strcmp(fault, "behind"))
    f[1].turns = 0;
  if (!strcmp(fault, "far"))
    f[2].turns = 0;
  if (!strcmp(fault, "before"))
    *((char *)f - 1) = 0;
  if (!strcmp(fault, "context"))
    coro_wake(f->cx->waker);
  if (!strcmp(fault, "again") && f->turns > 2)
    return CORO_RAISED;
  return CORO_DONE;
}

static const coro_descriptor faulty = {
    .abi = CORO_ABI_VERSION,
    .align = _Alignof(struct frame),
    .size = sizeof(struct frame),
    .poll = poll,
    .name = "faulty",
};

int main(int argc, char **argv) {
  fault = argc > 1 ? argv[1] : "fine";
  for (int i = 0; i < 2; i++) { // the guard has two ways to place a frame
    struct frame *f = coro_stress_enter(&faulty);
    *f = (struct frame){0, f, NULL};
    coro_stress_run(f, &faulty);
    coro_stress_leave(f, &faulty);
  }
  printf("done\n");
}
