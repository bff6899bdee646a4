// RUN: %oracle %s
// RUN: %coro -O1 -fsanitize=address,undefined -fno-sanitize-recover=all %s %rt -o %t
// RUN: %t
// ORACLE-EXPECTS: 0 failures
// What is handed out and what is returned lie in the frame one behind the
// other, each with a size and an alignment of its own.
#include <complex.h>
#include <coro/coro.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int failures;
#define CHECK(condition)                                                       \
  do                                                                           \
    if (!(condition)) {                                                        \
      printf("line %d: %s\n", __LINE__, #condition);                           \
      failures++;                                                              \
    }                                                                          \
  while (0)

typedef int v4 __attribute__((vector_size(16)));
typedef float v3 __attribute__((ext_vector_type(3)));
typedef int (*change)(int);
struct big {
  char c;
  int a[7];
  double d;
};
struct tiny {
  char a[3];
};
struct bits {
  unsigned a : 3, b : 13;
  int c : 7;
};
struct over {
  _Alignas(32) int x;
  int y;
};
struct nest {
  struct tiny t[2];
  struct bits b;
  union {
    int i;
    float f;
  } u;
};
struct empty {};
enum number { SMALL, LARGE = 70000 };
static int up(int x) { return x + 1; }
static int down(int x) { return x - 1; }

// Each hands out n values of type T, and returns an R.
#define GENERATOR(name, T, value, R, result)                                   \
  yields_of(T) static R name(int n) {                                          \
    T v;                                                                       \
    for (int i = 0; i < n; i++) {                                              \
      v = (value);                                                             \
      coro_yield(v);                                                           \
      memset((void *)&v, 0x55, sizeof(v));                                     \
    }                                                                          \
    return (result);                                                           \
  }
GENERATOR(bools, bool, i & 1, bool, n & 1)
GENERATOR(chars, signed char, -i, char, 'x')
GENERATOR(shorts, short, i * -300, struct tiny, ((struct tiny){{1, 2, 3}}))
GENERATOR(ints, unsigned, i * 3000000000u, long long, n * 5000000000ll)
GENERATOR(wide, __int128, (__int128)i << 90, bool, true)
GENERATOR(floats, float, i * .5f, double, n * .25)
GENERATOR(longs, long double, i * .1L, struct big,
          ((struct big){1, {1, 2, 3, 4, 5, 6, n}, n}))
GENERATOR(complexes, double _Complex, i + 2.0 * i * I, float _Complex,
          n + 1.0f * I)
GENERATOR(complex_longs, long double _Complex, i + 2.0L * i * I, __int128, -n)
GENERATOR(fours, v4, ((v4){i, 2 * i, 3 * i, 4 * i}), v4, ((v4){n, n, n, -n}))
GENERATOR(threes, v3, ((v3){i, 2 * i, 3 * i}), v3, ((v3){n, n, -n}))
GENERATOR(bigs, struct big,
          ((struct big){i, {i, 1, 2, 3, 4, 5, i + 6}, i * .5}), struct big,
          ((struct big){n, {7, 6, 5, 4, 3, 2, 1}, n}))
GENERATOR(tinies, struct tiny, ((struct tiny){{i, i + 1, i + 2}}), struct tiny,
          ((struct tiny){{n, n, n}}))
GENERATOR(bit_fields, struct bits, ((struct bits){i & 7, i * 100, -i}),
          struct bits, ((struct bits){1, 2, -3}))
GENERATOR(overs, struct over, ((struct over){i, -i}), int, n)
GENERATOR(to_over, int, i, struct over, ((struct over){n, -n}))
GENERATOR(nests, struct nest,
          ((struct nest){{{{i, 1, 2}}, {{3, 4, i}}}, {1, i, 2}, {.i = i}}),
          struct nest, ((struct nest){.u.i = n}))
GENERATOR(strings, const char *, &"abcdefghij"[i], change, n & 1 ? up : down)
GENERATOR(functions, change, i & 1 ? up : down, void *, &failures)
GENERATOR(enums, enum number, i & 1 ? LARGE : SMALL, enum number, LARGE)
GENERATOR(empties, struct empty, ((struct empty){}), struct empty,
          ((struct empty){}))
GENERATOR(odd_widths, _BitInt(77), (_BitInt(77))i << 70, _BitInt(9), -3)

// Generators of the same values whose place in the frame differs.
yields_of(struct over) static struct over outer_over(int n) {
  int r = overs(n);
  coro_yield((struct over){77, 78});
  r += overs(2);
  return (struct over){r, n};
}
yields_of(struct big) static int outer_big(int n) {
  struct big b = bigs(n);
  coro_yield(b);
  struct big c = bigs(n - 1);
  return b.a[0] * 100 + c.c;
}
yields_of(bool) static long double outer_bool(int n) {
  return bools(n) + bools(n + 1) * 10;
}

// In a loop over the values, and as a task polled by hand.
#define BOTH(g, T, good, good_result)                                          \
  do {                                                                         \
    int i = 0;                                                                 \
    coro_for(T v, g, 6) {                                                      \
      CHECK(good);                                                             \
      i++;                                                                     \
    }                                                                          \
    CHECK(i == 6);                                                             \
    coro_task(g) t;                                                            \
    coro_start(&t, g, 5);                                                      \
    for (i = 0; coro_next(&t); i++) {                                          \
      T v = t.yielded;                                                         \
      CHECK(good);                                                             \
    }                                                                          \
    CHECK(i == 5);                                                             \
    CHECK(!coro_next(&t));                                                     \
    CHECK(good_result);                                                        \
  } while (0)

static void scalars(void) {
  BOTH(bools, bool, v == (i & 1), t.result == 1);
  BOTH(chars, signed char, v == -i, t.result == 'x');
  BOTH(shorts, short, v == i * -300, t.result.a[2] == 3);
  BOTH(ints, unsigned, v == i * 3000000000u, t.result == 25000000000ll);
  BOTH(wide, __int128, v == (__int128)i << 90, t.result);
  BOTH(floats, float, v == i * .5f, t.result == 1.25);
  BOTH(longs, long double, v == i * .1L, t.result.a[6] == 5 && t.result.d == 5);
  BOTH(complexes, double _Complex, v == i + 2.0 * i * I,
       t.result == 5 + 1.0f * I);
  BOTH(complex_longs, long double _Complex, v == i + 2.0L * i * I,
       t.result == -5);
  BOTH(fours, v4, v[0] == i && v[3] == 4 * i, t.result[3] == -5);
  BOTH(threes, v3, v[0] == i && v[2] == 3 * i, t.result[2] == -5);
  BOTH(strings, const char *, *v == 'a' + i, t.result(1) == 2);
  BOTH(functions, change, v(5) == (i & 1 ? 6 : 4), t.result == &failures);
  BOTH(enums, enum number, v == (i & 1 ? LARGE : SMALL), t.result == LARGE);
  BOTH(odd_widths, _BitInt(77), v == (_BitInt(77))i << 70, t.result == -3);
}

static void structs(void) {
  BOTH(bigs, struct big, v.c == i && v.a[6] == i + 6 && v.d == i * .5,
       t.result.a[6] == 1 && t.result.d == 5);
  BOTH(tinies, struct tiny, v.a[2] == i + 2, t.result.a[1] == 5);
  BOTH(bit_fields, struct bits, v.a == (i & 7) && v.b == i * 100 && v.c == -i,
       t.result.c == -3);
  BOTH(overs, struct over,
       v.x == i && v.y == -i && sizeof(v) == 32 && (uintptr_t)&v % 32 == 0,
       t.result == 5);
  BOTH(to_over, int, v == i, t.result.y == -5);
  BOTH(nests, struct nest, v.t[1].a[2] == i && v.b.b == i && v.u.i == i,
       t.result.u.i == 5);
  BOTH(empties, struct empty, sizeof(v) == 0, sizeof(t.result) == 0);
}

static void nested(void) {
  coro_task(outer_over) over;
  coro_start(&over, outer_over, 3);
  int i = 0;
  for (; coro_next(&over); i++)
    CHECK(over.yielded.x == (i == 3 ? 77 : i % 4));
  CHECK(i == 6 && over.result.x == 5 && over.result.y == 3);

  coro_task(outer_big) big;
  coro_start(&big, outer_big, 3);
  int sum = 0;
  for (i = 0; coro_next(&big); i++)
    sum += big.yielded.a[6];
  CHECK(i == 6 && sum == 6 + 7 + 8 + 1 + 6 + 7 && big.result == 702);

  coro_task(outer_bool) truth;
  coro_start(&truth, outer_bool, 3);
  for (i = sum = 0; coro_next(&truth); i++)
    sum += truth.yielded;
  CHECK(i == 7 && sum == 3 && truth.result == 1);
}

int main(void) {
  scalars();
  structs();
  nested();
  printf("%d failures\n", failures);
  return failures != 0;
}
