/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Linux: frames come from the C library's heap. */
#include <coro/allocator.h>

#include <errno.h>
#include <stdlib.h>

/* A refusal is a value, not an errno: the program's stays as it is. */
static void *allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self;
  int saved = errno;
  void *memory = NULL;
  if (align <= _Alignof(max_align_t))
    memory = malloc(size);
  else if (posix_memalign(&memory, align, size))
    memory = NULL;
  errno = saved;
  return memory;
}

static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)self, (void)size, (void)align;
  free(memory);
}

static const coro_allocator_ops heap = {CORO_CAPABILITY_VERSION, allocate,
                                        release};

coro_allocator coro_allocator_default = {&heap};
