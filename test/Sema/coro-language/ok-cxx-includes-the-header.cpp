// RUN: %coro -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only %s
// RUN: %coro -std=c++20 -Wall -Wextra -Wpedantic -Werror -fsyntax-only %s
// RUN: %clang -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only %s
// The header in C++ shows what C++ can use, with the plugin and without.
#include <coro/coro.h>

static coro_status poll(coro_any_task task) {
  coro_context cx = CORO_CONTEXT_INIT;
  return coro_poll_any(task, &cx);
}

int main() {
  coro_descriptor descriptor = {};
  descriptor.poll = [](void *, coro_context *) -> coro_status {
    return CORO_DONE;
  };
  return poll({nullptr, &descriptor}) != CORO_DONE;
}
