// REQUIRES: x86_64
// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -g -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -fplugin-arg-coro-large-frame=200000 -c -o %t.o -Werror %s
// RUN: %coro -O2 -fplugin-arg-coro-no-warn=coro-large-frame -c -o %t.o -Werror %s
// RUN: %not %coro -O2 -fplugin-arg-coro-error=coro-large-frame -c -o %t.o %s 2>&1 | %filecheck %s
// CHECK: error: the frame of 'copy' takes {{.*}} [coro-large-frame]
// What is large, and which suspensions keep it.
#include <coro/coro.h>

void fill(void *);
void use(const void *);

// expected-warning@+1 {{the frame of 'copy' takes}}
yields int copy(int n) {
  char buffer[70000];
  char small[16];
  fill(buffer);
  fill(small);
  // expected-note@+1 {{70000 bytes of it: 'buffer', kept across this suspension and in line 25, 29}}
  coro_suspend();
  use(buffer);
  for (int i = 0; i < n; i++)
    coro_suspend();
  use(buffer);
  use(small);
  if (n)
    coro_suspend();
  use(buffer);
  coro_suspend();
  use(small);
  return n;
}

// Its caller is not to blame.
yields int twice(int n) { return copy(n) + copy(n + 1); }

// A buffer of a flattened callee, neither.
// expected-warning@+1 {{the frame of 'flat' takes}}
static yields void flat(int n) {
  char buffer[80000];
  fill(buffer);
  // expected-note@+1 {{80000 bytes of it: 'buffer', kept across this suspension}}
  coro_suspend();
  use(buffer + n);
}
yields void flattens(int n) { flat(n); }

// expected-warning@+1 {{the frame of 'both' takes}}
yields void both(int n) {
  char more[90000];
  fill(more);
  // expected-note@+2 {{90000 bytes of it: 'more', kept across this suspension}}
  // expected-note-re@+1 0-1 {{bytes of it: {{.*}} of 'flat', kept across this suspension}}
  flat(n);
  use(more);
}
