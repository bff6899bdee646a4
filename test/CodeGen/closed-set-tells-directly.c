// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck --check-prefixes=CHECK,QUIET %s
// RUN: %coro -O2 -DCORO_TRACE -S -emit-llvm %s -o - | %filecheck --check-prefixes=CHECK,TRACED %s
// RUN: %coro -O0 -S -emit-llvm %s -o - | %filecheck --check-prefix=QUIET %s
// Who hears of the ends of a closed set's tasks is called by name, and so are
// the hooks of traces, which are there only if asked for: no call in the switch
// goes through a pointer.
#include <coro/coro.h>

void heard(int result);

static yields int counts(int *to, int n) {
  while (n--) {
    ++*to;
    coro_yield_now();
  }
  return *to;
}
static yields void once(int *to) { *to = 1; }

CORO_EXECUTOR_ON_DONE(set, ended, counts, once);

static void ended(struct set *e, struct set_slot *slot, coro_status status) {
  (void)e;
  if (status == CORO_DONE && coro_closed_is(slot, counts))
    heard(slot->task.counts.result);
}

void run(struct set *e) { set_run(e); }
_Bool step(struct set *e) { return set_step(e); }

// QUIET-NOT: coro_trace
// CHECK-LABEL: define internal {{.*}}@set_polls(
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// TRACED: call void @coro_trace_record(i32 noundef 2
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK: call void @heard(
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK: {{^}}}
