// RUN: rm -rf %t && mkdir %t
// RUN: %corocc -O2 -flto -DWAITS -c %s -o %t/waits.o
// RUN: %corocc -O2 -flto -DUNKNOWN -c %s -o %t/unknown.o
// RUN: %corocc -O1 -DPLAIN -c %s -o %t/plain.o
// RUN: %corocc -O2 -flto=thin -DTHIN -c %s -o %t/thin.o
// RUN: %corocc -O0 -flto -DERASED -c %s -o %t/erased.o
// RUN: %corocc -O2 -DMAIN -c %s -o %t/main.o
// RUN: %corocc -O2 -flto %t/waits.o %t/unknown.o %t/plain.o %t/thin.o %t/erased.o %t/main.o -o %t/program
// RUN: %t/program | %filecheck %s
// RUN: %corocc -O2 -flto -fPIC -DWAITS -c %s -o %t/waits-pic.o
// RUN: %corocc -O2 -flto -fPIC -DUNKNOWN -c %s -o %t/unknown-pic.o
// RUN: %corocc -O2 -flto -shared %t/waits-pic.o %t/unknown-pic.o -o %t/library.so
// RUN: %corocc -O2 -flto %t/plain.o %t/thin.o %t/erased.o %t/main.o %t/library.so -Wl,-rpath,%t -o %t/program
// RUN: %t/program | %filecheck %s
// One function waits for the link, and everything else of it is called from and
// calls objects that are no bitcode, or thin, by coro_frame.
#include <coro/coro.h>
#include <stdio.h>

yields int waits(int n) coro_frame(256);
yields int unknown(int n);
yields int plain(int n) coro_frame(64);
yields int thin(int n) coro_frame(64);
int twin(void);

#ifdef WAITS
// By its name and through its descriptor, other objects reach it.
yields int waits(int n) {
  int sum = unknown(n);
  sum += plain(n);
  sum += thin(n);
  return sum;
}
#endif
#ifdef UNKNOWN
yields int unknown(int n) {
  coro_yield_now();
  return n + 1;
}
yields int twin_of(int n) { return unknown(n); }
#endif
#ifdef PLAIN
yields int plain(int n) {
  coro_yield_now();
  return n + 10;
}
#endif
#ifdef THIN
yields int thin(int n) {
  coro_yield_now();
  return n + 100;
}
#endif
#ifdef ERASED
// A plain function may have the name of one that yields in other units.
int unknown_twin(void) __asm__("unknown");
int unknown_twin(void) { return 7; }
int twin(void) { return unknown_twin(); }
#endif
#ifdef MAIN
yields static int both(int n) {
  yields int (*pointer)(int) coro_frame(256) = waits;
  return waits(n) + pointer(n);
}
int main(void) {
  // CHECK: 228 7
  printf("%d %d\n", coro_block_on(both, 1), twin());
  coro_task(waits) task;
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, waits, 5);
  int polls = 1;
  while (coro_poll(&task, &cx) == CORO_PENDING)
    polls++;
  // CHECK: 4 polls, 126
  printf("%d polls, %d\n", polls, task.result);
}
#endif
