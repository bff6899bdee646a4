// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// A join keeps its tasks and a bit for each; the bits fit into the gap behind
// the state. An any keeps nothing of its own. A time-out has its alarm, while
// it lasts. While arms are ended there are also the bits of those that are
// left, and why they are ended.
#include <coro/coro.h>

yields void work(int n) coro_frame(48);

yields void join(void) {
  coro_task(work) a, b;
  coro_start(&a, work, 1);
  coro_start(&b, work, 2);
  coro_join(&a, &b);
}
yields int any(void) {
  coro_task(work) a, b;
  coro_start(&a, work, 1);
  coro_start(&b, work, 2);
  return coro_any(&a, &b);
}
yields bool limited(void) {
  coro_task(work) a;
  coro_start(&a, work, 1);
  bool first = coro_timeout(5, &a);
  return coro_timeout(6, &a) && first;
}

// O0:frame of join: 112 bytes, align 16, 2 suspensions, at most 98 alive
// O0-NEXT:  1+1 variable coro.arms at 0 1
// O0-NEXT:  16+48 variable a at 0 1
// O0-NEXT:  64+48 variable b at 0 1
// O0-NEXT:frame of any: 112 bytes, align 16, 3 suspensions, at most 99 alive
// O0-NEXT:  1+1 variable coro.arms20 at 2
// O0-NEXT:  2+1 variable coro.last19 at 2
// O0-NEXT:  1+1 variable coro.arms at 1
// O0-NEXT:  2+1 variable coro.last at 1
// O0-NEXT:  16+48 variable a at 0 1 2
// O0-NEXT:  64+48 variable b at 0 1 2
// O0-NEXT:frame of limited: 176 bytes, align 16, 4 suspensions, at most 165 alive
// O0-NEXT:  1+1 variable coro.arms29 at 3
// O0-NEXT:  2+1 variable coro.last28 at 3
// O0-NEXT:  3+1 variable coro.reason27 at 3
// O0-NEXT:  1+1 variable coro.arms at 1
// O0-NEXT:  2+1 variable coro.last at 1
// O0-NEXT:  3+1 variable coro.reason at 1
// O0-NEXT:  64+48 variable a at 0 1 2 3
// O0-NEXT:  4+1 variable first at 2 3
// O0-NEXT:  8+56 variable __coro_alarm at 0 1 2 3
// O0-NEXT:  112+56 variable __coro_alarm4 at 2 3

// O2:frame of join: 112 bytes, align 16, 2 suspensions, at most 98 alive
// O2-NEXT:  1+1 value coro.arms.2 at 0
// O2-NEXT:  1+1 value coro.arms.5 at 1
// O2-NEXT:  16+48 variable a at 0 1
// O2-NEXT:  64+48 variable b at 0 1
// O2-NEXT:frame of any: 112 bytes, align 16, 3 suspensions, at most 99 alive
// O2-NEXT:  1+1 value coro.arms.1 at 1
// O2-NEXT:  2+1 value coro.last.1 at 1
// O2-NEXT:  1+1 value coro.last19.1 at 2
// O2-NEXT:  2+1 value coro.arms20.1 at 2
// O2-NEXT:  16+48 variable a at 0 1 2
// O2-NEXT:  64+48 variable b at 0 1
// O2-NEXT:frame of limited: 112 bytes, align 16, 4 suspensions, at most 109 alive
// O2-NEXT:  1+1 value coro.reason.0 at 1
// O2-NEXT:  2+1 value coro.arms.2 at 1
// O2-NEXT:  3+1 value coro.last.2 at 1
// O2-NEXT:  1+1 value storedv at 2 3
// O2-NEXT:  2+1 value coro.reason28.0 at 3
// O2-NEXT:  3+1 value coro.last29.2 at 3
// O2-NEXT:  4+1 value coro.arms30.2 at 3
// O2-NEXT:  64+48 variable a at 0 1 2 3
// O2-NEXT:  8+56 variable __coro_alarm at 0 1
// O2-NEXT:  8+56 variable __coro_alarm4 at 2 3
