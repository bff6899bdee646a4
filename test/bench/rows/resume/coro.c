#include "bench.h"
#include <coro/coro.h>

static yields void counter(const uint64_t *step) {
  for (uint64_t total = 0;;) {
    total += *step;
    bench_sink = total;
    coro_suspend();
  }
}

uint64_t bench_run(uint64_t count) {
  static coro_task(counter) task;
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, counter, &bench_step);
  coro_any_task any = coro_erase(&task);
  any.coro = bench_opaque((void *)any.coro);
  for (uint64_t i = 0; i < count; i++)
    coro_poll_any(any, &cx);
  return bench_sink;
}
