// REQUIRES: x86_64
// RUN: %coro -O1 -c -o %t.o -Wall -Werror %s
// RUN: %coro -O2 -c -o %t.o -Wall -Werror %s
// RUN: %coro -O2 -fplugin-arg-coro-stress -c -o %t.o -Wall -Werror %s
// What is large but not kept, small enough, promised, or silenced.
#include <coro/coro.h>

void fill(void *);
void use(const void *);

yields int between(void) {
  {
    char buffer[200000];
    fill(buffer);
    use(buffer);
  }
  coro_suspend();
  return 1;
}

yields int shared(void) {
  {
    char first[40000];
    fill(first);
    coro_suspend();
    use(first);
  }
  char second[40000];
  fill(second);
  coro_suspend();
  use(second);
  return 1;
}

yields int promised(void) coro_frame(200000);
yields int promised(void) {
  char buffer[100000];
  fill(buffer);
  coro_suspend();
  use(buffer);
  return 1;
}

coro_allow("coro-large-frame") yields int silenced(void) {
  char buffer[100000];
  fill(buffer);
  coro_suspend();
  use(buffer);
  return 1;
}

// Asking for the size says nothing, either.
static unsigned long size = sizeof(coro_task(silenced));
unsigned long size_of_it(void) { return size; }
