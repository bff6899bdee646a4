/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A frame from an allocator remembers which one it came from: the context that
 * is there when it goes back may be another.
 *
 *   |<----- extra ----->|<-- coro->size -->|
 *   |       | allocator | frame            |
 *
 * Both begin at a multiple of the frame's alignment, and the pointer lies just
 * in front of the frame.
 */
#include <coro/box.h>

static size_t alignment(const coro_descriptor *coro) {
  return coro->align > _Alignof(void *) ? coro->align : _Alignof(void *);
}

void *coro_box_take(coro_allocator *allocator, const coro_descriptor *coro) {
  if (!allocator)
    return 0;
  size_t align = alignment(coro), extra = CORO_BOX_EXTRA(align);
  if (coro->size > SIZE_MAX - extra)
    return 0;
  char *memory =
      (char *)allocator->ops->allocate(allocator, extra + coro->size, align);
  if (!memory)
    return 0;
  char *frame = memory + extra;
  ((coro_allocator **)frame)[-1] = allocator;
  return frame;
}

void *coro_box_enter(coro_context *cx, const coro_descriptor *coro) {
  return coro_box_take(cx->allocator, coro);
}

void coro_box_release(void *frame, const coro_descriptor *coro) {
  if (!frame)
    return;
  coro_allocator *allocator = ((coro_allocator **)frame)[-1];
  size_t align = alignment(coro), extra = CORO_BOX_EXTRA(align);
  allocator->ops->release(allocator, (char *)frame - extra, extra + coro->size,
                          align);
}
