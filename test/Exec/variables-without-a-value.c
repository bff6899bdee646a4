// RUN: %oracle %s
// Variables that get their value later, on some paths only, or again in each
// turn; what was not written is not looked at.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

struct big {
  long v[12];
  int used;
};

static yields int later(int n) {
  int x, y, z;
  struct big b;
  b.used = 0;
  if (n & 1)
    x = n * 2;
  coro_yield_now();
  if (n & 2) {
    y = n;
    b.v[3] = n;
    b.used = 1;
  }
  coro_yield_now();
  z = (n & 1 ? x : 5) + (n & 2 ? y : 7);
  coro_yield_now();
  struct big copy = b;
  coro_yield_now();
  return z + (copy.used ? (int)copy.v[3] : 0);
}

static yields int in_turns(int n) {
  int sum = 0, set = 0;
  for (int i = 0; i < n; i++) {
    int own;
    char text[64];
    if (i % 3 == 0) {
      own = i;
      strcpy(text, "again");
      set = 1;
    } else {
      set = 0;
    }
    coro_yield_now();
    if (set)
      sum += own + text[i % 5];
    {
      long scratch[8];
      scratch[i & 7] = sum;
      coro_yield_now();
      sum = (int)scratch[i & 7] + 1;
    }
  }
  return sum;
}

// A flattened callee's variables begin anew with each call.
static yields int fresh(int n) {
  int total;
  unsigned char block[1024];
  for (int i = 0; i < 4; i++) {
    if (i == 0)
      total = n;
    block[(n + i) & 1023] = (unsigned char)(total + i);
    if (n % 100 == 0)
      coro_yield_now();
    total += block[(n + i) & 1023];
  }
  return total;
}
static yields int many_calls(int n) {
  unsigned sum = 0;
  for (int i = 0; i < n; i++)
    sum = sum * 31 + (unsigned)fresh(i);
  return (int)sum;
}

static yields int bypassed(int n) {
  int sum = 0;
  for (int i = 0; i < 3; i++) {
    if (i == n)
      goto inside;
    {
      int first = 3;
      coro_yield_now();
      sum += first;
      int second;
    inside:
      second = 5;
      coro_yield_now();
      sum += second;
    }
  }
  return sum;
}

int main(void) {
  for (int n = 0; n < 6; n++)
    printf("%d %d %d\n", coro_block_on(later, n),
           coro_block_on(in_turns, n * 4), coro_block_on(bypassed, n));
  printf("%d\n", coro_block_on(many_calls, 100000));
}
