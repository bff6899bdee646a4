// coro_offload has the value of the call, whatever its type, and its arguments
// reach the function; on helpers, on the task's own thread, and without an
// offloader.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -DCORO_ERASE_EFFECTS %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "run.h"

struct large {
  long numbers[10];
  char last;
};
struct bytes {
  char bytes[9];
};
struct floats {
  float x, y, z;
};
struct aligned {
  _Alignas(64) int n;
};
union word {
  int n;
  char bytes[4];
};

static int calls;
static pthread_t here;
static int expect_other;
static void called(void) {
  CHECK((pthread_equal(here, pthread_self()) == 0) == expect_other);
  calls++;
}

static void nothing(void) { called(); }
static int add(int a, int b) {
  called();
  return a + b;
}
static struct large larger(struct large s, int by) {
  called();
  s.numbers[3] += by;
  s.last++;
  return s;
}
static struct bytes end(struct bytes s, char c) {
  called();
  s.bytes[8] = c;
  return s;
}
static struct floats scale(struct floats s, float by) {
  called();
  return (struct floats){s.x * by, s.y * by, s.z * by};
}
static struct aligned next(struct aligned s) {
  called();
  CHECK((uintptr_t)&s % 64 == 0);
  s.n++;
  return s;
}
static union word not_word(union word w) {
  called();
  w.n = ~w.n;
  return w;
}
static bool negate(bool b) {
  called();
  return !b;
}
static signed char before(signed char c) {
  called();
  return c - 1;
}
static double twice(double d) {
  called();
  return d * 2;
}
static long double thrice(long double d) {
  called();
  return d * 3;
}
static const char *rest(const char *s) {
  called();
  return s + 1;
}
static long sum(int a, long b, char c, short d, unsigned long long e, float f,
                double g, int h, struct bytes i, int j) {
  called();
  return a + b + c + d + (long)e + (long)f + (long)g + h + i.bytes[0] + j;
}
/* Writes to what the caller has: its locals are there while it waits. */
static void fill(int *numbers, int n) {
  called();
  for (int i = 0; i < n; i++)
    numbers[i] = i;
}

static yields void use_them(void) {
  coro_offload(nothing);
  CHECK(coro_offload(add, 1, coro_offload(add, 2, 3)) == 6);
  struct large l = coro_offload(larger, ((struct large){{1, 2, 3, 4}, 'a'}), 7);
  CHECK(l.numbers[3] == 11 && l.numbers[0] == 1 && l.last == 'b');
  struct bytes b = coro_offload(end, (struct bytes){"abcdefgh"}, 'z');
  CHECK(!memcmp(b.bytes, "abcdefghz", 9));
  struct floats f = coro_offload(scale, ((struct floats){1, 2, 3}), 2);
  CHECK(f.x == 2 && f.y == 4 && f.z == 6);
  CHECK(coro_offload(next, (struct aligned){41}).n == 42);
  CHECK(coro_offload(not_word, (union word){5}).n == ~5);
  CHECK(!coro_offload(negate, true) && coro_offload(negate, false));
  CHECK(coro_offload(before, -5) == -6);
  CHECK(coro_offload(twice, 1.5) == 3 && coro_offload(thrice, 1.5L) == 4.5L);
  CHECK(!strcmp(coro_offload(rest, "xyz"), "yz"));
  CHECK(coro_offload(sum, 1, 2, 3, 4, 5, 6, 7, 8, b, 10) == 46 + 'a');
  int numbers[20];
  coro_offload(fill, numbers, 20);
  CHECK(numbers[19] == 19);
}
enum { CALLS = 16 };

static void on(coro_offloader *offloader) {
  calls = 0;
  expect_other = offloader == &helpers.offloader;
#ifdef CORO_ERASE_EFFECTS
  use_them();
#else
  coro_executor_context(&executor)->offloader = offloader;
  BEGIN(use_them);
  CHECK(coro_executor_run(&executor) == 0);
  CHECK(tasks[0].ended == CORO_DONE);
  free_tasks();
#endif
  CHECK(calls == CALLS);
}

int main(void) {
  here = pthread_self();
#ifdef CORO_ERASE_EFFECTS
  on(NULL);
#else
  coro_block_on(use_them);
  CHECK(calls == CALLS);
  open_helpers((coro_helpers_options){.max = 2});
  on(NULL);
  on(&coro_offload_here);
  on(&helpers.offloader);
  close_helpers();
#endif
}
