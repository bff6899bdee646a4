// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-no-direct-resume %s %rt -o %t3 && %t3 | %filecheck %s
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4 | %filecheck %s
// A task that is resumed in its innermost frame, and cancelled where a function
// far above that is in a shield: what is polled from there on goes on where it
// was. The function's state takes two bytes, and its callee's frame has a state
// of its own.
#include <coro/coro.h>
#include <stdio.h>

#define APART __attribute__((noinline)) static yields
#define W                                                                      \
  coro_yield_now();                                                            \
  __asm__ volatile("");
#define W8 W W W W W W W W
#define W64 W8 W8 W8 W8 W8 W8 W8 W8

APART void leaf(int n) {
  printf(" a%d", n);
  coro_yield_now();
  printf(" b%d", n);
  coro_yield_now();
  printf(" c%d", n);
}
APART void mid(void) {
  leaf(1);
  leaf(2);
  coro_yield_now();
}
APART void shielded(int k) {
  coro_shield { mid(); }
  if (k) {
    W64 W64
  }
}
APART void top(void) {
  shielded(0);
  coro_yield_now();
}
yields void root(void) {
  top();
  coro_yield_now();
}

int main(void) {
  for (int k = 1; k < 7; k++) {
    coro_task(root) t;
    coro_context cx = CORO_CONTEXT_INIT;
    coro_start(&t, root);
    printf("%d:", k);
    coro_status status = CORO_PENDING;
    for (int i = 0; i < k && status == CORO_PENDING; i++)
      status = coro_poll(&t, &cx);
    printf(" C");
    do
      status = coro_cancel_any(coro_erase(&t), &cx);
    while (status == CORO_PENDING);
    printf(" %d\n", status);
  }
}
// CHECK: 1: a1 C b1 c1 a2 b2 c2 4
// CHECK-NEXT: 2: a1 b1 C c1 a2 b2 c2 4
// CHECK-NEXT: 3: a1 b1 c1 a2 C b2 c2 4
// CHECK-NEXT: 4: a1 b1 c1 a2 b2 C c2 4
// CHECK-NEXT: 5: a1 b1 c1 a2 b2 c2 C 4
// CHECK-NEXT: 6: a1 b1 c1 a2 b2 c2 C 4
