// RUN: %oracle %s
// What is raised is a value of any complete type, converted as by assignment,
// at an address that its alignment asks for.
// ORACLE-EXPECTS: char -3 enum 2 double 2.50 float 7
// ORACLE-EXPECTS: pointer text null 1 function 12
// ORACLE-EXPECTS: fault 30 parse
// ORACLE-EXPECTS: wide 0 1 63 0
// ORACLE-EXPECTS: union 5 bits 9 const 4
// ORACLE-EXPECTS: empty caught
// ORACLE-EXPECTS: other 12 of 3
#include <coro/coro.h>
#include <stdint.h>
#include <stdio.h>

enum how { GOOD, BAD, WORSE };
struct fault {
  int line;
  const char *where;
};
struct wide {
  _Alignas(64) unsigned char bytes[192];
};
union either {
  int number;
  double real;
};
struct nothing {};
typedef int function(int);
static int twice(int n) { return n * 2; }

raises(signed char) void small(int n) { coro_raise(n); }
raises(enum how) void named(void) { coro_raise(WORSE); }
raises(double) void real(float f) { coro_raise(f); }
raises(float) void single(int n) { coro_raise(n); }
raises(const char *) void text(char *s) { coro_raise(s); }
raises(void *) void null(void) { coro_raise(0); }
raises(function *) void code(void) { coro_raise(twice); }
raises(struct fault) __attribute__((noinline)) void fails(int n) {
  coro_raise((struct fault){n, __func__ + 5 - 5 ? "parse" : ""});
}
raises(struct wide) __attribute__((noinline)) void wide(int n) {
  struct wide w = {{0}};
  w.bytes[1] = 1;
  w.bytes[191] = (unsigned char)n;
  coro_raise(w);
}
raises(struct wide) __attribute__((noinline)) void through(char c, int n) {
  volatile char odd[3] = {c};
  wide(n + odd[0]);
}
raises(union either) void both(int n) {
  coro_raise((union either){.number = n});
}
raises(_BitInt(9)) void bits(int n) { coro_raise(n); }
raises(const int) void constant(int n) { coro_raise(n); }
raises(struct nothing) void empty(void) { coro_raise((struct nothing){}); }

raises(double) static double other(int n) {
  coro_try { fails(n); }
  coro_catch(struct fault, f) { coro_raise(f.line); }
  return 1;
}

int main(void) {
  coro_try { small(-3); }
  coro_catch(signed char, c) { printf("char %d", c); }
  enum how how;
  coro_catching(&how, named());
  double d;
  coro_catching(&d, real(2.5f));
  float f;
  coro_catching(&f, single(7));
  printf(" enum %d double %.2f float %g\n", how, d, (double)f);
  const char *s;
  coro_catching(&s, text("text"));
  int reached = 0;
  coro_try { null(); }
  coro_catch(void *, p) { reached = !p; }
  function *p;
  coro_catching(&p, code());
  printf("pointer %s null %d function %d\n", s, reached, p(6));
  coro_try { fails(30); }
  coro_catch(struct fault, e) { printf("fault %d %s\n", e.line, e.where); }
  volatile char before = 0;
  coro_try { through(0, 63); }
  coro_catch(struct wide, w) {
    before++;
    printf("wide %d %d %d %d\n", w.bytes[0], w.bytes[1], w.bytes[191],
           (int)((uintptr_t)&w % 64));
  }
  union either u;
  coro_catching(&u, both(5));
  _BitInt(9) b;
  coro_catching(&b, bits(9));
  coro_try { constant(4); }
  coro_catch(const int, e) {
    printf("union %d bits %d const %d\n", u.number, (int)b, e);
  }
  coro_try { empty(); }
  coro_catch(struct nothing, e) { printf("empty caught\n"); }
  coro_try { other(12); }
  coro_catch(double, e) { printf("other %g of 3\n", e); }
  return 0;
}
