// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1
// RUN: %coro -O2 %s %rt -o %t2 && %t2
// RUN: %coro -O2 -g -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4
// RUN: %coro -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5
// An address inside of a variable or a global is the same after a suspension,
// from the start to behind the end, whichever way it was come by.
#include <coro/coro.h>
#include <string.h>

#define WALK_AS(kind, name, size, pause)                                       \
  static kind long name(void) {                                                \
    char bytes[size];                                                          \
    memset(bytes, 1, sizeof bytes);                                            \
    long sum = 0, step = size / 3 + 1;                                         \
    char *end = bytes + size;                                                  \
    for (char *p = bytes; p < end; p += end - p < step ? end - p : step) {     \
      *p += 2;                                                                 \
      pause;                                                                   \
      sum = sum * 5 + *p;                                                      \
    }                                                                          \
    for (char *p = end; p != bytes;) {                                         \
      p = p - bytes > step ? p - step : bytes;                                 \
      pause;                                                                   \
      sum = sum * 5 + *p + (end - p);                                          \
    }                                                                          \
    return sum;                                                                \
  }
#define WALK(size)                                                             \
  WALK_AS(yields, walk##size, size, coro_suspend())                            \
  WALK_AS(, plain##size, size, )
WALK(1)
WALK(126)
WALK(127)
WALK(128)
WALK(129)
WALK(32766)
WALK(32767)
WALK(32768)
WALK(40000)

static long count(const char *text) {
  long n = 0;
  for (; *text; text++)
    n = n * 3 + *text;
  return n;
}

static yields long text(void) {
  const char *p = "one two three";
  long sum = 0;
  while (*p) {
    coro_suspend();
    sum = sum * 3 + *p++;
  }
  return sum - count("one two three");
}

static yields long either(int which) {
  char a[20] = "aaaaaaaaaaaaaaa", b[300] = "bbbbbbbbbbbbbbb", *p = NULL;
  if (which == 1)
    p = a + 3;
  else if (which == 2)
    p = b + 3;
  coro_suspend();
  if (p)
    *p = 'x';
  char *q = which & 1 ? a : b;
  coro_suspend();
  q[4] = 'y';
  coro_suspend();
  return p ? p[0] * 1000 + q[4] : q[3];
}

struct node {
  struct node *next;
  int n;
};
static yields long linked(void) {
  struct node nodes[5];
  for (int i = 0; i < 5; i++)
    nodes[i] = (struct node){i < 4 ? &nodes[i + 1] : NULL, i};
  long sum = 0;
  for (struct node *at = nodes; at; at = at->next) {
    coro_suspend();
    sum = sum * 10 + at->n;
  }
  return sum;
}

struct text {
  int length;
  char bytes[];
};
static struct text flexible = {4, {'a', 'b', 'c', 'd'}};
static yields long behind(void) {
  char *p = flexible.bytes;
  long sum = 0;
  for (int i = 0; i < flexible.length; i++) {
    coro_suspend();
    sum += *p++;
  }
  return sum;
}

#define RUN(f, expected, ...)                                                  \
  do {                                                                         \
    coro_task(f) t;                                                            \
    coro_context cx = CORO_CONTEXT_INIT;                                       \
    coro_start(&t, f __VA_OPT__(, ) __VA_ARGS__);                              \
    while (coro_poll(&t, &cx) == CORO_PENDING)                                 \
      ;                                                                        \
    if (t.result != (expected))                                                \
      return __LINE__;                                                         \
  } while (0)

int main(void) {
  RUN(walk1, plain1());
  RUN(walk126, plain126());
  RUN(walk127, plain127());
  RUN(walk128, plain128());
  RUN(walk129, plain129());
  RUN(walk32766, plain32766());
  RUN(walk32767, plain32767());
  RUN(walk32768, plain32768());
  RUN(walk40000, plain40000());
  RUN(text, 0);
  RUN(either, 'b', 0);
  RUN(either, 'x' * 1000 + 'y', 1);
  RUN(either, 'x' * 1000 + 'y', 2);
  RUN(linked, 1234);
  RUN(behind, 'a' + 'b' + 'c' + 'd');
}
