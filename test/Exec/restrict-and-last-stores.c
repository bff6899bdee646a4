// RUN: %oracle %s
// Pointers that the caller promises not to alias, to variables of the frame;
// stores just before a suspension that only a pointer will read.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static yields int add(int *restrict a, const int *restrict b, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    a[i] += b[i];
    coro_yield_now();
    sum += a[i] - b[i];
  }
  return sum;
}
static yields void swap(int *restrict a, int *restrict b) {
  int t = *a;
  *a = *b;
  coro_yield_now();
  *b = t;
}
struct node {
  struct node *next;
  int v[6];
};
static yields void copy(struct node *restrict to,
                        const struct node *restrict from) {
  *to = *from;
  coro_yield_now();
  to->v[0] += from->v[1];
}

static yields int locals(int n) {
  int a[4] = {n, 1, 2, 3}, b[4] = {5, n, 7, 8};
  int *restrict own = a;
  int sum = add(a, b, 4) + add(b, a, 3);
  swap(&a[0], &b[1]);
  coro_yield_now();
  own[1]++;
  coro_yield_now();
  swap(&own[2], &own[3]);
  struct node first = {NULL, {n}}, second;
  copy(&second, &first);
  second.next = &first;
  copy(&first, &second);
  first.next->v[2] = 9;
  coro_yield_now();
  return sum + own[0] * 3 + own[1] * 5 + own[2] * 7 + own[3] + b[1] +
         second.v[0] + first.v[2];
}

static int *window;
static char *text;
static int look(void) { return window ? *window : -1; }

static yields int last_stores(int n) {
  int x = 1;
  char buffer[16] = "first";
  window = &x;
  text = buffer;
  coro_yield_now();
  int seen = look();
  x = 2;
  strcpy(buffer, "second");
  coro_yield_now();
  seen = seen * 10 + look();
  x = 3;
  buffer[0] = 'S';
  coro_yield_now();
  seen = seen * 10 + *window;
  window = NULL;
  x = n;
  coro_yield_now();
  seen += text[0] + look();
  for (int i = 0; i < 3; i++) {
    int turn = i;
    window = &turn;
    coro_yield_now();
    seen = seen * 3 + look();
    turn = 50;
    coro_yield_now();
    seen += look();
    window = NULL;
  }
  return seen + x;
}

// The loop does not change x itself.
static yields int invariant(int n) {
  int x = 0, y[4] = {0}, sum = 0;
  window = &x;
  for (int i = 0; i < n; i++) {
    sum += x + y[i & 3];
    int *p = &y[(i + 1) & 3];
    ++*window;
    coro_yield_now();
    *p += i;
    sum += x;
  }
  window = NULL;
  return sum;
}

int main(void) {
  for (int n = 0; n < 6; n++)
    printf("%d %d %d\n", coro_block_on(locals, n),
           coro_block_on(last_stores, n), coro_block_on(invariant, n));
}
