/* What the tests of this folder share: an executor whose allocator counts, and
 * refuses the n-th time. */
#ifndef CORO_TEST_SCOPE_RUN_H
#define CORO_TEST_SCOPE_RUN_H

#include "../check.h"

#include <coro/coro.h>

static long held, asked, refuse_at; /* the number of the one; 0: none */
static size_t numbers; /* of sizes and alignments that did not come back */

static void *count_allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self;
  if (++asked == refuse_at)
    return NULL;
  void *memory = coro_allocator_default.ops->allocate(&coro_allocator_default,
                                                      size, align);
  CHECK(memory && (uintptr_t)memory % align == 0);
  memset(memory, 0xA5, size);
  held++;
  numbers += size * 1024 + align;
  return memory;
}
static void count_release(coro_allocator *self, void *memory, size_t size,
                          size_t align) {
  (void)self;
  memset(memory, 0x5A, size);
  coro_allocator_default.ops->release(&coro_allocator_default, memory, size,
                                      align);
  held--;
  numbers -= size * 1024 + align;
}
static const coro_allocator_ops count_ops = {CORO_CAPABILITY_VERSION,
                                             count_allocate, count_release};
static coro_allocator counting = {&count_ops};

static coro_executor executor;

/* Runs f(args...) on a new executor until all is over; nothing is left. Its
 * value is a pointer to f's coro_spawned, in a static variable. */
#define RUN(f, ...)                                                            \
  __extension__({                                                              \
    static coro_spawn_storage(f) __run;                                        \
    begin();                                                                   \
    coro_start(&__run.task, f __VA_OPT__(, ) __VA_ARGS__);                     \
    CHECK(!coro_spawn_any(&__run.spawned, &executor.spawner,                   \
                          coro_erase(&__run.task)));                           \
    CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);                  \
    end();                                                                     \
    &__run;                                                                    \
  })

static inline void begin(void) {
  asked = 0;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_set_allocator(&executor, &counting);
}

static inline void end(void) {
  coro_executor_fini(&executor);
  CHECK(held == 0 && numbers == 0);
}

#endif
