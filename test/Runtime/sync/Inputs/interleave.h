/*
 * Runs a few threads through their interleavings, exactly: each is a fiber of
 * one thread, which goes on with another one only at interleave_step, after
 * each atomic operation (steps.h), and where one sleeps. A run is the list of
 * the choices made there; the next run differs in the last choice that has
 * another way to go.
 *
 *   explore(f): while there is a list: f(), which starts threads and runs them
 *
 * A fiber that is not interrupted goes on for nothing; to go on with another
 * one where it could have gone on itself is a preemption, of which a run has
 * MOST_PREEMPTIONS at most. Memory is sequentially consistent.
 *
 * The storage of what is tested is a page of its own, which can be made to go:
 * whoever touches it afterwards ends the test.
 */
#ifndef CORO_TEST_INTERLEAVE_H
#define CORO_TEST_INTERLEAVE_H

#include "../../check.h"

#include <coro/wait.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { FIBERS = 3, STACK = 1 << 16, MOST_CHOICES = 4096 };
#ifndef MOST_PREEMPTIONS
#define MOST_PREEMPTIONS 3
#endif

static struct fiber {
  ucontext_t context;
  void (*run)(void);
  bool is_there, ready;
  const void *sleeps_on;
  char *stack;
} fibers[FIBERS];
static ucontext_t between;
static struct fiber *current;

/* Of this run: which way was taken of how many. */
static struct choice {
  unsigned char taken, ways;
} choices[MOST_CHOICES];
static size_t choice_count, choices_given;
static int preemptions;
static long runs;
static const char *scenario;

/* Counted from 0: the ones that were given, then the first way each time. */
static unsigned choose(unsigned ways) {
  if (ways == 1)
    return 0;
  CHECK(choice_count < MOST_CHOICES);
  struct choice *choice = &choices[choice_count++];
  if (choice_count > choices_given)
    choice->taken = 0;
  choice->ways = (unsigned char)ways;
  return choice->taken;
}

/* Those ready, the current one first. */
static unsigned ready_ones(struct fiber *found[FIBERS]) {
  unsigned count = 0;
  if (current && current->ready)
    found[count++] = current;
  for (struct fiber *each = fibers; each < fibers + FIBERS; each++)
    if (each != current && each->ready)
      found[count++] = each;
  return count;
}

/* Goes on with one that is ready, or, if none is, with explore. */
static void switch_to_next(void) {
  struct fiber *found[FIBERS], *self = current;
  unsigned count = ready_ones(found);
  bool could_go_on = count && found[0] == self;
  if (could_go_on && preemptions == MOST_PREEMPTIONS)
    return;
  unsigned taken = count ? choose(count) : 0;
  preemptions += could_go_on && taken;
  current = count ? found[taken] : NULL;
  if (current == self)
    return;
  swapcontext(self ? &self->context : &between,
              current ? &current->context : &between);
}

void interleave_step(void) {
  if (current)
    switch_to_next();
}

static void sleep_on(const void *what) {
  current->sleeps_on = what;
  current->ready = false;
  switch_to_next();
}

static void wake_those_on(const void *what) {
  for (struct fiber *each = fibers; each < fibers + FIBERS; each++)
    if (each->is_there && !each->ready && each->sleeps_on == what)
      each->ready = true;
  interleave_step();
}

static void run_fiber(void) {
  current->run();
  current->is_there = current->ready = false;
  switch_to_next();
}

static void start(int n, void (*run)(void)) {
  struct fiber *fiber = &fibers[n];
  getcontext(&fiber->context);
  if (!fiber->stack)
    fiber->stack = malloc(STACK);
  CHECK(fiber->stack);
  fiber->context.uc_stack.ss_sp = fiber->stack;
  fiber->context.uc_stack.ss_size = STACK;
  fiber->context.uc_link = NULL;
  makecontext(&fiber->context, run_fiber, 0);
  fiber->run = run;
  fiber->is_there = fiber->ready = true;
}

/* Until all are done: who then still sleeps was forgotten. */
static void run_all(void) {
  switch_to_next();
  for (int i = 0; i < FIBERS; i++)
    CHECK(!fibers[i].is_there);
}

/* The storage. */
static char *page;
static size_t page_size;
static bool page_is_there;

static void give_page(int protection) {
  CHECK(mprotect(page, page_size, protection) == 0);
  page_is_there = protection != PROT_NONE;
}

/* What is in it is over: nobody touches it any more. */
static void end_storage(void) {
  CHECK(page_is_there);
  give_page(PROT_NONE);
}

static void say_where(int number) {
  (void)number;
  fprintf(stderr, "%s: storage that is gone was touched, run %ld\n", scenario,
          runs);
  _exit(1);
}

static void *new_storage(void) {
  if (!page) {
    page_size = (size_t)sysconf(_SC_PAGESIZE);
    page = mmap(NULL, page_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    signal(SIGSEGV, say_where);
    signal(SIGBUS, say_where);
  }
  give_page(PROT_READ | PROT_WRITE);
  return page;
}

/* The next list of choices: true if there is one. */
static bool another_way(void) {
  while (choice_count &&
         choices[choice_count - 1].taken + 1 == choices[choice_count - 1].ways)
    choice_count--;
  if (!choice_count)
    return false;
  choices[choice_count - 1].taken++;
  choices_given = choice_count;
  return true;
}

/* Fails if there is less to try than there was: then it does not try. */
static void explore(const char *name, void (*run)(void), long at_least) {
  scenario = name;
  runs = 0;
  choices_given = 0;
  do {
    choice_count = 0;
    preemptions = 0;
    run();
    runs++;
  } while (another_way());
  if (runs < at_least)
    fprintf(stderr, "%s: %ld runs\n", name, runs);
  CHECK(runs >= at_least);
}

/* What the runtime asks of the platform. */
uint64_t coro_port_now(void);
uint64_t coro_port_now(void) { return 0; }
bool coro_port_parallel(void);
bool coro_port_parallel(void) { return false; }
void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns);
void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns) {
  (void)ns;
  if (*word == expected)
    sleep_on(word);
}
void coro_port_wake(const uint32_t *word);
void coro_port_wake(const uint32_t *word) { wake_those_on(word); }

/* Waits for a future: its waker is the fiber's. */
struct wait {
  bool woken;
};

/* Needs the address alone: the wait may be over. */
static void tell(void *data) { wake_those_on(data); }
static coro_untold wake_untold(void *data) {
  coro_untold untold = {tell, data};
  ((struct wait *)data)->woken = true;
  interleave_step();
  return untold;
}
static void wake(void *data) { coro_tell(wake_untold(data)); }
static const coro_waker_ops waits_waker = {wake, NULL, wake_untold};

static coro_status poll_with(coro_future *future, struct wait *wait) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&waits_waker, wait};
  return future->poll(future, &cx);
}

static void wait_for(coro_future *future) {
  struct wait wait = {false};
  while (poll_with(future, &wait) == CORO_PENDING) {
    if (!wait.woken)
      sleep_on(&wait);
    wait.woken = false;
  }
}

/* Waits if it has to, and then no longer: true if it is done all the same. */
static bool give_up(coro_future *future) {
  struct wait wait = {false};
  if (poll_with(future, &wait) == CORO_DONE)
    return true;
  interleave_step();
  coro_context cx = CORO_CONTEXT_INIT;
  CHECK(coro_future_cancel(future, &cx) == CORO_CANCELLED);
  return false;
}

#endif
