/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <coro/task.h>

#if __STDC_HOSTED__
#include <stdio.h>
#include <stdlib.h>
#endif

void coro_foreign_exception(const char *function) {
#if __STDC_HOSTED__
  fprintf(stderr,
          "coro: an exception came to '%s', which yields: its task could not "
          "go on. Catch it in what that function calls.\n",
          function);
  abort();
#else
  (void)function;
  __builtin_trap();
#endif
}
