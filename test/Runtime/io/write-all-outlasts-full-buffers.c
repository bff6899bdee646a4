// Writing far more than the kernel buffers hold, to a socket and to a pipe,
// while the other side reads slowly: all of it arrives, in order.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.erased && %t.erased
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "run.h"

enum { SIZE = 1 << 21 };

static unsigned char data[SIZE];
static int ends[2];

static void *read_slowly(void *argument) {
  (void)argument;
  static unsigned char buf[70000];
  size_t total = 0;
  ssize_t n;
  while ((n = read(ends[1], buf, sizeof(buf))) > 0) {
    CHECK(total + (size_t)n <= SIZE && !memcmp(buf, data + total, (size_t)n));
    total += (size_t)n;
    if (total % 7 == 0)
      usleep(500);
  }
  CHECK(total == SIZE);
  close(ends[1]);
  return NULL;
}

static yields void write_it(void) {
  pthread_t thread = start_thread(read_slowly, NULL);
  CHECK(coro_write_all(ends[0], data, SIZE) == SIZE);
  CHECK(coro_write_all(ends[0], data, 0) == 0);
  close(ends[0]);
  coro_allow("coro-blocking-call") pthread_join(thread, NULL);
}

static yields void to_socket(void) {
  CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  write_it();
}

static yields void to_pipe(void) {
  int pipe_ends[2];
  CHECK(!pipe(pipe_ends));
  ends[0] = pipe_ends[1];
  ends[1] = pipe_ends[0];
  write_it();
}

int main(void) {
  uint64_t random = 1;
  for (size_t i = 0; i < SIZE; i++)
    data[i] = (unsigned char)next_random(&random);
  RUN_EVERYWHERE(to_socket);
  RUN_EVERYWHERE(to_pipe);
}
