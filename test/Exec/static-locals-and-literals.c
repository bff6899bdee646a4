// RUN: %oracle %s
// There is one of each, however many copies of the code there are.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static const char *texts[2];
static int *statics[2];
static const char *names[2];

static yields int counter(int n) {
  static int calls = 10;
  static const int table[] = {3, 1, 4, 1, 5};
  static struct {
    int *self;
    const char *name;
  } linked = {&calls, "linked"};
  const char *text = "literal";
  texts[0] = text;
  statics[0] = &calls;
  names[0] = __func__;
  calls++;
  coro_yield_now();
  texts[1] = "literal";
  statics[1] = linked.self;
  names[1] = __func__;
  calls += table[n % 5];
  {
    static int inner;
    inner += calls;
    coro_yield_now();
    static int *own = &inner;
    ++*own;
    n += inner;
  }
  const int *constant = (const int[]){7, 8, 9};
  coro_yield_now();
  return calls * 100 + n + constant[n % 3] + (text == texts[0]) +
         (statics[0] == statics[1]) + (names[0] == names[1]) +
         (int)strlen(linked.name);
}

// The same function flattened into two callers.
static yields int first(int n) { return counter(n) + 1; }
static yields int second(int n) { return counter(n) * counter(n + 1); }

static inline yields int by_name(int n) {
  static int seen;
  coro_yield_now();
  return ++seen + n + (int)strlen(__PRETTY_FUNCTION__) * 0 +
         (int)strlen(__func__);
}

int main(void) {
  for (int n = 0; n < 4; n++)
    printf("%d %d %d\n", coro_block_on(first, n), coro_block_on(second, n),
           coro_block_on(by_name, n));
}
