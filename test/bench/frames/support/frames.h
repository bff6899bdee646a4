// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the C programs have in common: waiting for a port, and a `main` that runs
// one task, a round at a time. Prints the result, the checksum, and how often it
// was suspended; and on stderr the bytes of the task.
#ifndef FRAMES_FRAMES_H
#define FRAMES_FRAMES_H

#include "ports.h"
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

#ifdef CORO_ERASE_EFFECTS

// Nothing waits, and there are no rounds to count.
static inline void ready(unsigned port) { (void)port; }

#define RUN(root, ...)                                                         \
  int main(void) {                                                             \
    uint32_t result = root(__VA_ARGS__);                                       \
    printf("%u %08x\n", result, ports_checksum());                             \
  }

#else

static inline yields void ready(unsigned port) {
  while (!port_take(port))
    coro_suspend();
}

#define RUN(root, ...)                                                         \
  int main(void) {                                                             \
    coro_task(root) task;                                                      \
    coro_context cx = CORO_CONTEXT_INIT;                                       \
    long rounds = 0;                                                           \
    coro_start(&task, root, ##__VA_ARGS__);                               \
    while (coro_poll(&task, &cx) == CORO_PENDING) {                            \
      rounds++;                                                                \
      ports_tick();                                                            \
    }                                                                          \
    printf("%u %08x %ld rounds\n", task.result, ports_checksum(), rounds);     \
    fprintf(stderr, "%zu\n", sizeof(task));                                    \
  }

#endif

static inline yields uint8_t get(unsigned port) {
  ready(port);
  return port_get(port);
}

static inline yields void put(unsigned port, uint8_t byte) {
  ready(port);
  port_put(port, byte);
}

static inline yields void fill(unsigned port, void *bytes, size_t size) {
  ready(port);
  port_fill(port, bytes, size);
}

static inline yields void drain(unsigned port, const void *bytes, size_t size) {
  ready(port);
  port_drain(port, bytes, size);
}

#endif
