// C++20: a task as libraries write it: lazy, awaited once, continues its caller
// by symmetric transfer. clang may put the frame of a task that is awaited
// where it is called into the caller's (coro_await_elidable).
#ifndef BENCH_COROUTINE_HPP
#define BENCH_COROUTINE_HPP

#include "bench.h"
#include <coroutine>
#include <exception>
#include <utility>

#if __has_cpp_attribute(clang::coro_await_elidable)
#define ELIDABLE [[clang::coro_await_elidable]]
#else
#define ELIDABLE
#endif

// What APART is in C. clang elides no function that is noinline, so that it is
// said of the call.
#define CALL_APART [[clang::noinline]]
#ifdef EMBEDDED
#define CALL_LEVEL CALL_APART
#else
#define CALL_LEVEL
#endif

template <class T> struct ELIDABLE task {
  struct promise_type {
    std::coroutine_handle<> caller = std::noop_coroutine();
    T value;
    task get_return_object() {
      return task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct to_caller {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> done) noexcept {
        return done.promise().caller;
      }
      void await_resume() noexcept {}
    };
    to_caller final_suspend() noexcept { return {}; }
    void return_value(T v) { value = v; }
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;

  explicit task(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  task(task &&other) : handle(std::exchange(other.handle, nullptr)) {}
  ~task() {
    if (handle)
      handle.destroy();
  }
  struct awaiter {
    std::coroutine_handle<promise_type> handle;
    bool await_ready() { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
      handle.promise().caller = caller;
      return handle;
    }
    T await_resume() { return handle.promise().value; }
  };
  awaiter operator co_await() && { return {handle}; }
};

// Who is to be resumed: what waits says so, as it would to an executor.
inline std::coroutine_handle<> waiting;

struct suspend {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { waiting = h; }
  void await_resume() {}
};

// The same handle, and no compiler knows.
inline std::coroutine_handle<> opaque(std::coroutine_handle<> h) {
  return std::coroutine_handle<>::from_address(bench_opaque(h.address()));
}

#endif
