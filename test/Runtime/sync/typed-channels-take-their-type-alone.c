// The macros of coro_channel_of are errors where the value has another type,
// and evaluate what they are given once.
// RUN: %clang %cflags -Wpedantic %s %rt -o %t && %t
// RUN: %not %clang %cflags -DWRONG=1 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=2 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=3 -fsyntax-only %s 2>&1 | %filecheck %s
#include "../check.h"

#include <coro/channel.h>

struct point {
  int x, y;
};

int main(void) {
  coro_channel_of(struct point, 2) points, *at = &points;
  coro_channel_of(const char *, 0) none;
  const struct point here[] = {{1, 2}, {3, 4}}, *next = here;
  struct point there;
  coro_channel_init_of(&points);
  coro_channel_init_of(&none);
  CHECK(points.channel.slots == 2 && !points.channel.rendezvous);
  CHECK(none.channel.slots == 1 && none.channel.rendezvous);
  CHECK(sizeof(points) == sizeof(coro_channel) + sizeof(here));
  CHECK(coro_channel_try_send_of(at, next++) == 0 && next == here + 1);
  CHECK(coro_channel_try_send_of(at, next) == 0);
  CHECK(coro_channel_try_send_of(at, next) == CORO_BUSY);
  CHECK(coro_channel_try_receive_of(at, &there) == 0 && there.y == 2);
  CHECK(coro_channel_try_receive_of(at, &there) == 0 && there.y == 4);

  // CHECK: error: static assertion failed{{.*}}not of the channel's type
#if WRONG == 1
  int number = 1;
  coro_channel_try_send_of(&points, &number);
#elif WRONG == 2
  char *text;
  coro_channel_try_receive_of(&none, &text);
#elif WRONG == 3
  coro_receive_op op;
  long other[2];
  coro_receive_op_init_of(&op, &points, other);
#endif
}
