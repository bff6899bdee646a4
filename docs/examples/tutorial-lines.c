// A TCP server that answers each line with the line in capitals. It takes four
// connections at a time, in storage it has from the start.
//   corocc tutorial-lines.c -o lines && ./lines 7777
#include <arpa/inet.h>
#include <coro/coro.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Reads one line, its end included: how many bytes, 0 at the end of input, or
// a negative errno value. A longer line comes in parts.
static yields ssize_t read_line(int fd, char *line, size_t size) {
  size_t length = 0;
  while (length < size) {
    ssize_t n = coro_read(fd, line + length, 1);
    if (n < 0)
      return n;
    if (n == 0 || line[length++] == '\n')
      break;
  }
  return (ssize_t)length;
}

static yields void serve(int fd) {
  char line[80];
  ssize_t length;
  while ((length = read_line(fd, line, sizeof(line))) > 0) {
    for (ssize_t i = 0; i < length; i++)
      line[i] = (char)toupper((unsigned char)line[i]);
    if (coro_write_all(fd, line, (size_t)length) < 0)
      break;
  }
}

struct connection {
  bool used;
  int fd;
  coro_job job;
  coro_task(serve) task;
};

static struct connection connections[4];

static void end_connection(coro_job *job, coro_status status) {
  (void)status;
  struct connection *c = job->user;
  close(c->fd);
  c->used = false;
}

static void begin_connection(coro_executor *executor, int fd) {
  for (size_t i = 0; i < sizeof(connections) / sizeof(*connections); i++) {
    struct connection *c = &connections[i];
    if (c->used)
      continue;
    c->used = true;
    c->fd = fd;
    c->job.user = c;
    coro_start(&c->task, serve, fd);
    coro_executor_add(executor, &c->job, coro_erase(&c->task), end_connection);
    return;
  }
  close(fd); // all are in use
}

static yields int accept_all(int listener) {
  for (;;) {
    int fd = coro_accept(listener);
    if (fd < 0)
      return fd;
    begin_connection(coro_self()->executor, fd);
  }
}

static int listen_on(uint16_t port) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) ||
      bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
      listen(fd, 16)) {
    perror("lines");
    exit(1);
  }
  return fd;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc > 1 ? (uint16_t)atoi(argv[1]) : 7777);
  coro_loop loop;
  if (coro_loop_init(&loop))
    return 1;

  coro_task(accept_all) accepting;
  coro_job accepting_job;
  coro_start(&accepting, accept_all, listener);
  coro_loop_add(&loop, &accepting_job, coro_erase(&accepting), NULL);
  coro_loop_run(&loop);

  fprintf(stderr, "lines: %s\n", strerror(-accepting.result));
  coro_loop_fini(&loop);
  return 1;
}
