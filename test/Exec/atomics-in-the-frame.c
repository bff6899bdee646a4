// RUN: %coro -O0 -Wall -Werror -mcx16 %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror -mcx16 %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror -mcx16 -fplugin-arg-coro-poison-dead %s %rt -o %tp && %tp | %filecheck %s
// REQUIRES: x86_64
// Other threads change atomic locals of a task while it is suspended: they are
// the objects themselves, not copies, and aligned for 16-byte exchanges.
#include <coro/coro.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct pair {
  int a, b;
};
static _Atomic int *shared;
static _Atomic __int128 *wide;
static _Atomic _Bool go, stop;

static void *adder(void *unused) {
  while (!atomic_load(&go))
    ;
  for (int i = 0; i < 1000; i++) {
    atomic_fetch_add_explicit(shared, 1, memory_order_relaxed);
    __int128 old = 0;
    while (!__sync_bool_compare_and_swap((__int128 *)wide, old,
                                         old + (((__int128)1 << 64) | 1)))
      old = __sync_val_compare_and_swap((__int128 *)wide, 0, 0);
  }
  atomic_store(&stop, 1);
  return unused;
}

static yields long task(int n) {
  char before = 'b';
  _Atomic int counter = n;
  char between = 'm';
  _Atomic __int128 big = 0;
  char after = 'a';
  _Atomic(struct pair) pair = (struct pair){1, 2};
  _Atomic(char *) text = "abc";
  shared = &counter;
  wide = &big;
  atomic_store(&go, 1);
  while (!atomic_load(&stop)) {
    atomic_fetch_add(&counter, 2);
    atomic_fetch_sub(&counter, 2);
    coro_suspend();
  }
  counter += 10;
  text++;
  pair = (struct pair){counter, 7};
  coro_suspend();
  __int128 end = __sync_val_compare_and_swap((__int128 *)wide, 0, 0);
  int expected = counter;
  _Bool swapped = atomic_compare_exchange_strong(&counter, &expected, 5);
  struct pair copy = atomic_load(&pair);
  coro_suspend();
  return counter * 100000 + (long)(end >> 64) + (long)end + swapped + copy.b +
         *text + (before == 'b') + (between == 'm') + (after == 'a') +
         (long)((unsigned long)wide % 16);
}

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(task) t;
  pthread_t thread;
  pthread_create(&thread, NULL, adder, NULL);
  coro_start(&t, task, 3);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  pthread_join(thread, NULL);
  // 500000 + 2000 + 1 + 7 + 'b' + 3
  // CHECK: 502109
  printf("%ld\n", t.result);
}
