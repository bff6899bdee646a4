// Detached coroutines in a queue of handles.
#include "coroutine.hpp"
#include <deque>

static constexpr unsigned tasks = 1000;
static uint64_t values[tasks];
static std::deque<std::coroutine_handle<>> ready;

struct detached {
  struct promise_type {
    detached get_return_object() {
      ready.push_back(std::coroutine_handle<promise_type>::from_promise(*this));
      return {};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct yield_now {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { ready.push_back(h); }
  void await_resume() {}
};

static detached add(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; co_await yield_now())
    values[i] += bench_step;
}
static detached xor_with(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; co_await yield_now())
    values[i] ^= bench_step + left;
}
static detached shift(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; co_await yield_now())
    values[i] = values[i] << 1 ^ bench_step;
}
static detached multiply(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; co_await yield_now())
    values[i] *= bench_step;
}

uint64_t bench_run(uint64_t count) {
  for (unsigned i = 0; i < tasks; i++)
    switch ((i * UINT32_C(2654435761)) >> 30) {
    case 0:
      add(i, count / tasks);
      break;
    case 1:
      xor_with(i, count / tasks);
      break;
    case 2:
      shift(i, count / tasks);
      break;
    default:
      multiply(i, count / tasks);
    }
  while (!ready.empty()) {
    auto next = ready.front();
    ready.pop_front();
    next.resume();
  }
  uint64_t sum = 0;
  for (uint64_t value : values)
    sum += value;
  return sum;
}
