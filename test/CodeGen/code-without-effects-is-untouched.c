// RUN: %python %S/Inputs/objects.py same %t.dir %s -g -fPIC -fexceptions -fexceptions+-g -g3+-gdwarf-4 -fno-plt -ffunction-sections+-fdata-sections -fstack-protector-strong -fsanitize=undefined -- %coro
// A file that uses no effects compiles to the same bytes with the plugin.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

struct pair {
  long a, b;
};
struct big {
  char bytes[72];
};

_Thread_local int per_thread;
volatile int device;
static jmp_buf buffer;

static void cleaned(int *p) { device = *p; }

int cleanup(int n) {
  int kept __attribute__((cleanup(cleaned))) = n;
  if (n > 3)
    return setjmp(buffer);
  return kept + per_thread;
}

__attribute__((annotate("someone else's"))) int annotated(int n) {
  int local __attribute__((annotate("a local"))) = n;
  return local;
}

int variable(int n, ...) {
  va_list a;
  va_start(a, n);
  int sum = 0;
  while (n--)
    sum += va_arg(a, int);
  va_end(a);
  return sum;
}

struct big by_value(struct big b, struct pair p) {
  b.bytes[p.a] = (char)p.b;
  return b;
}

int labels(int n) {
  static const void *const table[] = {&&zero, &&one};
  goto *table[n & 1];
zero:
  return device;
one:
  return 1;
}

long array(int n) {
  int numbers[n];
  for (int i = 0; i < n; i++)
    numbers[i] = i * n;
  return numbers[n - 1] + (long)offsetof(struct pair, b);
}

__attribute__((weak)) int weak(void) { return 1; }
int other_name(void) __attribute__((alias("weak")));
inline int inlined(int n) { return n + 1; }
extern inline int inlined(int n);
__attribute__((constructor)) static void at_start(void) { device = 1; }

int main(void) {
  struct pair p = {1, 2};
  return cleanup(1) + annotated(2) + variable(2, 1, 2) + labels(1) +
         (int)array(3) + by_value((struct big){{0}}, p).bytes[1] + inlined(0);
}
