// RUN: %oracle %s
// Labels as values: tables of them, one kept over a suspension, differences of
// them, and handlers that wait.
#include <coro/coro.h>
#include <stdio.h>

static yields int wait(int n) {
  coro_yield_now();
  return n;
}

enum { PUSH, ADD, MUL, JUMP_IF_LESS, SWAP, PRINT, STOP };

static yields int interpret(const int *code) {
  static const void *const handlers[] = {&&push, &&add,   &&mul, &&jump,
                                         &&swap, &&print, &&stop};
  int stack[8] = {0}, *top = stack;
  const int *at = code;
#define NEXT goto *handlers[*at++]
  NEXT;
push:
  *++top = wait(*at++);
  NEXT;
add:
  coro_yield_now();
  top[-1] += top[0];
  top--;
  NEXT;
mul:
  top[-1] *= wait(top[0]);
  top--;
  NEXT;
jump:
  if (*top < *at)
    at = code + at[1];
  else
    at += 2;
  coro_yield_now();
  NEXT;
swap: {
  int old = top[0];
  top[0] = top[-1];
  coro_yield_now();
  top[-1] = old;
}
  NEXT;
print:
  printf("%d\n", *top);
  NEXT;
stop:
  return *top;
}

static yields int keeps_a_label(int n) {
  void *where = n & 1 ? &&odd : &&even;
  void *next = &&out;
  int sum = n;
  coro_yield_now();
  goto *where;
even:
  sum += 10;
  where = &&odd;
  coro_yield_now();
  if (sum > 30)
    goto *next;
  goto *where;
odd:
  sum += 7;
  next = n & 2 ? &&out : &&twice;
  where = &&even;
  coro_yield_now();
  goto *(sum & 4 ? where : next);
twice:
  sum *= 2;
  coro_yield_now();
out:
  return sum + (where == &&even) + (next != &&out);
}

static yields int differences(int n) {
  static const int table[] = {&&a - &&a, &&b - &&a, &&c - &&a, &&d - &&a};
  int sum = 0;
again:
  goto *(&&a + table[n & 3]);
a:
  sum += wait(1);
b:
  sum += wait(2);
c:
  coro_yield_now();
  sum *= 3;
d:
  if ((n -= 3) > 0)
    goto again;
  return sum;
}

// Labels before any suspension only, and after the last one only.
static yields int at_the_ends(int n) {
  void *early[] = {&&e0, &&e1, &&e2};
  int x = 0;
  goto *early[n % 3];
e0:
  x += 1;
e1:
  x += 10;
e2:
  x += 100;
  coro_yield_now();
  void *late[] = {&&l0, &&l1};
  goto *late[x & 1];
l0:
  x += 1000;
l1:
  return x;
}

int main(void) {
  static const int program[] = {
      PUSH, 1,   PUSH,         3,   SWAP, PUSH, 2,     MUL, PRINT, PUSH,
      1,    ADD, JUMP_IF_LESS, 500, 5,    ADD,  PRINT, STOP};
  printf("%d\n", coro_block_on(interpret, program));
  for (int n = 0; n < 12; n++)
    printf("%d %d %d\n", coro_block_on(keeps_a_label, n),
           coro_block_on(differences, n), coro_block_on(at_the_ends, n));
}
