// A dump goes on into callees whose frames are in boxes, and into what is
// called through a pointer: each with its own function and lines, also where
// functions of two units share a name. Where it cannot, it says why.
// RUN: %coro %cflags -O0 %s %S/Inputs/same-names.c %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O2 %s %S/Inputs/same-names.c %rt -o %t2 && %t2 > %t2.txt
// RUN: %filecheck %s --input-file %t2.txt
// RUN: %coro %cflags -O2 %S/Inputs/same-names.c %s %rt -o %t3 && %t3 > %t3.txt
// RUN: %filecheck %s --input-file %t3.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %S/Inputs/same-names.c %rt_asan -o %t4
// RUN: %t4 > %t4.txt && %filecheck %s --input-file %t4.txt
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

struct node {
  struct node *left, *right;
};

typedef int (*any)(int) yields;
any other_few(void);
yields int other_walk(int depth) coro_frame(96);

static coro_status by_hand(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  return CORO_PENDING;
}

// clang-format off
#line 100 "boxes.c"
static coro_boxed yields int walk(struct node *n) {
  int left = 0, right = 0;
  if (!n->left && !n->right)
    coro_sleep(CORO_FOREVER);
  if (n->left)
    coro_try_box(&left, walk, n->left);
  if (n->right)
    coro_try_box(&right, walk, n->right);
  return left + right + 1;
}
static coro_boxed raises(coro_error) yields int plain(int depth) {
  if (!depth) {
    coro_sleep(CORO_SECOND);
    return 1;
  }
  return plain(depth - 1);
}
raises(coro_error) yields static int outer(int depth) {
  return plain(depth) + 1;
}
#line 200 "pointers.c"
yields static int few(int n) {
  coro_sleep((uint64_t)n * CORO_SECOND);
  return n;
}
typedef int (*fixed)(int) yields coro_frame(200);
yields static int twice(fixed f, int n) {
  return f(n) + f(n);
}
yields static int boxes(any f, int n) {
  int result = 0;
  coro_try_box(&result, f, n);
  return result;
}
static const fixed table[] = {few, other_walk};
__attribute__((noinline)) yields static int chosen(int which, int n) {
  int result = table[which & 1](n);
  return which + result;
}
#line 300 "main.c"
// clang-format on

// CHECK:      1. walk: waiting
// CHECK-COUNT-8: {{^}}    walk at {{.*}}/boxes.c:105{{$}}
// CHECK-NEXT:     walk at {{.*}}/boxes.c:107{{$}}
// CHECK-NEXT:     walk at {{.*}}/boxes.c:103{{$}}
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for ever
// CHECK-NEXT: 2. outer: waiting
// CHECK-NEXT:     outer at {{.*}}/boxes.c:118{{$}}
// CHECK-NEXT:     plain at {{.*}}/boxes.c:115{{$}}
// CHECK-NEXT:     plain at {{.*}}/boxes.c:115{{$}}
// CHECK-NEXT:     plain at {{.*}}/boxes.c:112{{$}}
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for a timer, 1.000 s left
// CHECK-NEXT: 3. twice: waiting
// CHECK-NEXT:     twice at {{.*}}/pointers.c:206{{$}}
// CHECK-NEXT:     few at {{.*}}/pointers.c:201{{$}}
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for a timer, 2.000 s left
// CHECK-NEXT: 4. boxes: waiting
// CHECK-NEXT:     boxes at {{.*}}/pointers.c:210{{$}}
// CHECK-NEXT:     few at {{.*}}/same-names.c:909{{$}}
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for a timer, 3.000 s left
// CHECK-NEXT: 5. other_walk: waiting
// CHECK-NEXT:     other_walk at {{.*}}/same-names.c:915
// CHECK-NEXT:     walk at {{.*}}/same-names.c:905
// CHECK-NEXT:     walk at {{.*}}/same-names.c:903
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for ever
// CHECK-NEXT: 6. twice: waiting
// CHECK-NEXT:     twice at {{.*}}/pointers.c:206{{$}}
// CHECK-NEXT:     by_hand, of which there is no record
// CHECK-NEXT: 7. chosen: waiting
// CHECK-NEXT:     chosen at {{.*}}/pointers.c:215{{(, waits for a call through a pointer that it does not keep)?$}}

static coro_status start_by_hand(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  return CORO_PENDING;
}
static coro_descriptor hand = BY_HAND(int, by_hand);

static uint64_t fixed_time(const coro_timers *timers) {
  (void)timers;
  return 10 * CORO_SECOND;
}

static coro_loop loop;

#define ADD(number, f, ...)                                                    \
  coro_job job##number;                                                        \
  coro_loop_add(&loop, &job##number,                                           \
                coro_new(&coro_allocator_default, f, __VA_ARGS__), NULL)

int main(void) {
  struct node nodes[10] = {0};
  for (int i = 0; i < 8; i++)
    nodes[i].left = &nodes[i + 1];
  nodes[8].right = &nodes[9];
  CHECK(!coro_loop_init(&loop));
  coro_timers_init(&loop.executor.timers, fixed_time);
  ADD(1, walk, nodes);
  ADD(2, outer, 2);
  ADD(3, twice, few, 2);
  ADD(4, boxes, other_few(), 3);
  ADD(5, other_walk, 1);
  hand.start = (void (*)(void))start_by_hand;
  ADD(6, twice, (fixed)(void *)&hand, 0);
  ADD(7, chosen, 0, 4);
  while (coro_executor_step(&loop.executor))
    ;
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 7);
  CHECK(coro_executor_shutdown(&loop.executor, CORO_FOREVER) == 0);
  coro_job *jobs[] = {&job1, &job2, &job3, &job4, &job5, &job6, &job7};
  for (size_t i = 0; i < sizeof(jobs) / sizeof(*jobs); i++)
    coro_free(jobs[i]->task);
  coro_loop_fini(&loop);
  return 0;
}
