// RUN: %coro %cflags -O0 %s -o %t %rt
// RUN: %t
// RUN: %coro %cflags -O2 %s -o %t %rt
// RUN: %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t %rt
// RUN: %t
// An allocator that refuses its first request, in the next run its second, and
// so on: the program sees each refusal where it happens, and nothing of what
// it got is lost.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counting {
  coro_allocator head;
  int until_refusal; // refuses the request that brings it to 0
  int requests, held;
  size_t bytes;
};

static void *allocate(coro_allocator *self, size_t size, size_t align) {
  struct counting *own = (struct counting *)self;
  own->requests++;
  if (--own->until_refusal == 0)
    return NULL;
  void *memory;
  if (posix_memalign(&memory, align, size))
    abort();
  own->held++;
  own->bytes += size;
  memset(memory, 0xA5, size);
  return memory;
}

static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  struct counting *own = (struct counting *)self;
  own->held--;
  own->bytes -= size;
  if ((size_t)memory % align)
    abort();
  free(memory);
}

static const coro_allocator_ops ops = {CORO_CAPABILITY_VERSION, allocate,
                                       release};

static int refusals;

// A place that was not written is told from one that was.
static coro_boxed yields long tree(int depth) {
  long left = -7, right = -7;
  if (depth % 2)
    coro_suspend();
  if (depth == 0)
    return 1;
  if (!coro_try_box(&left, tree, depth - 1)) {
    refusals++;
    if (left != -7)
      abort();
    left = 0;
  }
  coro_suspend();
  if (!coro_try_box(&right, tree, depth - 1)) {
    refusals++;
    if (right != -7)
      abort();
    right = 0;
  }
  return left + right;
}

int main(void) {
  int whole = 0;
  for (int n = 1;; n++) {
    struct counting memory = {{&ops}, n, 0, 0, 0};
    coro_context cx = CORO_CONTEXT_INIT;
    cx.allocator = &memory.head;
    refusals = 0;
    coro_any_task task = coro_new(&memory.head, tree, 4);
    if (!task.frame) {
      if (n != 1 || memory.held)
        return 1;
      coro_free(task); // nothing
      continue;
    }
    while (coro_poll_any(task, &cx) == CORO_PENDING) {
      // The next poll may bring another context, with another allocator: what
      // was taken goes back to where it came from all the same.
      if (!memory.held)
        return 2;
    }
    long leaves = *(long *)coro_result_any(task);
    coro_free(task);
    if (memory.held || memory.bytes)
      return 3;
    if (memory.requests < n) {
      whole = n - 1;
      if (refusals || leaves != 16)
        return 4;
      break;
    }
    if (refusals != 1 || leaves >= 16)
      return 5;
  }
  return whole == 31 ? 0 : 6; // the nodes of the tree
}
