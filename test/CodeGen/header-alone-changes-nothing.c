// RUN: %coro -O2 -c %s -DHEADER -o %t.with.o
// RUN: %coro -O2 -c %s -o %t.without.o
// RUN: cmp %t.with.o %t.without.o
// A file that includes the header and uses no effect gets nothing from it.
#ifdef HEADER
#include <coro/coro.h>
#endif
#line 1 "same"
static void cleaned(int *p) { *p = 0; }
int main(void) {
  int kept __attribute__((cleanup(cleaned))) = 1;
  return kept - 1;
}
