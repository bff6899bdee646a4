// The ring of runtime/pool/ring.h in all interleavings of its owner and
// thieves: each item is taken once, none is lost. Places wrap around on the
// way.
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime -DPOOL_RING=2 %s %rt -o %t && %t
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime -DPOOL_RING=4 %s %rt -o %t4 && %t4
#include "Inputs/model.h"

#include "pool/ring.h"

enum { ITEMS = 6 };

struct world {
  struct model_thread threads[MODEL_THREADS];
  pool_ring rings[MODEL_THREADS];
  uint64_t pushed, taken[ITEMS];
  coro_job items[ITEMS];
};

#include "Inputs/explore.h"

static void take(coro_job *job) {
  size_t item = (size_t)(job - world.items);
  CHECK(item < ITEMS && !world.taken[item]);
  world.taken[item] = 1;
}

static yields void push(pool_ring *ring, bool in_burst) {
  while (!pool_ring_push(ring, &world.items[world.pushed], in_burst)) {
    coro_job *older[POOL_RING / 2];
    size_t n = pool_ring_take_half(ring, older);
    for (size_t i = 0; i < n; i++)
      take(older[i]);
  }
  world.pushed++;
}

/* '+' pushes, '*' pushes in a burst, '-' pops. */
static yields void own(pool_ring *ring, const char *script) {
  for (; *script; script++) {
    if (*script != '-') {
      push(ring, *script == '*');
      continue;
    }
    coro_job *job = pool_ring_pop(ring);
    if (job)
      take(job);
  }
}

/* Empties its own ring and steals from the other, so many times. */
static yields void rob(pool_ring *mine, pool_ring *other, int times) {
  for (int i = 0; i < times; i++) {
    coro_job *job = pool_ring_steal(mine, other);
    while (job) {
      take(job);
      job = pool_ring_pop(mine);
    }
  }
}

/* Every item is in a ring or was taken. */
static void at_rest(void) {
  uint64_t found[ITEMS];
  memcpy(found, world.taken, sizeof(found));
  for (int i = 0; i < MODEL_THREADS; i++) {
    CHECK(!world.threads[i].coro);
    pool_ring *ring = &world.rings[i];
    for (uint64_t at = ring->head; at != ring->tail; at++)
      CHECK(!found[ring->slots[at % POOL_RING] - world.items]++);
  }
  for (uint64_t i = 0; i < ITEMS; i++)
    CHECK(found[i] == (i < world.pushed));
}

static void begin(void) {
  memset(&world, 0, sizeof(world));
  for (int i = 0; i < MODEL_THREADS; i++) {
    world.rings[i].head = world.rings[i].tail = (uint64_t)0 - 1;
    for (int slot = 0; slot < POOL_RING; slot++)
      world.rings[i].slots[slot] = &world.items[ITEMS]; /* no item */
  }
}

int main(void) {
  begin();
  THREAD(0, own, &world.rings[0], "++*-*+--+");
  THREAD(1, rob, &world.rings[1], &world.rings[0], 3);
  explore_all("an owner and a thief", 5000);

  begin();
  THREAD(0, own, &world.rings[0], "+*-++*-");
  THREAD(1, rob, &world.rings[1], &world.rings[0], 2);
  THREAD(2, rob, &world.rings[2], &world.rings[0], 1);
  explore_all("an owner and two thieves", 20000);

  begin();
  THREAD(0, own, &world.rings[0], "+*++-");
  THREAD(1, rob, &world.rings[1], &world.rings[0], 2);
  THREAD(2, rob, &world.rings[2], &world.rings[1], 1);
  explore_all("a thief that is robbed", 4000);
}
