// Several threads are asked by one signal: each dump comes in one piece, with
// the number of its thread. A child of a scope that was sent away is told apart
// from who waits for it.
// RUN: %coro %cflags -O1 %s %rt -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <signal.h>
#include <unistd.h>

enum { WORKERS = 3, EACH = 150, SENT = 4 };
static uint32_t ready; /* atomic */
static int written[2];
static coro_dump_watch watches[WORKERS];

yields static void sleepy(void) {
  __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
  coro_sleep(CORO_FOREVER);
}
static coro_job jobs[WORKERS][EACH];
static coro_task(sleepy) tasks[WORKERS][EACH];

yields static void parent(void) {
  coro_scoped (scope, 0) {
    for (int i = 0; i < SENT; i++)
      CHECK(coro_scope_spawn_send(&scope, sleepy));
    coro_yield_now(); /* what is behind the relays */
    __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
  }
}

static void begin(void *user, coro_executor *executor, uint32_t worker) {
  (void)user;
  for (int i = 0; i < EACH; i++) {
    coro_start(&tasks[worker][i], sleepy);
    coro_executor_add(executor, &jobs[worker][i], coro_erase(&tasks[worker][i]),
                      NULL);
  }
  CHECK(!coro_dump_on_signal(&watches[worker], executor, SIGUSR1, written[1]));
}

static void end(void *user, coro_executor *executor, uint32_t worker) {
  (void)user, (void)executor;
  coro_dump_on_signal_end(&watches[worker]);
}

/* All that is written; ends where a thread has closed its end. */
static char *read_all(void) {
  size_t room = 1 << 20, size = 0;
  char *text = malloc(room);
  CHECK(text);
  /* The last line of each dump is known by its number only. */
  for (int whole = 0; whole < WORKERS;) {
    ssize_t more = read(written[0], text + size, room - 1 - size);
    CHECK(more > 0);
    size += (size_t)more;
    text[size] = 0;
    whole = 0;
    for (char *at = text; (at = strstr(at, "thread ")); at++) {
      char last[32], *colon = strchr(at, ':');
      CHECK(colon || text[size - 1] != '\n');
      snprintf(last, sizeof(last), "\n%ld. ", colon ? atol(colon + 1) : -1);
      char *line = colon ? strstr(at, last) : NULL;
      for (int lines = 0; line && lines < 3; lines++)
        line = strchr(line + 1, '\n');
      whole += line != NULL;
    }
  }
  return text;
}

static void check(char *text) {
  long left = 0, number = 0, threads = 0, relays = 0, total = 0;
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
    long read_number;
    if (!strncmp(line, "thread ", 7)) {
      CHECK(!left); /* the one before is whole */
      left = atol(strchr(line, ':') + 1);
      number = 0;
      threads++;
    } else if (sscanf(line, "%ld. ", &read_number) == 1) {
      CHECK(read_number == ++number);
      left--;
      total++;
    }
    char *by_hand = strstr(line, "written by hand");
    relays += by_hand && (strstr(by_hand, ", waits for task ") ||
                          strstr(by_hand, ", waits for a task of sleepy on "
                                          "another thread"));
  }
  CHECK(!left && threads == WORKERS);
  CHECK(total == WORKERS * EACH + 1 + 2 * SENT);
  CHECK(relays == SENT);
}

int main(void) {
  int error;
  CHECK(!pipe(written));
  coro_pool_options options = {.workers = WORKERS, .begin = begin, .end = end};
  coro_pool *pool = coro_pool_open(&options, &error);
  CHECK(pool);
  static coro_task(parent) task;
  static coro_job job;
  coro_start(&task, parent);
  CHECK(!coro_pool_send(pool, &job, coro_erase(&task), NULL));
  while (__atomic_load_n(&ready, __ATOMIC_SEQ_CST) < WORKERS * EACH + SENT + 1)
    usleep(100);
  usleep(2000); /* the last of them waits by now */
  CHECK(!raise(SIGUSR1));
  char *text = read_all();
  check(text);
  free(text);
  coro_pool_close(pool);
}
