// RUN: %clang %cflags -fsanitize=address,undefined %s -o %t %rt_asan
// RUN: %t
// What coro_box_take asks its allocator for, gets from the default one, and
// gives back.
#include "../check.h"
#include <coro/box.h>
#include <stdlib.h>
#include <string.h>

static size_t asked, asked_align, returned;
static char storage[4096] __attribute__((aligned(1024)));

static void *allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self;
  asked = size;
  asked_align = align;
  return size <= sizeof(storage) ? storage : NULL;
}
static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)self;
  CHECK(memory == storage && align == asked_align);
  returned = size;
}
static const coro_allocator_ops ops = {CORO_CAPABILITY_VERSION, allocate,
                                       release};

int main(void) {
  coro_allocator own = {&ops};
  for (uint32_t align = 1; align <= 1024; align *= 2) {
    coro_descriptor coro = {
        .abi = CORO_ABI_VERSION, .align = align, .size = 3 * align};
    char *frame = coro_box_take(&own, &coro);
    CHECK(frame && (uintptr_t)frame % align == 0);
    CHECK(frame + coro.size == storage + asked);
    CHECK(asked <= coro.size + CORO_BOX_EXTRA(align));
    CHECK(asked_align >= align && asked_align >= _Alignof(void *));
    memset(frame, 0xFF, coro.size);
    coro_box_release(frame, &coro);
    CHECK(returned == asked);

    frame = coro_box_take(&coro_allocator_default, &coro);
    CHECK(frame && (uintptr_t)frame % align == 0);
    memset(frame, 0xFF, coro.size);
    coro_free((coro_any_task){frame, &coro});
  }

  coro_descriptor huge = {.align = 8, .size = sizeof(storage)};
  CHECK(!coro_box_take(&own, &huge));
  huge.size = SIZE_MAX - 1;
  CHECK(!coro_box_take(&own, &huge));
  CHECK(!coro_box_take(NULL, &huge));
  coro_context bare = CORO_CONTEXT_INIT;
  CHECK(!coro_box_enter(&bare, &huge));
  coro_box_release(NULL, &huge);
  coro_free((coro_any_task){NULL, NULL});
  return 0;
}
