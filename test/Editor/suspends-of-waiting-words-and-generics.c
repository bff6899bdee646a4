// RUN: %corocc --suspends %s > %t && %filecheck --match-full-lines %s < %t
// RUN: %corocc --suspends=json %s | %python %S/Inputs/slices.py | %filecheck --match-full-lines --check-prefix=JSON %s
// RUN: %corocc --annotate -O1 %s -o %t.html && %python %S/Inputs/well-formed.py %t.html && %filecheck --check-prefix=HTML %s < %t.html
// What waits for several is listed by its own name, a generic where its
// argument makes it wait; what only raises is shown in another way.
#include <coro/coro.h>

enum error { NONE, BAD };
raises(enum error) int may(int n);
static yields int slow(int n) {
  coro_yield_now();
  return n;
}
static int fast(int n) { return n; }
yields_as(f) static int map(int (*f)(int), int n) { return f(n); }

yields int words(yields int (*p)(int) coro_frame(64)) {
  coro_task(slow) a, b;
  int got = map(slow, 1) + map(fast, 2);
  coro_start(&a, slow, 1);
  coro_start(&b, slow, 2);
  coro_join(&a, &b);
  coro_start(&a, slow, 1);
  coro_start(&b, slow, 2);
  coro_race(&a, &b);
  coro_start(&a, slow, 1);
  coro_wait(&a);
  coro_start(&a, slow, 1);
  coro_timeout(CORO_SECOND, &a);
  coro_try_box(&got, p, 3);
  return got;
}
raises(enum error) int other(void) { return may(3); }
raises(enum error) int plain(void) { return may(1); }
// CHECK: [[FILE:.*\.c]]:11:3: in 'slow': 'coro_yield_now' suspends
// CHECK-NEXT: [[FILE]]:15:60: in 'map': 'f' waits (declared [[FILE]]:15)
// CHECK-NEXT: [[FILE]]:19:13: in 'words': 'map' waits (declared [[FILE]]:15)
// CHECK-NEXT: [[FILE]]:22:3: in 'words': 'coro_join' waits
// CHECK-NEXT: [[FILE]]:25:3: in 'words': 'coro_race' waits
// CHECK-NEXT: [[FILE]]:27:3: in 'words': 'coro_wait' waits
// CHECK-NEXT: [[FILE]]:29:3: in 'words': 'coro_timeout' waits
// CHECK-NEXT: [[FILE]]:30:3: in 'words': 'coro_try_box' waits (declared [[FILE]]:17)
// CHECK-NOT: {{.}}

// JSON: call yields in words: <coro_join(&a, &b)> <coro_join>
// JSON: raise raises(enum error) in other: <may(3)> <may>
// JSON: raise raises(enum error) in plain: <may(1)> <may>

// HTML: return <a class="s wait"{{.*}}>f<span
// HTML-NEXT: keeps {{[0-9]+}} bytes of a frame of {{[0-9]+}}
// HTML: <a class="s raise"{{.*}}>may<span {{.*}}may may raise
// HTML: return <a class="s raise"{{.*}}>may<span
