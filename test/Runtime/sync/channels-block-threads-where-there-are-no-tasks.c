// With effects erased the same calls block the thread; and with effects, in
// threads of coro_block_on.
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t && %t
// RUN: %corocc %cflags -O1 %s -pthread -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

enum { VALUES = 2000, ROOM = 3 };

static coro_channel_of(int, ROOM) numbers;
static coro_oneshot answer;
static coro_broadcast news;
static int slot, room[VALUES];
static pthread_t thread;

static yields int send_all(void) {
  int question = 0;
  for (int i = 0; i < VALUES; i++) {
    CHECK(coro_broadcast_send(&news, &i) == 0);
    CHECK((i % 2 ? coro_channel_send_of(&numbers, &i)
                 : coro_channel_send_for_of(&numbers, &i, CORO_FOREVER)) == 0);
  }
  coro_channel_close_of(&numbers);
  CHECK(coro_oneshot_receive(&answer, &question) == 0 && question == 42);
  coro_broadcast_close(&news);
  return 0;
}

static void *other_thread(void *data) {
  coro_block_on(send_all);
  return data;
}

static yields int receive_all(void) {
  int value = -1, count = 0, result;
  coro_subscription heard;
  coro_subscribe(&heard, &news);
  CHECK(coro_channel_receive_for_of(&numbers, &value, 1000) == CORO_TIMED_OUT);
  CHECK(coro_oneshot_receive_for(&answer, &value, 1000) == CORO_TIMED_OUT);
  CHECK(coro_broadcast_receive_for(&heard, &value, 1000) == CORO_TIMED_OUT);
  CHECK(value == -1);

  pthread_create(&thread, NULL, other_thread, NULL);
  for (;; count++) {
    result = count % 2 ? coro_channel_receive_of(&numbers, &value)
                       : coro_channel_receive_for_of(&numbers, &value,
                                                     60 * CORO_SECOND);
    if (result != 0)
      break;
    CHECK(value == count);
  }
  CHECK(result == CORO_CLOSED && count == VALUES);
  for (int i = 0; i < VALUES; i++)
    CHECK(coro_broadcast_receive(&heard, &value) == 0 && value == i);
  value = 42;
  CHECK(coro_oneshot_send(&answer, &value) == 0);
  CHECK(coro_broadcast_receive_for(&heard, &value, 60 * CORO_SECOND) ==
        CORO_CLOSED);
  return 0;
}

int main(void) {
  coro_channel_init_shared_of(&numbers);
  coro_oneshot_init_shared(&answer, &slot, sizeof(slot));
  coro_broadcast_init_shared(&news, room, VALUES, sizeof(int));
  coro_block_on(receive_all);
  pthread_join(thread, NULL);
}
