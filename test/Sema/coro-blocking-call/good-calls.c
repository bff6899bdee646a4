// RUN: %coro -fsyntax-only -Wall -Werror -Wno-unused-result -Wno-unused %s
// RUN: %coro -O2 -D_FORTIFY_SOURCE=2 -fsyntax-only -Wall -Werror -Wno-unused-result -Wno-unused %s
// What does not block, or is not known to.
#include <coro/coro.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int log_line(const char *text) { return printf("%s\n", text); }

// The program's own functions of these names.
struct parser;
int system_call(int n);
int accept_token(struct parser *p);
int getnameinfo(struct parser *p, int token);

yields void all(int fd, pthread_mutex_t *mutex, struct parser *parser) {
  char b[4];
  recv(fd, b, 4, MSG_DONTWAIT | MSG_PEEK);
  send(fd, b, 4, MSG_NOSIGNAL | MSG_DONTWAIT);
  poll(NULL, 0, 0);
  waitpid(-1, NULL, WNOHANG | WUNTRACED);
  flock(fd, LOCK_EX | LOCK_NB);
  flock(fd, LOCK_UN);
  read(fd, b, 0);
  write(1, b, 4);
  write(STDERR_FILENO, b, 4);
  log_line("text");
  free(malloc(3));
  pthread_mutex_lock(mutex);
  pthread_mutex_unlock(mutex);
  getnameinfo(parser, 3);
  (void)sizeof(read(fd, b, 4));
  _Generic(fd, int: (void)0, default: (void)getchar());
  __builtin_choose_expr(1, (void)0, (void)getchar());
  coro_suspend();
}

// Functions that do not yield may block.
int plain(int fd) {
  char b;
  return (int)read(fd, &b, 1) + getchar();
}
