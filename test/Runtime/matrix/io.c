// Files, sockets and signals, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 30
// RUN: %corocc %cflags -O2 %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 30
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 20
#include "matrix.h"

#include <netinet/in.h>
#include <unistd.h>

static int pipes[TASKS][2], listener;
static struct sockaddr_in address;

static void begin(void) {
  for (int n = 0; n < TASKS; n++)
    CHECK(!pipe(pipes[n]));
  address = (struct sockaddr_in){.sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(address);
  struct sockaddr *any = (struct sockaddr *)&address;
  listener = socket(AF_INET, SOCK_STREAM, 0);
  CHECK(!bind(listener, any, length) && !listen(listener, TASKS) &&
        !getsockname(listener, any, &length));
}
static void end(void) {
  for (int n = 0; n < TASKS; n++)
    close(pipes[n][0]), close(pipes[n][1]);
  close(listener);
}

/* Round and round: each waits for the one before it. What goes with the byte
 * is ordered by the files. */
static yields void reads_and_writes(int n) {
  int next = (n + 1) % TASKS;
  char byte = 0;
  for (int i = 0; i < rounds; i++) {
    if (n == 0)
      CHECK(coro_write(pipes[next][1], "x", 1) == 1);
    if (i % 2)
      CHECK(coro_wait_fd(pipes[n][0], CORO_READABLE) >= 0);
    CHECK(coro_read(pipes[n][0], &byte, 1) == 1 && byte == 'x');
    if (n)
      CHECK(coro_write_all(pipes[next][1], "x", 1) == 1);
  }
}

static yields void read_one(int n) {
  char byte;
  coro_read(pipes[n][0], &byte, 1);
}
static yields void reads_are_cancelled(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(read_one) reads;
    coro_task(yield_times) others;
    coro_start(&reads, read_one, n);
    coro_start(&others, yield_times, i % 4);
    CHECK(coro_race(&reads, &others) == 1);
    coro_start(&reads, read_one, n);
    CHECK(!coro_timeout(CORO_MICROSECOND, &reads));
  }
}

/* Task 0 accepts as many as connect. */
static yields void connects(int n) {
  for (int i = 0; i < rounds / 10 * (n ? 1 : TASKS - 1); i++) {
    int file = n ? socket(AF_INET, SOCK_STREAM, 0) : coro_accept(listener);
    CHECK(file >= 0);
    if (n)
      CHECK(!coro_connect(file, (struct sockaddr *)&address, sizeof(address)));
    CHECK(coro_write_all(file, "hello", 5) == 5);
    char text[5];
    for (ssize_t got = 0, more; got < 5; got += more)
      CHECK((more = coro_read(file, text + got, (size_t)(5 - got))) > 0);
    CHECK(!memcmp(text, "hello", 5));
    close(file);
  }
}

/* Each its own; sent to the process, which has it blocked. */
static yields void signals(int n) {
  for (int i = 0; i < rounds; i++) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN + n);
    if (i % 3 == 0) {
      coro_task(coro_wait_signal) waits;
      coro_start(&waits, coro_wait_signal, &set);
      CHECK(!coro_timeout(CORO_MICROSECOND, &waits));
    }
    CHECK(!kill(getpid(), SIGRTMIN + n));
    CHECK(coro_wait_signal(&set) == SIGRTMIN + n);
  }
}

#define CASES(X)                                                               \
  X(reads_and_writes, NEEDS_FILES)                                             \
  X(reads_are_cancelled, NEEDS_FILES)                                          \
  X(connects, NEEDS_FILES) X(signals, NEEDS_FILES)
#include "run.h"
