#include "bench.h"
#include "turns.h"

static struct turns turns;
static int ending;

static void *counter(void *unused) {
  (void)unused;
  uint64_t total = 0;
  for (turns_await(&turns); !ending; turns_await(&turns)) {
    total += bench_step;
    bench_sink = total;
    turns_hand_back(&turns);
  }
  return 0;
}

uint64_t bench_run(uint64_t count) {
  pthread_t thread;
  ending = 0;
  turns_init(&turns);
  pthread_create(&thread, 0, counter, 0);
  for (uint64_t i = 0; i < count; i++)
    turns_resume(&turns);
  ending = 1;
  sem_post(&turns.there);
  pthread_join(thread, 0);
  turns_fini(&turns);
  return bench_sink;
}
