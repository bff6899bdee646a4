// A function with more states than a byte counts, of its own or of a callee's,
// is found in each of them: 400 suspensions, each in a line of its own.
// RUN: %python %S/Inputs/many-lines.py > %t.h
// RUN: %coro %cflags -DMANY='"%t.h"' -O1 %s %rt -o %t && %t > %t.txt
// RUN: %filecheck %s --input-file %t.txt --implicit-check-not=does
// RUN: %coro %cflags -DMANY='"%t.h"' -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt --implicit-check-not=does
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

#include MANY /* yields static void many(void), with a suspension in each line */

__attribute__((noinline)) yields static void outer(void) {
  coro_yield_now();
  many();
}

// CHECK:     outer:
// CHECK-NEXT:  outer at
// CHECK-NEXT:  many at {{.*}}.h:2{{$}}
// CHECK:     outer:
// CHECK-NEXT:  outer at
// CHECK-NEXT:  many at {{.*}}.h:60{{$}}
// CHECK:     outer:
// CHECK-NEXT:  outer at
// CHECK-NEXT:  many at {{.*}}.h:128{{$}}
// CHECK:     outer:
// CHECK-NEXT:  outer at
// CHECK-NEXT:  many at {{.*}}.h:300{{$}}
// CHECK:     outer:
// CHECK-NEXT:  outer at
// CHECK-NEXT:  many at {{.*}}.h:401{{$}}
// CHECK:     outer:
// CHECK-NEXT:  outer, which is done
int main(void) {
  coro_task(outer) task;
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, outer);
  CHECK(coro_poll(&task, &cx) == CORO_PENDING);
  for (int line = 2; line <= 401; line++) {
    CHECK(coro_poll(&task, &cx) == CORO_PENDING);
    if (line == 2 || line == 60 || line == 128 || line == 300 || line == 401)
      coro_dump_task(coro_erase(&task), STDOUT_FILENO);
  }
  CHECK(coro_poll(&task, &cx) == CORO_DONE);
  coro_dump_task(coro_erase(&task), STDOUT_FILENO);
}
