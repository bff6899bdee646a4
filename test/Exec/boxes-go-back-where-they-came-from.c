// RUN: %coro %cflags -O1 %s -o %t %rt
// RUN: %t
// A task that is polled with one context and then with another, each with its
// own allocator; and a function of which only the name is known yet.
#include <coro/coro.h>
#include <stdlib.h>

struct counting {
  coro_allocator head;
  int taken, held;
};
static void *allocate(coro_allocator *self, size_t size, size_t align) {
  struct counting *own = (struct counting *)self;
  own->taken++;
  own->held++;
  return aligned_alloc(align, (size + align - 1) / align * align);
}
static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)size, (void)align;
  ((struct counting *)self)->held--;
  free(memory);
}
static const coro_allocator_ops ops = {CORO_CAPABILITY_VERSION, allocate,
                                       release};

yields int elsewhere(int n); // no coro_frame(N)

static coro_boxed yields int down(int n) {
  int below = 0;
  coro_suspend();
  if (n && !coro_try_box(&below, down, n - 1))
    return -100;
  coro_suspend();
  int more = 0;
  return coro_try_box(&more, elsewhere, n) ? below + more : -100;
}

int main(void) {
  struct counting one = {{&ops}, 0, 0}, two = {{&ops}, 0, 0};
  coro_context cx[2] = {CORO_CONTEXT_INIT, CORO_CONTEXT_INIT};
  cx[0].allocator = &one.head;
  cx[1].allocator = &two.head;
  coro_task(down) task;
  coro_start(&task, down, 5);
  int polls = 0;
  while (coro_poll(&task, &cx[polls++ % 2]) == CORO_PENDING)
    ;
  coro_any_task other = coro_new(&one.head, elsewhere, 7);
  while (coro_poll_any(other, &cx[1]) == CORO_PENDING)
    ;
  int got = *(int *)coro_result_any(other);
  coro_free(other);
  return task.result == 30 && got == 14 && one.taken > 1 && two.taken > 1 &&
                 !one.held && !two.held
             ? 0
             : 1;
}

yields int elsewhere(int n) {
  coro_suspend();
  return 2 * n;
}
