// RUN: %coro -fsyntax-only -Wall -Werror %s
// RUN: %coro -fsyntax-only -Wall -Werror -DASYNC=1 %s
// What suspends, or says that it may for the sake of others.
#include <coro/coro.h>
#include <stdio.h>

#ifndef ASYNC
#define ASYNC 0
#endif
#define MAYBE yields

yields int interface(int n) { return n; }

static yields int as_pointer(int n) { return n; }
static yields int in_table(int n) { return n; }
struct ops {
  yields int (*run)(int n) coro_frame(64);
};
const struct ops ops = {in_table};

static yields int started(int n) { return n; }
static yields int blocked_on(int n) { return n; }
static coro_task(started) task;
int plain(void) {
  coro_start(&task, started, 1);
  return coro_block_on(blocked_on, 1);
}

static yields int wait_for(int n) {
  if (n)
    coro_suspend();
  return n;
}
static yields int only_calls(int n) { return wait_for(n); }
static yields void *context(void) { return coro_self(); }
static yields void wait_in_the_end(int *n) { *n = wait_for(*n); }
static yields int cleans_up(int n) {
  __attribute__((cleanup(wait_in_the_end))) int m = n;
  return m;
}
static yields int through(yields int (*f)(int n) coro_frame(64)) {
  return f(1);
}
static yields yields_of(int) int generator(int n) { return n; }
static yields_if(ASYNC) int colour(int n) { return n; }
static MAYBE int macro(int n) { return n; }
coro_allow("coro-unused-effect") static yields int silenced(int n) {
  return n;
}

yields int use(int n) {
  coro_for(int v, generator, n) n += v;
  return only_calls(n) + (context() != 0) + cleans_up(n) +
         through(as_pointer) + colour(n) + macro(n) + silenced(n);
}
