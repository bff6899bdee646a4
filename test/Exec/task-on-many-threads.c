// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O3 -Wall -Werror %s %rt -o %t3 && %t3 | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-poison-dead %s %rt -o %tp && %tp | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-no-fuse %s %rt -o %tn && %tn | %filecheck %s
// Each poll is made by another thread and brings another context. What belongs
// to the thread is looked up again after each suspension; what the program took
// stays as taken.
#include <coro/coro.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 3 };

struct pair {
  int a, b;
};
struct big {
  long v[9];
};
static _Thread_local int mine;
static _Thread_local struct pair pair;
static _Thread_local struct big big;
static _Thread_local int array[4];
static _Thread_local struct {
  unsigned low : 5, high : 11;
} fields;
_Thread_local long exported;
static _Thread_local int *pointer;
static _Thread_local int number; // of the thread

static int failures;
#define CHECK(what)                                                            \
  do {                                                                         \
    if (!(what)) {                                                             \
      printf("line %d: %s\n", __LINE__, #what);                                \
      failures++;                                                              \
    }                                                                          \
  } while (0)

static yields int wait(int n) {
  coro_suspend();
  return n;
}
static yields struct pair wait_pair(int n) {
  coro_suspend();
  return (struct pair){n, n + 1};
}
static yields struct big wait_big(int n) {
  coro_suspend();
  return (struct big){{n, n + 1, n + 2}};
}

__attribute__((always_inline)) static inline int *address(void) {
  return &mine;
}

static pthread_t threads[THREADS];

// Where n suspensions have been, thread n % THREADS is running.
static yields int accesses(void) {
  int n = 0;
  CHECK(number == 0);
  mine = wait(100);
  n++;
  CHECK(number == n % THREADS && mine == 100);
  mine += wait(7);
  n++;
  CHECK(number == n % THREADS && mine == 7);
  pair = wait_pair(5);
  n++;
  CHECK(number == n % THREADS && pair.a == 5 && pair.b == 6);
  big = wait_big(9);
  n++;
  CHECK(number == n % THREADS && big.v[0] == 9 && big.v[2] == 11);
  array[wait(2)] = 8;
  n++;
  CHECK(number == n % THREADS && array[2] == 8);
  array[1] = 3;
  array[wait(1)] = array[1] + wait(4);
  n += 2;
  CHECK(number == n % THREADS && (array[1] == 4 || array[1] == 7));
  fields.high = (unsigned)wait(77);
  n++;
  CHECK(number == n % THREADS && fields.high == 77);
  exported = wait(3);
  n++;
  CHECK(number == n % THREADS && exported == 3);
  pointer = (wait(3), &array[3]);
  n++;
  CHECK(pointer == &array[3]);
  pair.b += wait_pair(1).b;
  n++;
  struct pair copy = pair;
  CHECK(number == n % THREADS && copy.b == pair.b);
  *address() = wait(55);
  n++;
  (*address())++;
  return n;
}

static yields int loops(void) {
  int sums[THREADS] = {0};
  for (int i = 0; i < 4 * THREADS; i++) {
    int *taken = &mine;
    int before = number;
    mine = 0;
    mine++;
    CHECK(taken == &mine);
    coro_suspend();
    CHECK(taken != &mine);
    CHECK(number == (before + 1) % THREADS);
    mine = 10;
    *taken += 5;
    CHECK(mine == 10);
    sums[number]++;
    for (int j = 0; j < 4; j++)
      array[j] = i * j;
    int *element = &array[i & 3];
    int old = *element;
    if (i % 4 == 1)
      coro_suspend();
    CHECK(*element == old);
  }
  return sums[0] * 100 + sums[1] * 10 + sums[2];
}

static yields int who(void) {
  int moved = 0;
  for (int i = 0; i < 6; i++) {
    pthread_t before = pthread_self();
    errno = 1000 + number;
    int *where = &errno;
    coro_suspend();
    pthread_t after = pthread_self();
    moved += !pthread_equal(before, after);
    CHECK(pthread_equal(before, threads[(number + THREADS - 1) % THREADS]));
    CHECK(where != &errno);
    CHECK(*where == 1000 + (number + THREADS - 1) % THREADS);
    // Taken before, used on one path behind.
    pthread_t once = pthread_self();
    int at = number;
    coro_suspend();
    if (i & 1)
      CHECK(pthread_equal(once, threads[at]));
    // Both in one expression.
    moved += pthread_equal(pthread_self(), (wait(0), pthread_self())) != 0;
  }
  return moved;
}

static coro_context contexts[64];
static int polls;

static yields int self(void) {
  for (int i = 0; i < 6; i++) {
    coro_context *taken = coro_self();
    CHECK(taken == &contexts[polls]);
    coro_suspend();
    CHECK(coro_self() == &contexts[polls] && coro_self() != taken);
    CHECK(coro_self()->waker.data == &contexts[polls]);
    CHECK(taken == &contexts[polls - 1]);
  }
  return wait(polls) + (coro_self() == &contexts[polls]);
}

static coro_any_task current;
static coro_status status;

static void *turn(void *at) {
  number = (int)(long)at;
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
  static int whose;
  pthread_mutex_lock(&lock);
  while (current.frame) {
    if (whose != number) {
      pthread_cond_wait(&moved, &lock);
      continue;
    }
    coro_context *cx = &contexts[polls];
    *cx = (coro_context)CORO_CONTEXT_INIT;
    cx->waker.data = cx;
    status = coro_poll_any(current, cx);
    polls++;
    if (status == CORO_DONE)
      current.frame = NULL;
    whose = status == CORO_DONE ? 0 : (whose + 1) % THREADS;
    pthread_cond_broadcast(&moved);
  }
  pthread_mutex_unlock(&lock);
  return NULL;
}

static void run(coro_any_task task) {
  current = task;
  polls = 0;
  for (long i = 0; i < THREADS; i++)
    pthread_create(&threads[i], NULL, turn, (void *)i);
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
}

#define RUN(f)                                                                 \
  do {                                                                         \
    static coro_task(f) task;                                                  \
    coro_start(&task, f);                                                      \
    run(coro_erase(&task));                                                    \
    printf("%s %d\n", #f, task.result);                                        \
  } while (0)

int main(void) {
  // CHECK: accesses 12
  RUN(accesses);
  // CHECK-NEXT: loops 444
  RUN(loops);
  // CHECK-NEXT: who 6
  RUN(who);
  // CHECK-NEXT: self 7
  RUN(self);
  // CHECK-NEXT: 0 failures
  printf("%d failures\n", failures);
}
