#include "bench.h"
#include <stdlib.h>
#include <uv.h>

static void fire(uv_timer_t *timer) { (void)timer; }
static uv_loop_t loop;

#ifdef REST
uint64_t bench_run(uint64_t count) {
  uv_loop_init(&loop);
  uv_timer_t *all = malloc(count * sizeof(*all));
  for (uint64_t i = 0; i < count; i++) {
    uv_timer_init(&loop, &all[i]);
    uv_timer_start(&all[i], fire, (i % 1000 + 1) * 1000, 0);
  }
  bench_opaque(all);
  return count;
}
#else
enum { OTHERS = 1000000 };

uint64_t bench_run(uint64_t count) {
  static uv_timer_t *others;
  static uint64_t random = 1;
  if (!others) {
    uv_loop_init(&loop);
    others = calloc(OTHERS, sizeof(*others));
    for (uint64_t i = 0; i < OTHERS; i++) {
      uv_timer_init(&loop, &others[i]);
      uv_timer_start(&others[i], fire, (i % 1000 + 60) * 1000, 0);
    }
  }
  for (uint64_t i = 0; i < count; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    uv_timer_t *timer = &others[(random >> 33) % OTHERS];
    uv_timer_stop(timer);
    uv_timer_start(timer, fire, (60 + (random >> 40) % 1000) * 1000, 0);
  }
  return count;
}
#endif
