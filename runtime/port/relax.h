/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Tells the processor that we look at a word again and again. */
#ifndef CORO_PORT_RELAX_H
#define CORO_PORT_RELAX_H

static inline void coro_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
  __asm__ volatile("yield" ::: "memory");
#endif
}

#endif
