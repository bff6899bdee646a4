// Reading waits for what comes late, from a socket and from a pipe that is not
// non-blocking, and says 0 at the end. Reading 0 bytes never waits.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.erased && %t.erased
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "run.h"
#include <stdatomic.h>

static int ends[2];
// The writer goes on once the reader has what it wrote first.
static atomic_int seen;

static void *write_late(void *argument) {
  (void)argument;
  usleep(2000);
  CHECK(write(ends[1], "one", 3) == 3);
  while (!atomic_load(&seen))
    usleep(500);
  usleep(2000);
  CHECK(write(ends[1], "three", 5) == 5);
  usleep(2000);
  close(ends[1]);
  return NULL;
}

static yields void read_all(void) {
  char buf[4];
  CHECK(coro_read(ends[0], buf, 0) == 0);
  CHECK(coro_read(ends[0], buf, sizeof(buf)) == 3 && !memcmp(buf, "one", 3));
  atomic_store(&seen, 1);
  CHECK(coro_read(ends[0], buf, sizeof(buf)) == 4 && !memcmp(buf, "thre", 4));
  CHECK(coro_read(ends[0], buf, sizeof(buf)) == 1 && buf[0] == 'e');
  CHECK(coro_read(ends[0], buf, sizeof(buf)) == 0);
  CHECK(coro_read(ends[0], buf, sizeof(buf)) == 0);
  close(ends[0]);
}

static yields void read_socket(void) {
  atomic_store(&seen, 0);
  CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  pthread_t thread = start_thread(write_late, NULL);
  read_all();
  coro_allow("coro-blocking-call") pthread_join(thread, NULL);
}

static yields void read_pipe(void) {
  atomic_store(&seen, 0);
  CHECK(!pipe(ends));
  pthread_t thread = start_thread(write_late, NULL);
  read_all();
  coro_allow("coro-blocking-call") pthread_join(thread, NULL);
}

int main(void) {
  RUN_EVERYWHERE(read_socket);
  RUN_EVERYWHERE(read_pipe);
}
