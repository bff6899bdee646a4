// The macros of coro_oneshot_of, coro_broadcast_of and coro_subscription_of are
// errors where the value has another type, and evaluate what they are given
// once.
// RUN: %clang %cflags -Wpedantic %s %rt -o %t && %t
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %not %clang %cflags -DWRONG=1 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=2 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=3 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=4 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=5 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=6 -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang %cflags -DWRONG=7 -fsyntax-only %s 2>&1 | %filecheck %s --check-prefix=NONE
#include "../check.h"

#include <coro/broadcast.h>
#include <coro/oneshot.h>
#ifdef CORO_HAS_EFFECTS
#include <coro/coro.h>
#endif

struct point {
  int x, y;
};
typedef coro_oneshot_of(struct point) place;
typedef coro_broadcast_of(struct point, 2) track;
typedef coro_subscription_of(struct point) follower;

#ifdef CORO_HAS_EFFECTS
static yields void waits(place *where, track *path) {
  struct point here = {0, 0};
  coro_oneshot_op op;
  CHECK(coro_oneshot_receive_for_of(where, &here, 0) == CORO_TIMED_OUT);
  coro_oneshot_op_init_of(&op, where, &here);
  CHECK(!coro_timeout(0, &op));
  struct point there = {5, 6};
  CHECK(coro_oneshot_send_of(where, &there) == 0);
  CHECK(coro_oneshot_receive_of(where, &here) == 0 && here.y == 6);

  follower late, *at = &late;
  coro_broadcast_op heard;
  coro_subscribe_of(at, path);
  CHECK(coro_broadcast_receive_for_of(at, &here, 0) == CORO_TIMED_OUT);
  CHECK(coro_broadcast_send_of(path, &there) == 0);
  CHECK(coro_broadcast_receive_of(at, &here) == 0 && here.x == 5);
  coro_broadcast_op_init_of(&heard, at, &here);
  coro_broadcast_close_of(path);
  CHECK(coro_wait(&heard) == CORO_DONE);
  CHECK(heard.waiter.result == CORO_CLOSED);
}
#endif

int main(void) {
  place one, *where = &one;
  track two, *path = &two;
  follower three, *from = &three;
  const struct point here[] = {{1, 2}, {3, 4}, {5, 6}}, *next = here;
  struct point there;
  coro_oneshot_init_of(&one);
  CHECK(one.oneshot.size == sizeof(there) && one.oneshot.slot == &one.slot);
  CHECK(coro_oneshot_send_of(where++, next++) == 0);
  CHECK(where == &one + 1 && next == here + 1);
  CHECK(coro_oneshot_try_receive_of(&one, &there) == 0 && there.y == 2);
  coro_oneshot_close_of(&one);

  coro_broadcast_init_of(&two);
  CHECK(two.broadcast.slots == 2 && two.broadcast.element == sizeof(there));
  CHECK(sizeof(two) == sizeof(coro_broadcast) + 2 * sizeof(there));
  CHECK(sizeof(three) == sizeof(coro_subscription));
  coro_subscribe_of(from++, path++);
  CHECK(from == &three + 1 && path == &two + 1);
  for (next = here; next < here + 3;)
    CHECK(coro_broadcast_send_of(&two, next++) == 0);
  CHECK(coro_broadcast_try_receive_of(&three, &there) == 1 && there.x == 3);
#ifdef CORO_HAS_EFFECTS
  coro_oneshot_init_shared_of(&one);
  coro_broadcast_init_shared_of(&two);
  coro_block_on(waits, &one, &two);
#endif

  // CHECK: error: static assertion failed{{.*}}not of the {{.*}}'s type
  // NONE: error: {{.*}}negative size
  char *text;
  coro_subscription_of(long) others;
#if WRONG == 1
  coro_oneshot_send_of(&one, &text);
#elif WRONG == 2
  coro_oneshot_try_receive_of(&one, &text);
#elif WRONG == 3
  coro_broadcast_send_of(&two, &text);
#elif WRONG == 4
  coro_broadcast_try_receive_of(&three, &text);
#elif WRONG == 5
  coro_subscribe_of(&others, &two);
#elif WRONG == 6
  coro_broadcast_op op;
  coro_broadcast_op_init_of(&op, &others, &there);
#elif WRONG == 7
  coro_broadcast_of(int, 0) none;
#endif
  (void)text, (void)others;
}
