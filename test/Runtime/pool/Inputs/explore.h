/* The search of model.h. The includer has defined struct world, whose member
 * `threads` has the model's threads, and at_rest. */
#ifndef EXPLORE_H
#define EXPLORE_H

#include "model.h"

static struct world world;
struct model_thread *model_self;

void model_fence_of(int thread) {
  while (world.threads[thread].buffered)
    model_flush_one(&world.threads[thread]);
}

/* Called in each state in which no thread can do anything: checks it. */
static void at_rest(void);

/* Starts thread n of the scenario. */
#define THREAD(n, f, ...)                                                      \
  do {                                                                         \
    _Static_assert(sizeof(coro_task(f)) <= MODEL_FRAME, "a larger frame");     \
    coro_task(f) *task = (coro_task(f) *)world.threads[n].frame;               \
    coro_start(task, f, __VA_ARGS__);                                          \
    world.threads[n].coro = coro_erase(task).coro;                             \
  } while (0)

/* States that were there: a hash of each, in a table that grows. That two of a
 * million states share one of 64 bits does not happen. */
static uint64_t *known;
static size_t known_count, known_room, rests;

static uint64_t hash_world(void) {
  const uint64_t *words = (const uint64_t *)&world;
  size_t count = sizeof(world) / sizeof(*words);
  uint64_t lanes[4] = {1, 2, 3, 4};
  for (size_t i = 0; i + 4 <= count; i += 4)
    for (size_t lane = 0; lane < 4; lane++) {
      lanes[lane] =
          (lanes[lane] ^ words[i + lane]) * UINT64_C(0x9e3779b97f4a7c15);
      lanes[lane] ^= lanes[lane] >> 29;
    }
  for (size_t i = count & ~(size_t)3; i < count; i++)
    lanes[0] = (lanes[0] + words[i]) * UINT64_C(0xd6e8feb86659fd93);
  uint64_t hash = 0;
  for (size_t lane = 0; lane < 4; lane++) {
    hash = (hash ^ lanes[lane]) * UINT64_C(0xd6e8feb86659fd93);
    hash ^= hash >> 32;
  }
  return hash | 1; /* 0 is an empty place */
}

static bool put(uint64_t *table, size_t room, uint64_t hash) {
  size_t at = hash / 2 % room;
  for (; table[at]; at = (at + 1) % room)
    if (table[at] == hash)
      return false;
  table[at] = hash;
  return true;
}

/* True the first time. */
static bool is_new(void) {
  if (2 * known_count >= known_room) {
    size_t room = known_room ? 2 * known_room : 1 << 16;
    uint64_t *larger = calloc(room, sizeof(*larger));
    CHECK(larger);
    for (size_t i = 0; i < known_room; i++)
      if (known[i])
        put(larger, room, known[i]);
    free(known);
    known = larger;
    known_room = room;
  }
  bool fresh = put(known, known_room, hash_world());
  known_count += fresh;
  return fresh;
}

static void poll_thread(struct model_thread *thread) {
  static coro_context cx = CORO_CONTEXT_INIT;
  model_self = thread;
  coro_any_task task = {thread->frame, thread->coro};
  if (coro_poll_any(task, &cx) == CORO_PENDING)
    return;
  thread->coro = NULL;
  memset(thread->frame, 0, sizeof(thread->frame));
}

/* States to go on from, first in first out: a ring that grows. Far fewer than a
 * search in depth would keep, as idle threads go round for long. */
static struct world *ahead;
static size_t ahead_first, ahead_count, ahead_room;

static void go_on_later(void) {
  if (!is_new())
    return;
  if (ahead_count == ahead_room) {
    size_t room = ahead_room ? 2 * ahead_room : 256;
    struct world *larger = malloc(room * sizeof(*larger));
    CHECK(larger);
    for (size_t i = 0; i < ahead_count; i++)
      larger[i] = ahead[(ahead_first + i) % ahead_room];
    free(ahead);
    ahead = larger;
    ahead_room = room;
    ahead_first = 0;
  }
  ahead[(ahead_first + ahead_count++) % ahead_room] = world;
}

/* Does all that can be done in a state. */
static void explore(const struct world *state) {
  bool moved = false;
  world = *state;
  for (int i = 0; i < 2 * MODEL_THREADS; i++) {
    struct model_thread *thread = &world.threads[i % MODEL_THREADS];
    if (i < MODEL_THREADS && thread->coro)
      poll_thread(thread);
    else if (i >= MODEL_THREADS && thread->buffered)
      model_flush_one(thread);
    else
      continue;
    if (memcmp(&world, state, sizeof(world)) == 0)
      continue;
    moved = true;
    go_on_later();
    world = *state;
  }
  if (!moved) {
    rests++;
    at_rest();
  }
}

/* All interleavings from the world as it is. */
static void explore_all(const char *name, size_t at_least) {
  known_count = rests = 0;
  memset(known, 0, known_room * sizeof(*known));
  go_on_later();
  while (ahead_count) {
    struct world state = ahead[ahead_first];
    ahead_first = (ahead_first + 1) % ahead_room;
    ahead_count--;
    explore(&state);
  }
  printf("%s: %zu states, %zu ends\n", name, known_count, rests);
  CHECK(known_count >= at_least && rests > 0);
}

#endif
