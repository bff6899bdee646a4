// RUN: cp %s %t.c
// RUN: %not %coro -fsyntax-only -Xclang -fixit %t.c 2>&1 | %filecheck %s --check-prefix=SAYS
// RUN: %filecheck %s < %t.c
// RUN: %coro -fsyntax-only -Werror %t.c
// A missing & is put in, in front of the argument as it was written.
#include <coro/coro.h>

static yields void work(void) { coro_suspend(); }

yields void both(void) {
  coro_task(work) a, list[2];
  coro_start(&a, work);
  coro_start(&list[1], work);
  // SAYS: error: coro_join takes addresses
  // SAYS: note: FIX-IT applied
  // CHECK: coro_join(&a, &list[1]);
  coro_join(a, list[1]);
}
