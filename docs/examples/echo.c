// A TCP server on the loopback address. Each connection is one coroutine, in
// one block of memory that this program allocates; nothing else does.
//
//   echo [--lines] [--frame] [port]      port 0, or none: any that is free
//
// Without --lines it sends back what it gets. With it, it answers commands, one
// a line:
//
//   ECHO text   -> text              UPPER text -> TEXT
//   ADD 2 40    -> 42                QUIT       -> bye, and closes
//   anything else, or a line of more than 255 bytes -> error: ...
//
// SIGINT or SIGTERM: it takes no more connections, lets those it has finish
// with what they were sent, for five seconds at most, and exits with 0.
// --frame prints how many bytes a connection's coroutine takes, and exits.
#include <arpa/inet.h>
#include <coro/coro.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The services -----------------------------------------------------------

static yields void echo(int fd) {
  char buf[2048];
  ssize_t n;
  while ((n = coro_read(fd, buf, sizeof(buf))) > 0)
    if (coro_write_all(fd, buf, (size_t)n) < 0)
      return;
}

// Cuts what arrives in pieces of any size into lines.
struct lines {
  int fd;
  size_t start, end; // what was read and not yet used
  char buf[256];
};

// The next line without its end, as a string in the buffer, good until the next
// call. NULL at the end of input. *too_long: it did not fit, and was dropped.
static yields char *next_line(struct lines *in, bool *too_long) {
  *too_long = false;
  for (;;) {
    char *line = in->buf + in->start;
    char *newline = memchr(line, '\n', in->end - in->start);
    if (newline) {
      *newline = '\0';
      if (newline > line && newline[-1] == '\r')
        newline[-1] = '\0';
      in->start = (size_t)(newline - in->buf) + 1;
      return line;
    }
    memmove(in->buf, line, in->end -= in->start);
    in->start = 0;
    if (in->end == sizeof(in->buf)) {
      *too_long = true;
      in->end = 0;
    }
    ssize_t n = coro_read(in->fd, in->buf + in->end, sizeof(in->buf) - in->end);
    if (n <= 0)
      return NULL;
    in->end += (size_t)n;
  }
}

// The argument of a command if the line is that command, else NULL.
static char *argument(char *line, const char *command) {
  size_t length = strlen(command);
  if (strncmp(line, command, length) != 0)
    return NULL;
  if (line[length] == '\0')
    return line + length;
  return line[length] == ' ' ? line + length + 1 : NULL;
}

// Turns a command into its answer, in place of it. False: it was the last one.
static bool answer(char *line, char *out, size_t size) {
  char *text;
  int64_t a, b, sum;
  char rest;
  if ((text = argument(line, "ECHO"))) {
    snprintf(out, size, "%s\n", text);
  } else if ((text = argument(line, "UPPER"))) {
    for (char *at = text; *at; at++)
      *at = (char)toupper((unsigned char)*at);
    snprintf(out, size, "%s\n", text);
  } else if ((text = argument(line, "ADD"))) {
    if (sscanf(text, "%" SCNd64 " %" SCNd64 " %c", &a, &b, &rest) != 2 ||
        __builtin_add_overflow(a, b, &sum))
      snprintf(out, size, "error: ADD needs two numbers\n");
    else
      snprintf(out, size, "%" PRId64 "\n", sum);
  } else if (argument(line, "QUIT")) {
    snprintf(out, size, "bye\n");
    return false;
  } else {
    snprintf(out, size, "error: unknown command\n");
  }
  return true;
}

static yields void serve_lines(int fd) {
  struct lines in = {.fd = fd};
  char *line, out[300];
  bool too_long, more = true;
  while (more && (line = next_line(&in, &too_long))) {
    if (too_long)
      strcpy(out, "error: line too long\n");
    else
      more = answer(line, out, sizeof(out));
    if (coro_write_all(fd, out, strlen(out)) < 0)
      return;
  }
  // To close with input unread resets the connection, and what the client has
  // not got yet is lost.
  shutdown(fd, SHUT_WR);
  while (coro_read(fd, in.buf, sizeof(in.buf)) > 0)
    ;
}

static yields void handle(int fd, bool lines) {
  if (lines)
    serve_lines(fd);
  else
    echo(fd);
}

// The connections ---------------------------------------------------------

struct connection {
  struct connection *next, **at; // in the list of open connections
  int fd;
  coro_job job;
  coro_task(handle) task;
};

static struct connection *open_connections;
static coro_job accepting, stopping; // see below
static bool is_stopping;

static void end_connection(coro_job *job, coro_status status) {
  (void)status;
  struct connection *self = job->user;
  close(self->fd);
  *self->at = self->next;
  if (self->next)
    self->next->at = self->at;
  if (is_stopping && !open_connections)
    coro_job_cancel(&stopping); // it need not wait any longer
  free(self);
}

static void begin_connection(coro_executor *executor, int fd, bool lines) {
  struct connection *self = malloc(sizeof(*self));
  if (!self) {
    close(fd);
    return;
  }
  self->fd = fd;
  self->next = open_connections;
  self->at = &open_connections;
  if (self->next)
    self->next->at = &self->next;
  open_connections = self;
  coro_start(&self->task, handle, fd, lines);
  self->job.user = self;
  coro_executor_add(executor, &self->job, coro_erase(&self->task),
                    end_connection);
}

// The server --------------------------------------------------------------

static yields void accept_all(int listener, bool lines) {
  for (;;) {
    int fd = coro_accept(listener);
    if (fd >= 0)
      begin_connection(coro_self()->executor, fd, lines);
    else if (fd == -EMFILE || fd == -ENFILE || fd == -ENOBUFS || fd == -ENOMEM)
      coro_sleep(100 * CORO_MILLISECOND); // until others have finished
    else
      return;
  }
}

static yields void stop_on_signal(const sigset_t *signals) {
  coro_wait_signal(signals);
  is_stopping = true;
  coro_job_cancel(&accepting);
  for (struct connection *c = open_connections; c; c = c->next)
    shutdown(c->fd, SHUT_RD); // what has arrived can still be read
  if (open_connections)
    coro_sleep(5 * CORO_SECOND);
  for (struct connection *c = open_connections; c; c = c->next)
    coro_job_cancel(&c->job);
}

// A listening socket on the loopback address; *port becomes the port it has.
static int listen_on(uint16_t *port) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(*port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 ||
      setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 ||
      bind(fd, (struct sockaddr *)&address, size) < 0 || listen(fd, 1024) < 0 ||
      getsockname(fd, (struct sockaddr *)&address, &size) < 0) {
    perror("echo: cannot listen");
    exit(1);
  }
  *port = ntohs(address.sin_port);
  return fd;
}

static int run(uint16_t port, bool lines) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, NULL); // coro_wait_signal gets them

  coro_loop loop;
  int error = coro_loop_init(&loop);
  if (error) {
    fprintf(stderr, "echo: no reactor: %s\n", strerror(-error));
    return 1;
  }
  int listener = listen_on(&port);
  printf("listening on 127.0.0.1:%u\n", port);
  fflush(stdout);

  coro_task(accept_all) acceptor;
  coro_start(&acceptor, accept_all, listener, lines);
  coro_loop_add(&loop, &accepting, coro_erase(&acceptor), NULL);
  coro_task(stop_on_signal) stopper;
  coro_start(&stopper, stop_on_signal, &signals);
  coro_loop_add(&loop, &stopping, coro_erase(&stopper), NULL);

  error = coro_loop_run(&loop);
  coro_loop_fini(&loop);
  close(listener);
  return error < 0;
}

int main(int argc, char **argv) {
  bool lines = false;
  unsigned long port = 0;
  for (int i = 1; i < argc; i++) {
    char *end;
    if (strcmp(argv[i], "--frame") == 0) {
      printf("%zu\n", sizeof(coro_task(handle)));
      return 0;
    }
    if (strcmp(argv[i], "--lines") == 0) {
      lines = true;
      continue;
    }
    port = strtoul(argv[i], &end, 10);
    if (*end || end == argv[i] || port > UINT16_MAX) {
      fprintf(stderr, "usage: echo [--lines] [--frame] [port]\n");
      return 2;
    }
  }
  return run((uint16_t)port, lines);
}
