// RUN: %corocc --suspends %s > %t && %filecheck --match-full-lines %s < %t
// RUN: %corocc --suspends=json %s | %python %S/Inputs/slices.py | %filecheck --match-full-lines --check-prefix=JSON %s
// A generator suspends with each value. Taking one waits only if the generator
// does.
#include <coro/coro.h>

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields_of(int) void twice(int n) {
  count(n);
  count(n);
}
static yields yields_of(long) void slow(void) {
  coro_yield_now();
  coro_yield(1);
}
yields int taker(void) {
  int sum = 0;
  coro_for(int x, twice, 3) sum += x;
  coro_for(long x, slow) sum += x;
  coro_task(slow) task;
  coro_start(&task, slow);
  while (coro_next(&task))
    sum += task.yielded;
  return sum;
}
// CHECK: [[FILE:.*\.c]]:9:5: in 'count': 'coro_yield' yields
// CHECK-NEXT: [[FILE]]:12:3: in 'twice': 'count' yields (declared [[FILE]]:7)
// CHECK-NEXT: [[FILE]]:13:3: in 'twice': 'count' yields (declared [[FILE]]:7)
// CHECK-NEXT: [[FILE]]:16:3: in 'slow': 'coro_yield_now' suspends
// CHECK-NEXT: [[FILE]]:17:3: in 'slow': 'coro_yield' yields
// CHECK-NEXT: [[FILE]]:22:3: in 'taker': 'coro_for' waits for 'slow' (declared [[FILE]]:15)
// CHECK-NEXT: [[FILE]]:25:10: in 'taker': 'coro_next' waits for 'slow' (declared [[FILE]]:15)
// CHECK-NOT: {{.}}

// JSON: yield yields_of(int) in count: <coro_yield(i)> <coro_yield>
// JSON-NEXT: yield yields_of(int) in twice: <count(n)> <count>
// JSON: yield yields yields_of(long) in slow: <coro_yield(1)> <coro_yield>
// JSON: next yields yields_of(long) in taker: <coro_for(long x, slow)> <coro_for>
// JSON-NEXT: slow declared as <slow>
// JSON-NEXT: next yields yields_of(long) in taker: <coro_next(&task)> <coro_next>
