// RUN: %coro -fsyntax-only -Wall -Wextra -Werror %s
// RUN: %coro -O2 -D_FORTIFY_SOURCE=2 -fsyntax-only -Wall -Wextra -Werror %s
// RUN: %coro -fsyntax-only -Wall -Wextra -Werror -Wpedantic -std=c17 -D_GNU_SOURCE %s
// What blocks is meant to be run on another thread; and that is a wait, which
// makes the word `yields` right.
#include <coro/coro.h>
#include <netdb.h>
#include <unistd.h>

coro_blocking int query(const char *text);
static ssize_t twice(int fd, char *to) {
  return read(fd, to, 1) + read(fd, to + 1, 1);
}
static void rest(void) { sleep(1); }

yields long all(int fd, char *to) {
  struct addrinfo *found = NULL;
  int error = coro_offload(getaddrinfo, "localhost", NULL, NULL, &found);
  coro_offload(rest);
  return error + coro_offload(query, to) + coro_offload(read, fd, to, 2) +
         coro_offload(twice, fd, to);
}
