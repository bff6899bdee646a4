// With hooks on, each step of a task is told once, in order, on its thread:
// with who added it, what it queued for, and how it ended. A runtime without
// traces refuses, and has no call of a hook.
// RUN: %coro %cflags -DCORO_TRACE %s %rt_trace -o %t && %t
// RUN: %coro %cflags -DCORO_TRACE -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
// RUN: %coro %cflags %s %rt -o %t.off && %t.off
// RUN: llvm-nm %build/lib/libcoro_rt.a | %not grep "U coro_trace_record"
// RUN: llvm-nm %build/lib/libcoro_rt_trace.a | grep -q "U coro_trace_record"
#include "../check.h"

#include <coro/coro.h>
#include <coro/trace.h>

static const char *const words[] = {"",       "added",   "polled", "suspended",
                                    "done",   "removed", "woken",  "cancel",
                                    "queued", "granted", "mark"};
static coro_executor executor;
static coro_job jobs[3];
static coro_mutex mutex;

static const char *name_of(const void *task) {
  return task == &jobs[0] ? "A" : task == &jobs[1] ? "B" : task ? "C" : "";
}

static void tell(const coro_trace_event *what) {
  static uint64_t before;
  char word[64];
  CHECK(what->time >= before);
  before = what->time;
  snprintf(word, sizeof(word), "%s:%s", name_of(what->task), words[what->kind]);
  event(word);
  if (what->kind == CORO_TRACE_ADDED) {
    event(what->name);
    event(name_of((const void *)what->other));
  } else if (what->kind == CORO_TRACE_DONE) {
    event(what->other == CORO_DONE ? "0" : "cancelled");
  } else if (what->kind == CORO_TRACE_MARK) {
    event(what->name);
  } else if (what->kind == CORO_TRACE_QUEUED ||
             what->kind == CORO_TRACE_GRANTED) {
    CHECK(what->other == (uintptr_t)&mutex);
  }
}

yields static void locks(void) {
  coro_trace_mark("lock");
  coro_mutex_lock(&mutex);
  coro_mutex_unlock(&mutex);
}

static coro_task(locks) locker, late;

yields static void adds(void) {
  coro_mutex_lock(&mutex);
  coro_start(&locker, locks);
  coro_executor_add(&executor, &jobs[1], coro_erase(&locker), NULL);
  coro_yield_now();
  coro_mutex_unlock(&mutex);
}

int main(void) {
#ifndef CORO_TRACE
  CHECK(coro_trace_set_hook(tell) == CORO_NOT_OFFERED);
  CHECK(coro_trace_begin(1, 1) == CORO_NOT_OFFERED);
  CHECK(coro_trace_write(1) == CORO_INVALID);
  return 0;
#endif
  CHECK(!coro_trace_set_hook(tell));
  coro_executor_init(&executor, NULL, NULL);
  coro_task(adds) adder;
  coro_start(&adder, adds);
  coro_executor_add(&executor, &jobs[0], coro_erase(&adder), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  check_text(events, "A:added adds  A:polled B:added locks A A:woken "
                     "A:suspended B:polled :mark lock :queued B:suspended "
                     "A:polled B:granted B:woken A:done 0 B:polled B:done 0");
  *events = 0;
  for (int i = 0; i < 2; i++) {
    coro_start(&late, locks);
    coro_executor_add(&executor, &jobs[2], coro_erase(&late), NULL);
    if (i)
      coro_job_cancel(&jobs[2]);
    else
      CHECK(!coro_job_remove(&jobs[2]));
  }
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  check_text(events, "C:added locks  C:removed C:added locks  C:cancel "
                     "C:polled C:done cancelled");
  coro_executor_fini(&executor);
}
