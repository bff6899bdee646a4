// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-poison-dead %s %rt -o %tp && %tp | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-no-fuse %s %rt -o %tn && %tn | %filecheck %s
// Tasks in globals, members, arrays, unions and allocated memory, and in
// variables of a coroutine, which starts and polls them itself.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arguments {
  long a[5];
};

static yields long sum(char c, struct arguments s, const long *p, int n) {
  long r = c;
  for (int i = 0; i < n; i++) {
    coro_suspend();
    r = r * 3 + s.a[i % 5] + *p;
    s.a[i % 5]++;
  }
  return r;
}
static yields int small(int n) {
  coro_suspend();
  return n + 1;
}

static coro_context cx = CORO_CONTEXT_INIT;
static const long ten = 10;

static coro_task(sum) global;
static coro_task(small) zeroed[3];
struct holder {
  char before;
  coro_task(sum) task;
  char after;
};
union either {
  coro_task(sum) one;
  coro_task(small) two;
  char bytes[500];
};
_Static_assert(sizeof(struct holder) > sizeof(coro_task(sum)), "");
_Static_assert(_Alignof(struct holder) == _Alignof(coro_task(sum)), "");
_Static_assert(sizeof(coro_task(small)[3]) == 3 * sizeof(coro_task(small)), "");

static long run(coro_any_task t) {
  while (coro_poll_any(t, &cx) == CORO_PENDING)
    ;
  return *(long *)coro_result_any(t);
}

static int evaluations;
static coro_task(sum) *counted(coro_task(sum) *t) {
  evaluations++;
  return t;
}

// Two tasks of its own, in turn with its own suspensions.
static yields long parent(int n) {
  struct holder h;
  coro_task(small) list[2];
  struct arguments args = {{n, 1, 2, 3, 4}};
  memset(&h, 0x44, sizeof h);
  coro_start(&h.task, sum, 'p', args, &args.a[1], n);
  coro_start(&list[0], small, n);
  coro_start(&list[1], small, n * 2);
  long r = 0;
  coro_status a = CORO_PENDING, b = CORO_PENDING, c = CORO_PENDING;
  while (a == CORO_PENDING || b == CORO_PENDING || c == CORO_PENDING) {
    a = coro_poll(&h.task, coro_self());
    coro_suspend();
    b = coro_poll(&list[r & 1], coro_self());
    args.a[1]++;
    c = coro_poll(&list[!(r & 1)], coro_self());
    if (b == CORO_PENDING)
      coro_suspend();
    r += 3;
  }
  return r * 100000 + h.task.result * 100 + list[0].result * 10 +
         list[1].result + (h.before == 0x44) + (h.after == 0x44);
}

// Runs another one to its end within one poll.
static int ordinary(int n) { return coro_block_on(small, n); }
static yields int now(int n) {
  coro_yield_now();
  return n;
}
static int blocking(int n) { return coro_block_on(now, n); }
static yields int mixed(int n) {
  int r;
  coro_allow("coro-blocking-call") r = blocking(n);
  coro_yield_now();
  coro_allow("coro-blocking-call") r += blocking(r) + now(r);
  return r;
}

int main(void) {
  struct arguments args = {{1, 2, 3, 4, 5}};
  (void)ordinary;
  coro_start(&global, sum, 'g', args, &ten, 3);
  // CHECK: global 2929
  printf("global %ld\n", run(coro_erase(&global)));

  struct holder *h = malloc(sizeof *h);
  h->before = h->after = 'h';
  coro_start(counted(&h->task), sum, 'g', args, &ten, 3);
  coro_status s;
  while ((s = coro_poll(counted(&h->task), &cx)) == CORO_PENDING)
    ;
  // CHECK-NEXT: held 2929 0 5 h h
  printf("held %ld %d %d %c %c\n", h->task.result, s, evaluations, h->before,
         h->after);
  free(h);

  union either u;
  for (int i = 0; i < 2; i++) {
    coro_start(&u.two, small, 41);
    while (coro_poll(&u.two, &cx) == CORO_PENDING)
      ;
    int two = u.two.result;
    coro_start(&u.one, sum, 'u', args, &ten, two % 5);
    // CHECK-NEXT: union 42 1098
    // CHECK-NEXT: union 42 1098
    printf("union %d %ld\n", two, run(coro_erase(&u.one)));
  }
  coro_task(small)(*rows)[3] = &zeroed;
  for (int i = 0; i < 3; i++)
    coro_start(&(*rows)[i], small, i * 10);
  int total = 0;
  for (int turn = 0; turn < 2; turn++)
    for (int i = 2; i >= 0; i--)
      if (coro_poll(*rows + i, &cx) == CORO_DONE)
        total = total * 100 + zeroed[i].result;
  // CHECK-NEXT: rows 211101
  printf("rows %d\n", total);

  coro_task(parent) p;
  coro_start(&p, parent, 4);
  int polls = 1;
  while (coro_poll(&p, &cx) == CORO_PENDING)
    polls++;
  // CHECK-NEXT: parent 7 2429661
  printf("parent %d %ld\n", polls, p.result);
  // CHECK-NEXT: mixed 15
  printf("mixed %d\n", coro_block_on(mixed, 5));
}
