// RUN: %coro %cflags -O0 %s -o %t %rt
// RUN: %t | %filecheck %s
// RUN: %coro %cflags -O2 %s -o %t %rt
// RUN: %t | %filecheck %s
// A generator that calls itself: all values go to the one consumer, and what
// the consumer sends goes to the innermost.
#include <coro/coro.h>
#include <stdio.h>

struct node {
  struct node *left, *right;
  int value;
};

static coro_boxed yields_of(int) void in_order(struct node *n) {
  if (!n)
    return;
  if (!coro_try_box(0, in_order, n->left))
    coro_yield(-1);
  coro_yield(n->value);
  if (!coro_try_box(0, in_order, n->right))
    coro_yield(-1);
}

static coro_boxed yields_of(int) resumes_with(int) int asks(int depth) {
  int answer = 0, below = 0;
  coro_yield_receive(depth, &answer);
  if (depth && coro_try_box(&below, asks, depth - 1))
    answer += below;
  return answer;
}

static coro_boxed yields yields_of(char) void waits(int depth) {
  coro_yield_now();
  coro_yield((char)('a' + depth));
  if (depth)
    coro_try_box(0, waits, depth - 1);
}
static yields void print_all(int depth) {
  coro_for(char c, waits, depth) putchar(c);
  putchar('\n');
}

int main(void) {
  struct node n[] = {{0, 0, 1},         {&n[0], &n[2], 2}, {0, 0, 3},
                     {&n[1], &n[5], 4}, {0, 0, 5},         {&n[4], 0, 6}};
  coro_for(int x, in_order, &n[3]) printf("%d ", x);
  putchar('\n');
  // CHECK: 1 2 3 4 5 6

  // Nobody offers memory here, and the generator says so.
  coro_task(in_order) bare;
  coro_context none = CORO_CONTEXT_INIT;
  coro_start(&bare, in_order, &n[3]);
  while (coro_poll(&bare, &none) == CORO_YIELDED)
    printf("%d ", bare.yielded);
  putchar('\n');
  // CHECK-NEXT: -1 4 -1

  coro_task(asks) questions;
  coro_start(&questions, asks, 3);
  int more = coro_next(&questions);
  for (int reply = 10; more; reply *= 10) {
    printf("%d ", questions.yielded);
    more = coro_send(&questions, reply);
  }
  printf("= %d\n", questions.result);
  // CHECK-NEXT: 3 2 1 0 = 11110

  coro_block_on(print_all, 4);
  // CHECK-NEXT: edcba
}
