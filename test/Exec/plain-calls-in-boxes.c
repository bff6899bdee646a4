// RUN: %coro %cflags -O0 %s -o %t %rt
// RUN: %t
// RUN: %coro %cflags -O2 %s -o %t %rt
// RUN: %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t %rt
// RUN: %t
// Plain calls whose frames come from an allocator, which refuses its first
// request, in the next run its second, and so on: each refusal is raised, is
// caught, and nothing is lost on the way.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counting {
  coro_allocator head;
  int until_refusal; // refuses the request that brings it to 0
  int requests, held;
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
  memset(memory, 0xA5, size);
  return memory;
}
static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)size, (void)align;
  ((struct counting *)self)->held--;
  free(memory);
}
static const coro_allocator_ops ops = {CORO_CAPABILITY_VERSION, allocate,
                                       release};

// How many are alive: each frame has one.
static int open;
static void close_one(int *p) {
  open--;
  if (*p != 17)
    abort();
}
#define OPEN int opened __attribute__((cleanup(close_one))) = (open++, 17)

struct pair {
  long left, right[3];
};

// A cycle of one, with struct results and calls in arguments and operands.
static coro_boxed raises(coro_error)
yields struct pair tree(int depth) {
  OPEN;
  if (depth % 2)
    coro_suspend();
  if (depth == 0)
    return (struct pair){1, {0, 0, 1}};
  long sum = tree(depth - 1).left + tree(depth - 1).right[2];
  coro_suspend();
  return (struct pair){sum, {0, 0, sum}};
}

// A cycle of three, one of which is boxed, and is defined last.
coro_boxed raises(coro_error)
yields int first(int n);
static raises(coro_error) yields int third(int n) {
  OPEN;
  coro_suspend();
  return n ? first(n - 1) + 1 : 0;
}
static raises(coro_error) yields int second(int n) {
  OPEN;
  return third(n) + 1;
}
raises(coro_error) yields int first(int n) {
  OPEN;
  int got = second(n);
  coro_suspend();
  return got + 1;
}

// Nothing returned; refusals are caught here, and some go on.
static int visits, missed;
static coro_boxed raises(coro_error)
yields void visit(int n) {
  OPEN;
  visits++;
  coro_suspend();
  if (!n)
    return;
  visit(n - 1);
  coro_try { visit(n - 1); }
  coro_catch(coro_error, e) {
    missed += e == CORO_NO_MEMORY;
    coro_suspend();
  }
}

// Pointers whose frames have no known size.
static yields char quiet(int n) {
  OPEN;
  coro_suspend();
  return (char)n;
}
static raises(coro_error) yields char loud(int n) {
  OPEN;
  coro_suspend();
  if (n == 5)
    coro_raise((coro_error)77);
  return (char)n;
}
typedef yields char (*quiet_fn)(int);
typedef raises(coro_error) yields char (*loud_fn)(int);
static raises(coro_error) yields int pointers(quiet_fn a, loud_fn b) {
  OPEN;
  int sum = 0;
  for (int i = 0; i < 3; i++)
    sum += a(i) + b(i);
  coro_try { sum += b(5); }
  coro_catch(coro_error, e) {
    if (e != 77)
      coro_raise(e);
    sum += 1000;
  }
  return sum;
}

static raises(coro_error) yields long all(int which) {
  switch (which) {
  case 0:
    return tree(3).left;
  case 1:
    return first(4);
  case 2:
    visit(2);
    return visits;
  default:
    return pointers(quiet, loud);
  }
}

static int run(int which, int until_refusal, struct counting *memory,
               long *result) {
  *memory = (struct counting){{&ops}, until_refusal, 0, 0};
  coro_context cx = CORO_CONTEXT_INIT;
  cx.allocator = &memory->head;
  coro_task(all) task;
  coro_status status;
  visits = missed = 0;
  coro_start(&task, all, which);
  while ((status = coro_poll(&task, &cx)) == CORO_PENDING)
    ;
  if (memory->held || open)
    abort();
  if (status == CORO_RAISED && task.error != CORO_NO_MEMORY)
    abort();
  *result = status == CORO_DONE ? task.result : -1;
  return status;
}

int main(void) {
  static const long expected[] = {8, 14, 7, 1006};
  static const int boxes[] = {14, 4, 6, 7};
  for (int which = 0; which < 4; which++) {
    struct counting memory;
    long result;
    if (run(which, -1, &memory, &result) != CORO_DONE ||
        result != expected[which] || memory.requests != boxes[which]) {
      printf("%d: %ld, %d boxes\n", which, result, memory.requests);
      return 1;
    }
    for (int n = 1; n <= boxes[which]; n++) {
      int how = run(which, n, &memory, &result);
      // Only visit goes on without: what it left out it has counted.
      if (how == CORO_DONE ? which != 2 || missed != 1 : missed != 0) {
        printf("%d, refused %d: %d, %d missed\n", which, n, how, missed);
        return 2;
      }
    }
  }
  return 0;
}
