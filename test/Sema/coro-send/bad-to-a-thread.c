// RUN: %coro -fsyntax-only -Xclang -verify %s
// What belongs to one thread, in a task that goes to another.
#include <coro/coro.h>
#include <pthread.h>
#include <threads.h>

// expected-note@+1 6 {{'arena' is declared here}}
struct coro_local arena {
  char *next;
};
// expected-note@+1 {{'handle' is declared here}}
typedef coro_local int handle;
struct holder {
  struct arena *arena;
};
// expected-note@+1 3 {{'counter' is declared here}}
static _Thread_local int counter;
// expected-note@+1 {{'cache' is declared here}}
static _Thread_local char cache[16];
// expected-note@+1 {{'shared' is declared here}}
static coro_local int shared;

void use(void *);
void *run(void *task);
int run_task(void *task);
void spawn(coro_any_task task CORO_SENDS);
void post(int n, __attribute__((coro_sends)) void *task);

// expected-note@+1 {{'takes' holds it in its argument 'arena'}}
static yields void takes(struct arena *arena) {
  coro_suspend();
  use(arena);
}
void argument(pthread_t *thread, struct arena *arena) {
  static coro_task(takes) task;
  // expected-note@+1 {{'takes' is started with it here}}
  coro_start(&task, takes, arena);
  // expected-warning@+1 {{the task of 'takes' goes to another thread and holds what may not: 'arena' is coro_local [coro-send]}}
  pthread_create(thread, NULL, run, &task);
}
void started_elsewhere(coro_task(takes) *task) {
  // expected-warning@+1 {{the task of 'takes' goes to another thread}}
  spawn(coro_erase(task));
}

static yields void keeps(int n) {
  struct arena arena = {NULL};
  struct holder holder = {&arena};
  // expected-note@+2 2 {{'keeps' holds it in 'arena' across this suspension}}
  // expected-note@+1 2 {{'keeps' holds it in 'holder' across this suspension}}
  coro_suspend();
  use(&arena);
  use(holder.arena);
  coro_suspend();
  use(&holder);
}
static yields void outer(void) { keeps(3); }
void local(thrd_t *thread) {
  static coro_task(keeps) task;
  coro_start(&task, keeps, 1);
  // expected-warning@+1 2 {{the task of 'keeps' goes to another thread}}
  thrd_create(thread, run_task, &task);
}

// expected-note@+1 {{'number' holds it in its argument 'h'}}
static yields void number(handle h) {
  coro_suspend();
  use(&h);
}
void typedefs(coro_task(number) *task) {
  // expected-warning@+1 {{the task of 'number' goes to another thread and holds what may not: 'handle' is coro_local}}
  post(1, task);
}

static yields void any(void *p) {
  coro_suspend();
  use(p);
}
struct job {
  int id;
  coro_task(any) task;
};
void address(struct job *job) {
  // expected-note@+1 {{'any' is started with it here}}
  coro_start(&job->task, any, &counter);
  // expected-warning@+1 {{the task of 'any' goes to another thread and holds the address of 'counter', of which each thread has its own [coro-send]}}
  post(1, job);
  static coro_task(any) tasks[3];
  for (int i = 0; i < 3; i++) {
    // expected-note@+1 {{'any' is started with it here}}
    coro_start(&tasks[i], any, i ? cache + i : cache);
    // expected-warning@+1 {{the task of 'any' goes to another thread and holds the address of 'cache'}}
    spawn(coro_erase(&tasks[i]));
  }
  static coro_task(any) other;
  // expected-note@+1 {{'any' is started with it here}}
  coro_start(&other, any, &shared);
  coro_any_task erased = coro_erase(&other);
  // expected-warning@+1 {{the task of 'any' goes to another thread and holds what may not: 'shared' is coro_local}}
  spawn(erased);
}

static yields void pointer(void) {
  int *p = &counter;
  // expected-note@+1 {{'pointer' holds it in 'p' across this suspension}}
  coro_suspend();
  ++*p;
}
void pointers(void) {
  static coro_task(pointer) task;
  coro_start(&task, pointer);
  // expected-warning@+1 {{the task of 'pointer' goes to another thread and holds the address of 'counter'}}
  spawn(coro_erase(&task));
}
void made(coro_allocator *allocator) {
  // expected-note@+1 {{'any' is started with it here}}
  coro_any_task task = coro_new(allocator, any, &counter);
  // expected-warning@+1 {{the task of 'any' goes to another thread and holds the address of 'counter'}}
  spawn(task);
}
void through_a_callee(coro_task(outer) *task) {
  // expected-warning@+1 2 {{the task of 'outer' goes to another thread}}
  spawn(coro_erase(task));
}
