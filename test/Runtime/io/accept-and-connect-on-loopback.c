// Connections from a coroutine to a thread and the other way; what is accepted
// is non-blocking and close-on-exec.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.erased && %t.erased
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "run.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>

static struct sockaddr_in address;
static int listener;

static void begin_listening(void) {
  address = (struct sockaddr_in){.sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  listener = socket(AF_INET, SOCK_STREAM, 0); /* blocking, on purpose */
  CHECK(!bind(listener, (struct sockaddr *)&address, size));
  CHECK(!listen(listener, 8));
  CHECK(!getsockname(listener, (struct sockaddr *)&address, &size));
}

static void *connect_late(void *argument) {
  (void)argument;
  char byte;
  for (int i = 0; i < 3; i++) {
    usleep(1000);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(!connect(fd, (struct sockaddr *)&address, sizeof(address)));
    CHECK(write(fd, "?", 1) == 1);
    CHECK(read(fd, &byte, 1) == 1 && byte == '!');
    close(fd);
  }
  return NULL;
}

static yields void accept_three(void) {
  begin_listening();
  pthread_t thread = start_thread(connect_late, NULL);
  for (int i = 0; i < 3; i++) {
    char byte;
    int fd = coro_accept(listener);
    CHECK(fd >= 0);
    CHECK(fcntl(fd, F_GETFL) & O_NONBLOCK);
    CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    CHECK(coro_read(fd, &byte, 1) == 1 && byte == '?');
    CHECK(coro_write(fd, "!", 1) == 1);
    CHECK(coro_read(fd, &byte, 1) == 0);
    close(fd);
  }
  coro_allow("coro-blocking-call") pthread_join(thread, NULL);
  close(listener);
}

static void *accept_one(void *argument) {
  (void)argument;
  usleep(1000);
  int fd = accept(listener, NULL, NULL);
  CHECK(fd >= 0);
  CHECK(write(fd, "hello", 5) == 5);
  close(fd);
  return NULL;
}

static yields void connect_once(void) {
  begin_listening();
  pthread_t thread = start_thread(accept_one, NULL);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  CHECK(!coro_connect(fd, (struct sockaddr *)&address, sizeof(address)));
  char buf[5];
  CHECK(coro_read(fd, buf, 5) == 5 && !memcmp(buf, "hello", 5));
  CHECK(coro_read(fd, buf, 5) == 0);
  coro_allow("coro-blocking-call") pthread_join(thread, NULL);
  close(fd);
  close(listener);
}

int main(void) {
  RUN_EVERYWHERE(accept_three);
  RUN_EVERYWHERE(connect_once);
}
