// RUN: %python %S/Inputs/each-level.py %t.dir %s %S/Inputs/other-unit.c -- %coro -- %rt
// sizeof(coro_task(f)), a constant of the front end, is the descriptor's size,
// which the passes wrote; so is the alignment. For functions of many shapes.
#include <coro/coro.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void use(void *);
int get(int);
typedef float vec4 __attribute__((vector_size(16)));
struct pair {
  long a, b;
};
struct odd {
  char bytes[7];
};
struct big {
  char bytes[72];
};
struct bits {
  unsigned a : 3, b : 17;
};

#define LEAF(name, result, ...) yields result name(__VA_ARGS__)
LEAF(nothing, void, void) { coro_suspend(); }
LEAF(never, int, int n) { return n; }
LEAF(one, char, char c) {
  coro_suspend();
  return c;
}
LEAF(mixed, double, char c, double d, short s, float f, long double l) {
  coro_suspend();
  return c + d + s + f + (double)l;
}
LEAF(pairs, struct pair, struct pair p) {
  coro_suspend();
  p.a++;
  return p;
}
LEAF(odds, struct odd, struct odd o) {
  use(&o);
  coro_suspend();
  return o;
}
LEAF(bigs, struct big, struct big b, int n) {
  use(&b);
  coro_suspend();
  b.bytes[n] = 1;
  return b;
}
LEAF(bitfields, struct bits, struct bits b) {
  coro_suspend();
  b.b++;
  return b;
}
LEAF(complex, _Complex double, _Complex double z) {
  coro_suspend();
  return z * z;
}
LEAF(vectors, vec4, vec4 v) {
  coro_suspend();
  return v + v;
}
LEAF(wide, __int128, __int128 i) {
  coro_suspend();
  return i + 1;
}
LEAF(precise, unsigned _BitInt(37), unsigned _BitInt(37) i) {
  coro_suspend();
  return i;
}
LEAF(flag, _Bool, _Bool b) {
  coro_suspend();
  return !b;
}
LEAF(buffers, int, int n) {
  char a[100], b[3];
  use(a);
  coro_suspend();
  use(b);
  coro_suspend();
  return a[n] + b[0];
}
LEAF(scopes, int, int n) {
  {
    char a[40];
    use(a);
    coro_suspend();
    use(a);
  }
  {
    long b[5];
    use(b);
    coro_suspend();
    use(b);
  }
  return n;
}
LEAF(aligned, int, int n) {
  _Alignas(64) char line[10];
  use(line);
  coro_suspend();
  return line[n];
}
LEAF(loop, long, int n) {
  long sum = 0;
  for (int i = 0; i < n; i++) {
    sum += get(i);
    coro_suspend();
  }
  return sum;
}
LEAF(calls, double, int n) {
  return mixed((char)n, n, 1, 2, 3) + loop(n) + one((char)n);
}
LEAF(nested, int, int n) { return never(n) + (int)calls(n) + scopes(n); }
__attribute__((noinline)) LEAF(apart, int, int n) { return nested(n) + 1; }
LEAF(holds, int, int n) {
  int a[10];
  use(a);
  n = apart(n) + buffers(n);
  return a[n] + aligned(n);
}
LEAF(variable, int, int n, ...) {
  va_list a;
  va_start(a, n);
  n += va_arg(a, int);
  va_end(a);
  coro_suspend();
  return n;
}
LEAF(calls_variable, int, int n) { return variable(n, n) + variable(1, 2L); }
LEAF(statics, int, int n) {
  static int count;
  static char text[] = "text";
  count += n;
  coro_suspend();
  return count + text[n] + __func__[n];
}
LEAF(labels, int, int n) {
  static const void *const table[] = {&&zero, &&one};
again:
  goto *table[n & 1];
zero:
  coro_suspend();
  return n;
one:
  n = get(n);
  coro_suspend();
  goto again;
}
static int plain_helper(int n) {
  char work[64];
  memset(work, n, sizeof work);
  return work[get(n)];
}
LEAF(helped, int, int n) {
  n += plain_helper(n);
  coro_suspend();
  return n + plain_helper(n);
}
LEAF(restricted, int, int *restrict p, const int *restrict q) {
  *p = *q;
  coro_suspend();
  return *p + *q;
}
LEAF(promised, int, int n) coro_frame(100);
LEAF(promised, int, int n) {
  coro_suspend();
  return n;
}
LEAF(calls_promised, int, int n) { return promised(n) + promised(n + 1); }
LEAF(pointer, int, yields int (*f)(int) coro_frame(48)) { return f(1); }
LEAF(task_inside, int, int n) {
  coro_task(loop) own;
  coro_start(&own, loop, n);
  coro_suspend();
  return coro_poll(&own, coro_self());
}
#ifndef NO_CLEANUP
static void cleaned(int *p) { use(p); }
LEAF(cleanups, int, int n) {
  int kept __attribute__((cleanup(cleaned))) = n;
  if (get(n))
    return one((char)n);
  coro_suspend();
  return n;
}
#endif
#define EIGHT(x) x x x x x x x x
LEAF(many, int, int n) {
  EIGHT(EIGHT(EIGHT(n += get(n); coro_suspend();)))
  return n;
}

static int wrong(const char *name, size_t size, size_t align,
                 coro_any_task task) {
  if (task.coro->size == size && task.coro->align == align)
    return 0;
  printf("%s: sizeof %zu and alignof %zu, but the frame has %zu and %u\n", name,
         size, align, task.coro->size, task.coro->align);
  return 1;
}
#define CHECK(f)                                                               \
  ({                                                                           \
    static coro_task(f) task;                                                  \
    wrong(#f, sizeof task, _Alignof(coro_task(f)), coro_erase(&task));         \
  })

int main(void) {
  return CHECK(nothing) + CHECK(never) + CHECK(one) + CHECK(mixed) +
         CHECK(pairs) + CHECK(odds) + CHECK(bigs) + CHECK(bitfields) +
         CHECK(complex) + CHECK(vectors) + CHECK(wide) + CHECK(precise) +
         CHECK(flag) + CHECK(buffers) + CHECK(scopes) + CHECK(aligned) +
         CHECK(loop) + CHECK(calls) + CHECK(nested) + CHECK(apart) +
         CHECK(holds) + CHECK(calls_variable) + CHECK(statics) + CHECK(labels) +
         CHECK(helped) + CHECK(restricted) +
         (sizeof(coro_task(promised)) != 112) + CHECK(calls_promised) +
         CHECK(pointer) + CHECK(task_inside) + CHECK(cleanups) + CHECK(many);
}
