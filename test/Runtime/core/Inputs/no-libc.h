/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What a program without libc on x86-64 Linux brings along: it calls run() and
 * exits with its result. */
#include <stddef.h>

/* Compilers may call these even in freestanding programs. */
void *memset(void *to, int byte, size_t size);
void *memset(void *to, int byte, size_t size) {
  for (volatile unsigned char *at = to; size--;)
    *at++ = (unsigned char)byte;
  return to;
}
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  const unsigned char *source = from;
  for (volatile unsigned char *at = to; size--;)
    *at++ = *source++;
  return to;
}

static int run(void);

/* exit(2), by hand. */
__attribute__((force_align_arg_pointer, noreturn)) void start(void);
void start(void) {
  long status = run();
  __asm__ volatile("syscall" : : "a"(60L), "D"(status) : "memory");
  __builtin_unreachable();
}
