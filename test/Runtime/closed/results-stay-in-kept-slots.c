// A set has as many tasks as it has slots. A slot is free once its task is
// done, and one that is kept, with the result in it, once it is dropped.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %corocc %cflags -O2 -fsanitize=address,undefined %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>

static yields void add(const char *word, int times) {
  while (times--) {
    event(word);
    coro_yield_now();
  }
}

static yields int square(int n) {
  coro_yield_now();
  return n * n;
}

static yields int fails(int n) raises(int) {
  coro_yield_now();
  if (n)
    coro_raise(n);
  return 0;
}

struct wide {
  _Alignas(64) char bytes[128];
};
static yields struct wide aligned(char first) {
  struct wide wide = {{first}};
  CHECK((uintptr_t)&wide % 64 == 0);
  coro_yield_now();
  CHECK(wide.bytes[0] == first);
  return wide;
}

CORO_EXECUTOR(shop, add, square, fails, aligned);
/* The other end of the range, and a second set in one file. */
static yields void a(void) { event("a"); }
static yields void b(void) { event("b"); }
static yields void c(void) { event("c"); }
static yields void d(void) { event("d"); }
static yields void e(void) { event("e"); }
static yields void f(void) { event("f"); }
static yields void g(void) { event("g"); }
static yields void h(void) { event("h"); }
static yields void i(void) { event("i"); }
static yields void j(void) { event("j"); }
static yields void k(void) { event("k"); }
static yields void l(void) { event("l"); }
static yields void m(void) { event("m"); }
static yields void n(void) { event("n"); }
static yields void o(void) { event("o"); }
static yields void p(void) { event("p"); }
CORO_EXECUTOR(many, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
CORO_EXECUTOR(one, square);

static int evaluated(int *calls, int value) {
  ++*calls;
  return value;
}

static void keeps_results(void) {
  struct shop_slot slots[4];
  memset(slots, 0xa5, sizeof(slots)); /* any bytes */
  struct shop e;
  shop_init(&e, slots, 4, NULL, NULL);
  CHECK(!shop_step(&e) && shop_tasks(&e) == 0);
  CHECK(coro_closed_spawn(&e, add, "x", 2));
  struct shop_slot *nine = coro_closed_keep(&e, square, 3);
  struct shop_slot *error = coro_closed_keep(&e, fails, 5);
  struct shop_slot *wide = coro_closed_keep(&e, aligned, 'w');
  CHECK(nine && error && wide && shop_tasks(&e) == 4);
  int calls = 0;
  CHECK(!coro_closed_spawn(&e, square, evaluated(&calls, 1)) && !calls);
  CHECK(shop_step(&e) && shop_status(nine) == CORO_PENDING);
  CHECK(shop_run(&e) == CORO_RUN_FINISHED);
  check_text(events, "x x");
  CHECK(shop_status(nine) == CORO_DONE && nine->task.square.result == 9);
  CHECK(shop_status(error) == CORO_RAISED && error->task.fails.error == 5);
  CHECK(shop_status(wide) == CORO_DONE);
  CHECK(wide->task.aligned.result.bytes[0] == 'w');

  /* One was not kept. */
  struct shop_slot *last = coro_closed_spawn(&e, square, evaluated(&calls, 1));
  CHECK(last && calls == 1 && last != nine && last != error && last != wide);
  CHECK(!coro_closed_spawn(&e, square, 1));
  shop_cancel(&e, nine); /* done: nothing happens */
  CHECK(shop_status(nine) == CORO_DONE);
  shop_drop(&e, nine);
  CHECK(coro_closed_spawn(&e, square, 2) == nine);
  CHECK(shop_run(&e) == CORO_RUN_FINISHED);
  shop_fini(&e);
}

static void runs_in_turns(void) {
  *events = 0;
  struct many_slot slots[16];
  struct many e_;
  many_init(&e_, slots, 16, NULL, NULL);
  CHECK(coro_closed_spawn(&e_, a) && coro_closed_spawn(&e_, b));
  CHECK(coro_closed_spawn(&e_, c) && coro_closed_spawn(&e_, d));
  CHECK(coro_closed_spawn(&e_, e) && coro_closed_spawn(&e_, f));
  CHECK(coro_closed_spawn(&e_, g) && coro_closed_spawn(&e_, h));
  CHECK(coro_closed_spawn(&e_, i) && coro_closed_spawn(&e_, j));
  CHECK(coro_closed_spawn(&e_, k) && coro_closed_spawn(&e_, l));
  CHECK(coro_closed_spawn(&e_, m) && coro_closed_spawn(&e_, n));
  CHECK(coro_closed_spawn(&e_, o) && coro_closed_spawn(&e_, p));
  CHECK(many_run(&e_) == CORO_RUN_FINISHED);
  many_fini(&e_);
  check_text(events, "a b c d e f g h i j k l m n o p");

  *events = 0;
  struct shop_slot slot[2];
  struct shop two;
  shop_init(&two, slot, 2, NULL, NULL);
  coro_closed_spawn(&two, add, "x", 2);
  coro_closed_spawn(&two, add, "y", 3);
  CHECK(shop_run(&two) == CORO_RUN_FINISHED);
  shop_fini(&two);
  check_text(events, "x y x y y");
}

int main(void) {
  keeps_results();
  runs_in_turns();
  struct one_slot slot;
  struct one one;
  one_init(&one, &slot, 1, NULL, NULL);
  coro_any_task any = one_task(coro_closed_keep(&one, square, 4));
  CHECK(!strcmp(any.coro->name, "square"));
  CHECK(one_run(&one) == CORO_RUN_FINISHED && slot.task.square.result == 16);
  CHECK(*(int *)coro_result_any(any) == 16);
  one_fini(&one);
  return 0;
}
