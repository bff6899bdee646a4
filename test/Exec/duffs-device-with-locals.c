// RUN: %oracle %s
// Jumps into the middle of loops and past declarations: such variables have no
// scope that the compiler is told of.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int *kept;

static yields void copy(char *to, const char *from, int count) {
  int turns = (count + 7) / 8;
  switch (count % 8) {
  case 0:
    do {
      *to++ = *from++;
      coro_yield_now();
    case 7:
      *to++ = *from++;
    case 6:
      *to++ = *from++;
      coro_yield_now();
    case 5:
      *to++ = *from++;
    case 4:
      *to++ = *from++;
    case 3:
      *to++ = *from++;
      coro_yield_now();
    case 2:
      *to++ = *from++;
    case 1:
      *to++ = *from++;
    } while (--turns > 0);
  }
}

static yields int into_blocks(int n) {
  int sum = 0;
  switch (n % 4) {
    int bypassed;
  case 0: {
    int sibling[4] = {n, n, n, n};
    kept = &sibling[2];
    bypassed = 5;
    coro_yield_now();
    sum += ++*kept + bypassed;
  }
  case 1:
    bypassed = n;
    kept = &bypassed;
    coro_yield_now();
    *kept += 3;
    sum += bypassed;
    if (n > 20)
      break;
    while (n < 100) {
      int inner;
    case 2:
      inner = n * 2;
      kept = &inner;
      coro_yield_now();
      sum += (*kept)++;
      sum += inner;
      n += 50;
    }
  default:
    sum += 1000;
  }
  return sum;
}

static yields int past_declarations(int n) {
  int sum = 0, turns = 0;
  if (n & 1)
    goto inside;
again: {
  int x = 100 + turns;
  kept = &x;
  coro_yield_now();
  sum += x;
  int y;
inside:
  y = n * 3;
  kept = &y;
  coro_yield_now();
  *kept += turns;
  sum += y;
}
  if (++turns < 4)
    goto again;
  return sum;
}

// A scope that ends by not returning.
static yields int ends_in_exit(int n) {
  int sum = n;
  for (int i = 0; i < 3; i++) {
    if (n > 1000) {
      int doomed[16] = {n};
      kept = &doomed[i];
      coro_yield_now();
      printf("gone %d\n", *kept);
      exit(3);
    }
    int live[16] = {i, n};
    kept = &live[1];
    coro_yield_now();
    sum += *kept + live[0];
  }
  return sum;
}

int main(void) {
  char text[64], out[64];
  for (int i = 0; i < 64; i++)
    text[i] = (char)('!' + i);
  for (int n = 1; n < 30; n++) {
    memset(out, '.', sizeof out);
    coro_block_on(copy, out, text, n);
    printf("%.*s\n", 32, out);
  }
  for (int n = 0; n < 12; n++)
    printf("%d %d %d\n", coro_block_on(into_blocks, n),
           coro_block_on(past_declarations, n), coro_block_on(ends_in_exit, n));
  coro_block_on(ends_in_exit, 1001);
}
