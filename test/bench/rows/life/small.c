// Stacks of 4 kB from the heap, without a guard: what is deeper overruns them.
#include <stddef.h>
#include <stdlib.h>

enum { STACK = 4096 };

static void *stack_new(void) { return aligned_alloc(16, STACK); }
static void stack_delete(void *stack) { free(stack); }

#include "fibers.h"
