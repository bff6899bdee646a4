// RUN: %oracle %s
// Errors pass through functions with results of every kind, which come back
// whole where nothing is raised; variadic ones and such that never return too.
// ORACLE-EXPECTS: 1 -2 3 4.5 5.5 6.5 7 8+9i 10 11 12
// ORACLE-EXPECTS: 13.25+14.25i 15 16 17.5 18 99 19 20
// ORACLE-EXPECTS: deep 210 0, 0 7
// ORACLE-EXPECTS: sum 6 0, 0 3
// ORACLE-EXPECTS: raised 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
// ORACLE-EXPECTS: fails 42
#include <complex.h>
#include <coro/coro.h>
#include <stdio.h>

#define KIND(name, T)                                                          \
  __attribute__((noinline)) raises(int) T name##_inner(T v, int error) {       \
    if (error)                                                                 \
      coro_raise(error);                                                       \
    return v;                                                                  \
  }                                                                            \
  __attribute__((noinline)) raises(int) T name(T v, int error) {               \
    T got = name##_inner(v, error);                                            \
    return got;                                                                \
  }

struct small {
  char a;
  short b;
};
struct mixed {
  long a;
  double b;
};
struct two {
  long a, b;
};
struct big {
  long v[9];
};
struct flat {
  float a, b, c;
};
typedef float vector __attribute__((vector_size(16)));
KIND(a_bool, _Bool)
KIND(a_char, signed char)
KIND(a_short, unsigned short)
KIND(a_float, float)
KIND(a_double, double)
KIND(a_long_double, long double)
KIND(a_small, struct small)
KIND(a_complex, double _Complex)
KIND(a_mixed, struct mixed)
KIND(a_wide, __int128)
KIND(a_two, struct two)
KIND(a_long_complex, long double _Complex)
KIND(a_big, struct big)
KIND(a_pointer, const char *)
KIND(a_flat, struct flat)
KIND(a_vector, vector)
KIND(a_bits, _BitInt(75))

__attribute__((noinline)) raises(int) void nothing(int error) {
  if (error)
    coro_raise(error);
}

__attribute__((noinline)) raises(int) int deep(int n, int error) {
  if (n == 0) {
    nothing(error);
    return 0;
  }
  return deep(n - 1, error) + n;
}

__attribute__((noinline)) raises(int) int sum(struct two a, struct two b,
                                              struct two c) {
  struct two all[] = {a, b, c};
  int total = 0;
  for (int i = 0; i < 3; i++) {
    if (all[i].b < 0)
      coro_raise(i + 1);
    total += (int)all[i].a;
  }
  return total;
}

raises(int) _Noreturn void fail(int n) { coro_raise(n + 2); }
raises(int) static int fails(int n) {
  if (n)
    fail(n);
  return 0;
}

static void values(void) {
  coro_try {
    printf("%d %d %d %g", a_bool(1, 0), a_char(-2, 0), a_short(3, 0),
           (double)a_float(4.5f, 0));
    printf(" %g %Lg %d", a_double(5.5, 0), a_long_double(6.5L, 0),
           a_small((struct small){7, 1}, 0).a);
    double _Complex c = a_complex(8 + 9 * I, 0);
    printf(" %g+%gi %ld", creal(c), cimag(c),
           a_mixed((struct mixed){10, 0.5}, 0).a);
    printf(" %d %ld\n", (int)a_wide(11, 0), a_two((struct two){0, 12}, 0).b);
    long double _Complex l = a_long_complex(13.25L + 14.25L * I, 0);
    printf("%Lg+%Lgi %ld", creall(l), cimagl(l),
           a_big((struct big){{1, 15, 3}}, 0).v[1]);
    printf(" %s %g", a_pointer("16", 0),
           (double)a_flat((struct flat){1, 2, 17.5f}, 0).c);
    printf(" %g", (double)a_vector((vector){1, 2, 18, 4}, 0)[2]);
    int e = 99, n = coro_catching(&e, deep(3, 0));
    printf(" %d", n * 16 + 3 + e);
    nothing(0);
    printf(" %d %d\n", (int)a_bits(19, 0), fails(0) + 20);
  }
  coro_catch(int, e) { printf("unexpected %d\n", e); }
}

static void raised(void) {
  int e[15] = {0}, n = 0;
  (void)coro_catching(&e[n++], a_bool(1, 1));
  (void)coro_catching(&e[n++], a_short(1, 2));
  (void)coro_catching(&e[n++], a_float(1, 3));
  (void)coro_catching(&e[n++], a_double(1, 4));
  (void)coro_catching(&e[n++], a_long_double(1, 5));
  (void)coro_catching(&e[n++], a_small((struct small){1, 1}, 6));
  (void)coro_catching(&e[n++], a_complex(1, 7));
  (void)coro_catching(&e[n++], a_mixed((struct mixed){1, 1}, 8));
  (void)coro_catching(&e[n++], a_wide(1, 9));
  (void)coro_catching(&e[n++], a_long_complex(1, 10));
  (void)coro_catching(&e[n++], a_big((struct big){{1}}, 11));
  (void)coro_catching(&e[n++], a_flat((struct flat){1, 1, 1}, 12));
  (void)coro_catching(&e[n++], a_vector((vector){1}, 13));
  (void)coro_catching(&e[n++], a_bits(1, 14));
  coro_catching(&e[n++], nothing(15));
  printf("raised");
  for (int i = 0; i < 15; i++)
    printf(" %d", e[i]);
  printf("\n");
}

int main(void) {
  values();
  int e, v = coro_catching(&e, deep(20, 0));
  printf("deep %d %d,", v, e);
  v = coro_catching(&e, deep(20, 7));
  printf(" %d %d\n", v, e);
  struct two good = {2, 0}, bad = {2, -1};
  v = coro_catching(&e, sum(good, good, good));
  printf("sum %d %d,", v, e);
  v = coro_catching(&e, sum(good, good, bad));
  printf(" %d %d\n", v, e);
  raised();
  (void)coro_catching(&e, fails(40));
  printf("fails %d\n", e);
  return 0;
}
