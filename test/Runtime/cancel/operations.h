/* The runtime's operations that wait: how each is made to, and what ends it. */
#ifndef CORO_TEST_OPERATIONS_H
#define CORO_TEST_OPERATIONS_H

#include "../check.h"

#include <coro/coro.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static int ends[2];  /* ends[0] is what the operation gets */
static int extra[2]; /* whatever else an operation needs, or -1 */
static char bytes[1 << 20];
static struct sockaddr_in address;
static sigset_t signals;

/* A clock by hand. */
static uint64_t clock_time;
static uint64_t tell(const coro_timers *timers) {
  (void)timers;
  return clock_time;
}

/* A task in a frame of its own, from malloc. */
#define BEGIN(f, ...)                                                          \
  ({                                                                           \
    coro_task(f) *task = malloc(sizeof(*task));                                \
    coro_start(task, f, __VA_ARGS__);                                          \
    coro_erase(task);                                                          \
  })

static void open_sockets(void) {
  CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
}
static void open_pipe(void) { CHECK(!pipe(ends)); }
static void open_full(void) {
  open_sockets();
  while (send(ends[0], bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
    ;
}
static int open_tcp(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CHECK(fd >= 0);
  return fd;
}
static int open_listener(void) {
  int fd = open_tcp();
  address = (struct sockaddr_in){.sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  CHECK(!bind(fd, (struct sockaddr *)&address, size));
  CHECK(!listen(fd, 0));
  CHECK(!getsockname(fd, (struct sockaddr *)&address, &size));
  return fd;
}
/* True if that is over at once. */
static bool connect_now(int fd) {
  connect(fd, (struct sockaddr *)&address, sizeof(address));
  struct pollfd file = {fd, POLLOUT, 0};
  return poll(&file, 1, 10) == 1;
}
static void open_acceptor(void) {
  ends[0] = open_listener();
  ends[1] = open_tcp();
}
/* A listener with no room for one more: connecting takes long. */
static void open_connector(void) {
  ends[0] = open_tcp();
  ends[1] = open_listener();
  CHECK(connect_now(extra[0] = open_tcp()));
  if (connect_now(extra[1] = open_tcp()))
    SKIP("connecting never waits here");
}
static void block_signals(void) {
  CHECK(!sigemptyset(&signals) && !sigaddset(&signals, SIGUSR1));
  CHECK(!sigprocmask(SIG_BLOCK, &signals, NULL));
}

static coro_any_task wait_fd(void) {
  return BEGIN(coro_wait_fd, ends[0], CORO_READABLE);
}
static coro_any_task do_read(void) {
  return BEGIN(coro_read, ends[0], bytes, sizeof(bytes));
}
static coro_any_task do_write(void) {
  return BEGIN(coro_write, ends[0], bytes, sizeof(bytes));
}
static coro_any_task do_write_all(void) {
  return BEGIN(coro_write_all, ends[0], bytes, sizeof(bytes));
}
static coro_any_task do_accept(void) { return BEGIN(coro_accept, ends[0]); }
static coro_any_task do_connect(void) {
  return BEGIN(coro_connect, ends[0], (struct sockaddr *)&address,
               sizeof(address));
}
static coro_any_task wait_signal(void) {
  return BEGIN(coro_wait_signal, &signals);
}
static coro_any_task do_sleep(void) { return BEGIN(coro_sleep, 100); }

static void send_byte(void) { CHECK(write(ends[1], "x", 1) == 1); }
static void drain(void) {
  while (recv(ends[1], bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
    ;
}
static void come_in(void) { CHECK(connect_now(ends[1])); }
static void give_up(void) { shutdown(ends[0], SHUT_RDWR); }
static void send_signal(void) { CHECK(!raise(SIGUSR1)); }
static void go_on(void) { clock_time += 100; }

struct operation {
  const char *name;
  void (*open)(void); /* NULL where it needs nothing */
  coro_any_task (*start)(void);
  void (*make_ready)(void);
  bool spends; /* its executor's fuel */
  bool again;  /* cancelled after that, another one gets all there is */
};

static const struct operation operations[] = {
    {"wait_fd", open_sockets, wait_fd, send_byte, false, true},
    {"read a socket", open_sockets, do_read, send_byte, true, true},
    {"read a pipe", open_pipe, do_read, send_byte, true, true},
    {"write", open_full, do_write, drain, true, true},
    {"write_all", open_full, do_write_all, drain, true, false},
    {"accept", open_acceptor, do_accept, come_in, true, true},
    {"connect", open_connector, do_connect, give_up, false, false},
    {"wait_signal", block_signals, wait_signal, send_signal, false, true},
    {"sleep", NULL, do_sleep, go_on, false, false},
};
enum { OPERATIONS = sizeof(operations) / sizeof(*operations) };

static void open_all(const struct operation *operation) {
  ends[0] = ends[1] = extra[0] = extra[1] = -1;
  if (operation->open)
    operation->open();
}
static void close_all(void) {
  int files[] = {ends[0], ends[1], extra[0], extra[1]};
  for (int i = 0; i < 4; i++)
    if (files[i] >= 0)
      close(files[i]);
  struct timespec none = {0, 0};
  if (sigismember(&signals, SIGUSR1) == 1)
    sigtimedwait(&signals, NULL, &none);
}

#endif
