// RUN: %oracle %s
// A suspension in the controlling expression, the body and the steps of each
// kind of statement.
#include <coro/coro.h>
#include <stdio.h>

static int steps;

static yields int step(int n) {
  steps++;
  coro_yield_now();
  return n;
}

static yields int conditions(int n) {
  int sum = 0;
  if (step(n & 1))
    sum += step(1);
  else if (step(n & 2))
    sum += step(2);
  else
    sum += step(3);
  for (int i = step(0); step(i) < step(n); i += step(1), sum++)
    if (step(i) == 3)
      continue;
    else if (step(i) == 6)
      break;
    else
      sum += step(10);
  int left = n;
  while (step(left) > 0) {
    left -= step(2);
    if (step(left) == 1)
      goto out;
    sum += step(100);
  }
out:
  do {
    sum += step(1000);
    if (step(sum) & 1)
      continue;
    sum++;
  } while (step(left++) < 3);
  return sum;
}

static yields int cases(int n) {
  int sum = 0;
  switch (step(n)) {
  case 0:
    sum += step(1);
    /* fallthrough */
  case 1:
  case 2:
    sum += step(2);
    break;
  case 3 ... 5: {
    int own = step(n) * 2;
    sum += step(own);
  } break;
  default:
    switch (step(n % 3)) {
    case 0:
      sum -= step(7);
    case 1:
      sum -= step(9);
    }
    sum += step(4);
  case 100:
    sum += step(5);
  }
  return sum;
}

static yields int expressions(int n) {
  int a = (step(1), step(2), step(n));
  int b = step(a) ? step(b = 3) : step(4);
  int c = step(a) ?: step(9);
  int d = step(a) && step(b) && !step(n - 2);
  int e = step(0) || step(n - 1) || step(5);
  int f = ({
    int inner = step(n);
    for (int i = 0; i < step(2); i++)
      inner += step(i);
    inner;
  });
  int g[3] = {step(1), [2] = step(3), [1] = step(2)};
  int h = (int[]){step(4), step(5), step(6)}[step(n) % 3];
  struct {
    int x, y;
  } p = {.y = step(7), .x = step(8)};
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g[step(n) % 3] +
         8 * h + 9 * p.x + 10 * p.y;
}

static yields int nothing_but_statements(int n) {
  ;
  {
  }
  {
    step(n);
  }
  if (step(n)) {
  }
  while (step(--n) > 0)
    ;
  do
    ;
  while (step(n++) < 2);
  for (; step(n--) > 0;)
    ;
  switch (step(n))
    step(1), n++;
  switch (step(n))
  default:
    n += step(1);
  (void)step(2);
  return step(n);
}

// Operands that are not evaluated do not suspend.
static yields int never_evaluated(int n) {
  int before = steps;
  unsigned long size = sizeof(step(n));
  __typeof__(step(n)) same = n;
  int chosen = _Generic(step(n), int: 1, default: 2);
  int constant = __builtin_constant_p(step(n));
  int picked = __builtin_choose_expr(1, same, step(n));
  return (int)size + chosen + constant + picked + (steps - before);
}

static yields void no_result(int n) {
  if (n == 0)
    return;
  if (n == 1)
    return (void)step(1);
  step(n);
}

int main(void) {
  for (int n = 0; n < 9; n++) {
    coro_block_on(no_result, n);
    printf("%d %d %d %d %d %d\n", coro_block_on(conditions, n),
           coro_block_on(cases, n), coro_block_on(expressions, n),
           coro_block_on(nothing_but_statements, n),
           coro_block_on(never_evaluated, n), steps);
  }
  printf("%d\n", coro_block_on(cases, 100));
}
