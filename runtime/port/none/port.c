/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * No platform: one processor or several, interrupts perhaps, no threads to put
 * to sleep and no clock. Waits spin. A program that can do better defines the
 * hooks itself; ours are weak.
 */
#include "../port.h"

#include <coro/time.h>

/*
 * Called again and again by a wait: a place for a wait-for-interrupt
 * instruction. An interrupt that comes just before it must end it too.
 */
void coro_port_relax(void);
__attribute__((weak)) void coro_port_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
  __asm__ volatile("yield" ::: "memory");
#endif
}

/* Nanoseconds since some start. Without it nobody is offered timers. */
__attribute__((weak)) uint64_t coro_port_clock(void);

uint64_t (*const coro_clock)(void) = coro_port_clock;

uint64_t coro_port_now(void) { return coro_clock ? coro_clock() : 0; }

void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns) {
  uint64_t start = coro_port_now();
  while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == expected) {
    if (ns != CORO_PORT_FOREVER && coro_port_now() - start >= ns)
      return;
    coro_port_relax();
  }
}

void coro_port_wake(const uint32_t *word) { (void)word; }

__attribute__((weak)) bool coro_port_parallel(void) { return false; }
