/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What a program compiled with -fplugin-arg-coro-stress calls: storage for
 * frames, and polls as hostile as the environment asks. CORO_STRESS is a list
 * of arms with commas between; `none` is none of them.
 *
 *   poison   a frame is full of junk before its arguments are bound, and after
 *   scribble the native stack below is overwritten before every poll
 *   context  every poll has another context; used ones are junk in any case
 *   threads  a poll is on another thread than its caller
 *   guard    a frame ends at an inaccessible page, or is aligned as it must be
 *            and no better; it is inaccessible once it was left
 *   move     between binding and the first poll the frame changes places
 *   again    a frame that is done is polled once more, and must say so
 *
 * A frame, as the driver sees it:
 *
 *   coro_stress_enter -> (f.bind) -> coro_stress_run -> (result) ->
 *   coro_stress_leave
 *
 * A poll may itself enter, run and leave other frames, to any depth.
 *
 * Whatever goes wrong here ends the program with a line on stderr and abort().
 */
#include "stress.h"
#include <coro/task.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *coro_stress_enter(const coro_descriptor *coro);
void coro_stress_run(void *frame, const coro_descriptor *coro);
void coro_stress_leave(void *frame, const coro_descriptor *coro);
int coro_stress_pause(void);

enum {
  POISON = 1 << 0,
  SCRIBBLE = 1 << 1,
  CONTEXT = 1 << 2,
  THREADS = 1 << 3,
  GUARD = 1 << 4,
  MOVE = 1 << 5,
  AGAIN = 1 << 6,
  JUNK = 0xA5,
  CANARY = 0x5C,
};

static const struct {
  const char *name;
  unsigned arm;
} arm_names[] = {
    {"poison", POISON},   {"scribble", SCRIBBLE},
    {"context", CONTEXT}, {"threads", THREADS},
    {"guard", GUARD},     {"move", MOVE},
    {"again", AGAIN},     {"none", 0},
};

_Noreturn void coro_stress_fail(const char *what, const char *who) {
  fprintf(stderr, "coro stress: %s: %s\n", who, what);
  abort();
}

static unsigned arm_named(const char *name, size_t length) {
  for (size_t i = 0; i < sizeof(arm_names) / sizeof(*arm_names); i++)
    if (strlen(arm_names[i].name) == length &&
        !memcmp(arm_names[i].name, name, length))
      return arm_names[i].arm;
  coro_stress_fail("not an arm", name);
}

/* Read once. Only one thread runs at a time, and handing over orders them. */
static unsigned arms(void) {
  static int known;
  static unsigned chosen;
  if (known)
    return chosen;
  const char *list = getenv("CORO_STRESS");
  if (!list)
    list = "poison,scribble";
  while (*list) {
    size_t length = strcspn(list, ",");
    chosen |= arm_named(list, length);
    list += length;
    list += *list == ',';
  }
  known = 1;
  return chosen;
}

/* Storage ----------------------------------------------------------------- */

/*
 * A frame's block: [this][canary ... frame ... canary]. The words stand apart
 * from the frame, so that a stray write does not reach them.
 */
struct block {
  struct block *below; /* entered before this one; a stack */
  char *memory;
  size_t length;
  char *frame;
  size_t size;
  char *end; /* canaries reach from memory to frame and from there to here */
  int mapped;
};

static struct block *entered;

static size_t page_size(void) {
  static size_t size;
  if (!size)
    size = (size_t)sysconf(_SC_PAGESIZE);
  return size;
}

static char *align_down(char *at, size_t align) {
  return at - ((uintptr_t)at & (align - 1));
}

/* A multiple of align and of no greater power of two, at or below at. */
static char *align_exactly(char *at, size_t align) {
  char *down = align_down(at, align);
  return ((uintptr_t)down & align) ? down : down - align;
}

/* Pages with an inaccessible one behind them. False where there are none. */
static int map_block(struct block *block, size_t align) {
  static unsigned serial;
  size_t page = page_size();
  size_t used = (block->size + 4 * align + page - 1) & ~(page - 1);
  block->length = used + page;
  block->memory = mmap(NULL, block->length, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block->memory == MAP_FAILED)
    return 0;
  block->end = block->memory + used;
  if (mprotect(block->end, page, PROT_NONE)) {
    munmap(block->memory, block->length);
    return 0;
  }
  char *last = block->end - block->size;
  block->frame =
      serial++ % 2 ? align_exactly(last, align) : align_down(last, align);
  block->mapped = 1;
  return 1;
}

static void allocate_block(struct block *block, size_t align) {
  block->length = block->size + 4 * align + 64;
  block->memory = malloc(block->length);
  if (!block->memory)
    coro_stress_fail("out of memory", "enter");
  block->end = block->memory + block->length;
  block->frame = align_exactly(block->end - 16 - block->size, align);
}

/* Mapped memory is filled near the frame only, to keep most pages untouched. */
static char *canary_begin(const struct block *block) {
  return block->frame - block->memory > 32 ? block->frame - 32 : block->memory;
}

static struct block *new_block(const coro_descriptor *coro) {
  struct block *block = calloc(1, sizeof(*block));
  if (!block)
    coro_stress_fail("out of memory", coro->name);
  block->size = coro->size;
  if (!(arms() & GUARD) || !map_block(block, coro->align))
    allocate_block(block, coro->align);
  char *begin = canary_begin(block);
  memset(begin, CANARY, (size_t)(block->end - begin));
  memset(block->frame, arms() & POISON ? JUNK : 0, block->size);
  return block;
}

static void check_canaries(const struct block *block, const char *who) {
  for (char *at = canary_begin(block); at < block->end; at++) {
    if (at == block->frame)
      at += block->size;
    if (at < block->end && *at != CANARY)
      coro_stress_fail(at < block->frame ? "wrote before its frame"
                                         : "wrote behind its frame",
                       who);
  }
}

/* Keeps the last few mapped blocks, inaccessible, and then gives them back. */
static void retire_mapped(struct block *block) {
  static struct {
    char *memory;
    size_t length;
  } kept[64];
  static unsigned next;
  unsigned slot = next++ % 64;
  if (kept[slot].memory)
    munmap(kept[slot].memory, kept[slot].length);
  mprotect(block->memory, block->length, PROT_NONE);
  kept[slot].memory = block->memory;
  kept[slot].length = block->length;
}

static void free_block(struct block *block, const char *who) {
  check_canaries(block, who);
  if (block->mapped) {
    retire_mapped(block);
  } else {
    memset(block->frame, JUNK, block->size);
    free(block->memory);
  }
  free(block);
}

void *coro_stress_enter(const coro_descriptor *coro) {
  if (coro->abi != CORO_ABI_VERSION)
    coro_stress_fail("wrong ABI", coro->name);
  struct block *block = new_block(coro);
  block->below = entered;
  entered = block;
  return block->frame;
}

void coro_stress_leave(void *frame, const coro_descriptor *coro) {
  struct block *block = entered;
  /* A longjmp may have passed over some that were never left. */
  while (block && block->frame != frame)
    block = block->below;
  if (!block)
    coro_stress_fail("left a frame that was not entered", coro->name);
  entered = block->below;
  free_block(block, coro->name);
}

/* One poll ---------------------------------------------------------------- */

struct poll {
  void *frame;
  const coro_descriptor *coro;
  coro_context *context;
  coro_status status;
};

static __attribute__((noinline)) void scribble(void) {
  char junk[4096];
  memset(junk, JUNK, sizeof(junk));
  __asm__ volatile("" : : "r"(junk) : "memory");
}

static __attribute__((noinline)) void poll_here(struct poll *poll) {
  if (arms() & SCRIBBLE)
    scribble();
  poll->status = poll->coro->poll(poll->frame, poll->context);
}

/*
 * The main thread and two more. One of them runs, the others wait for their
 * turn; whoever waits for a poll that it gave away takes polls meanwhile, for
 * that poll may give away others. What is given last ends first, so each
 * thread's stack stays a stack.
 */
enum { NUM_WORKERS = 3, WORKER_STACK = 256 << 20 };

/* A poll given to another thread. */
struct gift {
  struct poll *poll;
  unsigned from;
  int done;
};

static struct worker {
  pthread_cond_t called; /* there is something to do, or it was done */
  struct gift *todo;
} workers[NUM_WORKERS];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER; /* guards them */
static __thread unsigned self; /* 0 is the main thread */

/* Polls what this thread is given until *done. Needs turn, and returns with it.
 */
static void serve(const int *done) {
  struct worker *me = &workers[self];
  while (!*done) {
    struct gift *gift = me->todo;
    if (!gift) {
      pthread_cond_wait(&me->called, &turn);
      continue;
    }
    me->todo = NULL;
    pthread_mutex_unlock(&turn);
    poll_here(gift->poll);
    pthread_mutex_lock(&turn);
    gift->done = 1;
    pthread_cond_signal(&workers[gift->from].called);
  }
}

static void *worker_main(void *index) {
  static const int never = 0;
  self = (unsigned)(uintptr_t)index;
  pthread_mutex_lock(&turn);
  serve(&never);
  return NULL;
}

static void start_workers(void) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, WORKER_STACK);
  for (uintptr_t i = 0; i < NUM_WORKERS; i++) {
    pthread_t thread;
    pthread_cond_init(&workers[i].called, NULL);
    if (i && pthread_create(&thread, &attributes, worker_main, (void *)i))
      coro_stress_fail("cannot start a thread", "run");
  }
  pthread_attr_destroy(&attributes);
}

static void poll_elsewhere(struct poll *poll, unsigned thread) {
  struct gift gift = {poll, self, 0};
  pthread_mutex_lock(&turn);
  workers[thread].todo = &gift;
  pthread_cond_signal(&workers[thread].called);
  serve(&gift.done);
  pthread_mutex_unlock(&turn);
}

/* Threads cost microseconds a poll: after many polls only few change theirs. */
static void poll_once(struct poll *poll) {
  enum { MANY = 20000, FEW = 256 };
  static size_t polls;
  if (!(arms() & THREADS) || (polls > MANY && polls % FEW)) {
    polls++;
    poll_here(poll);
    return;
  }
  if (!polls++)
    start_workers();
  poll_elsewhere(poll, (self + 1 + polls % (NUM_WORKERS - 1)) % NUM_WORKERS);
}

/* One frame, to its end --------------------------------------------------- */

static coro_status poll_with(void *frame, const coro_descriptor *coro,
                             coro_context *context) {
  *context = (coro_context)CORO_CONTEXT_INIT;
  struct poll poll = {frame, coro, context, CORO_DONE};
  poll_once(&poll);
  memset(context, JUNK, sizeof(*context));
  return poll.status;
}

static void poll_to_end(void *frame, const coro_descriptor *coro) {
  size_t held = coro_stress_held();
  coro_context contexts[2];
  unsigned turns = 0;
  unsigned mask = arms() & CONTEXT ? 1 : 0;
  coro_status status;
  do {
    status = poll_with(frame, coro, &contexts[turns++ & mask]);
    if (status == CORO_PENDING)
      coro_stress_suspended(frame, coro, &contexts[turns & mask], held);
  } while (status == CORO_PENDING);
  if (status == CORO_DONE && (arms() & AGAIN))
    status = poll_with(frame, coro, &contexts[turns & mask]);
  if (status != CORO_DONE)
    coro_stress_fail("ended with another status than done", coro->name);
}

void coro_stress_run(void *frame, const coro_descriptor *coro) {
  if (!(arms() & MOVE)) {
    poll_to_end(frame, coro);
    return;
  }
  /* The result goes back to where the driver looks for it. */
  struct block *block = new_block(coro);
  memcpy(block->frame, frame, coro->size);
  memset(frame, JUNK, coro->size);
  poll_to_end(block->frame, coro);
  memcpy(frame, block->frame, coro->size);
  free_block(block, coro->name);
}

/*
 * Whether to suspend here, this time: mostly, and the same in every run. A call
 * whose callee never pauses ends without a suspension, which is a path of its
 * own through generated code.
 */
int coro_stress_pause(void) {
  static uint32_t state = 1;
  state = state * 1664525u + 1013904223u;
  return (state >> 24) % 8 != 0;
}
