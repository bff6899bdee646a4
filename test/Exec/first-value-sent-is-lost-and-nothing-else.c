// Nobody waits yet for what the first coro_send sends: it is lost, and the
// arguments, whose bytes it would take, are as they were bound.
// RUN: %coro %cflags -O0 %s -o %t %rt && %t
// RUN: %coro %cflags -O2 %s -o %t %rt && %t
// RUN: %coro %cflags -Os -fplugin-arg-coro-no-fuse %s -o %t %rt && %t
#include "../Runtime/check.h"

#include <coro/coro.h>

struct request {
  unsigned block;
};

yields_of(struct request)
    resumes_with(unsigned) static void follow(unsigned block, int steps) {
  for (int i = 0; i < steps; i++) {
    unsigned next;
    coro_yield_receive(((struct request){block}), &next);
    CHECK(next == block + 100);
    block = next;
  }
}

int main(void) {
  coro_task(follow) t;
  coro_start(&t, follow, 6, 300);
  int count = 0;
  for (unsigned sent = 0xAAAAAAAA; coro_send(&t, sent); count++) {
    CHECK(t.yielded.block == 6 + 100u * (unsigned)count);
    sent = t.yielded.block + 100;
  }
  CHECK(count == 300);
}
