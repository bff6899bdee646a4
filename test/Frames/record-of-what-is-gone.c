// RUN: %coro -O1 -g -c %s -o %t.o && %build/bin/coro-frames --brief %t.o | %filecheck %s
// A function that is flattened wherever it is called has no frame of its own in
// the object, and no record.
// CHECK-NOT: {{ inner }}
// CHECK: {{ outer }}
#include <coro/coro.h>

static yields int inner(int count) {
  while (count-- > 0)
    coro_suspend();
  return 7;
}
yields int outer(void) { return inner(3) + 1; }
