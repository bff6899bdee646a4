// Detached coroutines, each allocated as its ramp says, in a queue of handles.
#include "coroutine.hpp"
#include <deque>

static std::deque<std::coroutine_handle<>> ready;
static uint64_t sum, left;

struct detached {
  struct promise_type {
    detached get_return_object() {
      ready.push_back(std::coroutine_handle<promise_type>::from_promise(*this));
      return {};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept {
      left--;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct yield_now {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { ready.push_back(h); }
  void await_resume() {}
};

static detached work(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  co_await yield_now();
  sum += kept;
}

uint64_t bench_run(uint64_t count) {
  sum = 0;
  left = count;
  for (uint64_t i = 0; i < count; i++)
    work(i);
  while (left) {
    auto next = ready.front();
    ready.pop_front();
    next.resume();
  }
  return sum;
}
