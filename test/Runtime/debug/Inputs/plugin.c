/* A library that a program loads while it runs: a task of its own. */
#include <coro/coro.h>

// clang-format off
#line 700 "plugin.c"
static yields int of_plugin(void) {
  return coro_sleep(CORO_FOREVER);
}
// clang-format on
coro_any_task plugin_task(void) {
  return coro_new(&coro_allocator_default, of_plugin);
}
