// Stacks as threads have them: 8 MiB of addresses and a guard page.
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { STACK = 8 << 20, PAGE = 4096 };

static void *stack_new(void) {
  char *memory = mmap(0, STACK + PAGE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, PAGE, PROT_NONE))
    abort();
  return memory + PAGE;
}
static void stack_delete(void *stack) {
  munmap((char *)stack - PAGE, STACK + PAGE);
}

#include "fibers.h"
