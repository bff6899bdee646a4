// Cancels outer(3) after k polls, for every k, and prints what is said.
#include <coro/abi.h>
#include <coro/context.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const coro_descriptor outer_coro __asm__("outer.coro");
void outer_bind(void *frame, int n) __asm__("outer.bind");

void say(const char *what, int n) { printf("  %s %d\n", what, n); }

static const char *const Names[] = {"done", "pending", "yielded", "raised",
                                    "cancelled"};

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_status status = CORO_PENDING;
  for (int k = 0; status == CORO_PENDING; ++k) {
    void *frame = aligned_alloc(outer_coro.align, outer_coro.size);
    memset(frame, 0xa5, outer_coro.size);
    outer_bind(frame, 3);
    printf("%d polls\n", k);
    status = CORO_PENDING;
    for (int i = 0; i < k && status == CORO_PENDING; ++i)
      status = outer_coro.poll(frame, &cx);
    int calls = 1;
    coro_status ended;
    while ((ended = outer_coro.cancel(frame, &cx)) == CORO_PENDING)
      calls++;
    printf("%s after %d\n", Names[ended], calls);
    if (outer_coro.cancel(frame, &cx) != CORO_DONE ||
        outer_coro.poll(frame, &cx) != CORO_DONE)
      printf("not over\n");
    free(frame);
  }
  return 0;
}
