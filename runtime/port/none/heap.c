/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * No platform, no heap: every frame is refused. A program that has memory to
 * give defines coro_allocator_default itself; ours is weak.
 */
#include <coro/allocator.h>

static void *allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self, (void)size, (void)align;
  return 0;
}

static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)self, (void)memory, (void)size, (void)align;
}

static const coro_allocator_ops refuses = {CORO_CAPABILITY_VERSION, allocate,
                                           release};

__attribute__((weak)) coro_allocator coro_allocator_default = {&refuses};
