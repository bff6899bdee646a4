// RUN: %oracle %s
// A variable whose address was taken before the first suspension is where it
// was after it: for the function, for a callee that waits and for an ordinary
// one that kept the pointer.
#include <coro/coro.h>
#include <stdio.h>

static int *kept;
static int *kept_element;

static void keep(int *p) { kept = p; }

static yields void bump_later(int *p, int times) {
  while (times--) {
    coro_yield_now();
    ++*p;
  }
}

static yields int through_pointers(int n) {
  int x = n;
  int array[8] = {n};
  struct {
    char pad;
    int member;
  } s = {'p', n};
  int *px = &x, *pm = &s.member;
  keep(&x);
  kept_element = &array[n % 8];
  coro_yield_now();
  *kept += 1;
  *kept_element += 10;
  *pm += 100;
  bump_later(px, 3);
  bump_later(&array[2], 2);
  coro_yield_now();
  int moved = px != &x || kept != &x || pm != &s.member;
  int sum = 0;
  for (int i = 0; i < 8; i++)
    sum += array[i] * (i + 1);
  printf("%d %d %d moved %d\n", x, s.member, sum, moved);
  return x + s.member + sum;
}

// Sibling scopes may share bytes, but not while a pointer into one is in use.
static yields int scopes(int n) {
  int total = 0;
  int *last = NULL;
  for (int i = 0; i < n; i++) {
    {
      int first[4] = {i, i, i, i};
      last = &first[i % 4];
      coro_yield_now();
      *last += 5;
      total += first[i % 4];
    }
    {
      int second[4] = {-i, -i, -i, -i};
      last = &second[i % 4];
      coro_yield_now();
      *last += 7;
      total = total * 3 + second[i % 4];
    }
  }
  return total;
}

int main(void) {
  int sum = 0;
  for (int n = 0; n < 10; n++)
    sum += coro_block_on(through_pointers, n);
  printf("%d %d\n", sum, coro_block_on(scopes, 9));
}
