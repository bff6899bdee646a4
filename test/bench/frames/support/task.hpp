// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the C++ programs have in common: a task that is as small as one can be
// (no exceptions, no allocator, no scheduler), awaiters for the ports, and a
// `main`. Bytes of frames are counted where they are allocated; with
// -DELIDE=1 a callee that is awaited at once may be part of its caller's frame.
#ifndef FRAMES_TASK_HPP
#define FRAMES_TASK_HPP

#include "ports.h"
#include <algorithm>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <utility>

#if ELIDE
#define ELIDABLE [[clang::coro_await_elidable]]
#else
#define ELIDABLE
#endif

inline size_t frames_now, frames_most;

struct counted {
  void *operator new(size_t size) {
    frames_now += size;
    frames_most = std::max(frames_most, frames_now);
    return std::malloc(size);
  }
  void operator delete(void *frame, size_t size) {
    frames_now -= size;
    std::free(frame);
  }
};

template <class T> struct result_slot {
  T value;
  void return_value(T v) { value = std::move(v); }
  T take() { return std::move(value); }
};
template <> struct result_slot<void> {
  void return_void() {}
  void take() {}
};

template <class T = void> struct ELIDABLE task {
  struct promise_type : counted, result_slot<T> {
    std::coroutine_handle<> waiter = std::noop_coroutine();
    task get_return_object() {
      return task{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct last {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> self) noexcept {
        return self.promise().waiter;
      }
      void await_resume() noexcept {}
    };
    last final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> frame;

  explicit task(std::coroutine_handle<promise_type> f) : frame(f) {}
  task(task &&other) noexcept : frame(std::exchange(other.frame, nullptr)) {}
  ~task() {
    if (frame)
      frame.destroy();
  }

  // Awaiting it runs it, and then whoever awaited it.
  bool await_ready() noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) noexcept {
    frame.promise().waiter = waiter;
    return frame;
  }
  T await_resume() { return frame.promise().take(); }
};

// Where the arm that is running says whom to resume in the next round.
inline std::coroutine_handle<> *innermost;

struct suspend {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> self) { *innermost = self; }
  void await_resume() {}
};

struct ready {
  unsigned port;
  bool await_ready() { return port_take(port); }
  void await_suspend(std::coroutine_handle<> self) { *innermost = self; }
  void await_resume() { port_take(port); }
};

struct get : ready {
  get(unsigned p) : ready{p} {}
  uint8_t await_resume() {
    port_take(port);
    return port_get(port);
  }
};

struct put : ready {
  uint8_t byte;
  put(unsigned p, uint8_t b) : ready{p}, byte(b) {}
  void await_resume() {
    port_take(port);
    port_put(port, byte);
  }
};

struct fill : ready {
  void *bytes;
  size_t size;
  fill(unsigned p, void *b, size_t n) : ready{p}, bytes(b), size(n) {}
  void await_resume() {
    port_take(port);
    port_fill(port, bytes, size);
  }
};

struct drain : ready {
  const void *bytes;
  size_t size;
  drain(unsigned p, const void *b, size_t n) : ready{p}, bytes(b), size(n) {}
  void await_resume() {
    port_take(port);
    port_drain(port, bytes, size);
  }
};

// A task that runs beside others. step() polls it; true once it is done.
template <class T> struct arm {
  task<T> of;
  std::coroutine_handle<> next;
  arm(task<T> t) : of(std::move(t)), next(of.frame) {}
  bool step() {
    if (of.frame.done())
      return true;
    auto outer = std::exchange(innermost, &next);
    next.resume();
    innermost = outer;
    return of.frame.done();
  }
  T result() { return of.frame.promise().take(); }
};

// All of them a step further: co_await suspend{} until it says true.
template <class... A> bool joined(A &...arms) {
  bool done = true;
  ((done &= arms.step()), ...);
  return done;
}

// Values without waiting.
template <class T> struct generator {
  struct promise_type : counted {
    T value;
    generator get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T v) {
      value = std::move(v);
      return {};
    }
    void return_void() {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> frame;
  generator(std::coroutine_handle<promise_type> f) : frame(f) {}
  generator(generator &&) = delete;
  ~generator() { frame.destroy(); }
  bool next() {
    frame.resume();
    return !frame.done();
  }
  T &value() { return frame.promise().value; }
};

#define RUN(...)                                                               \
  int main() {                                                                 \
    arm<uint32_t> whole(__VA_ARGS__);                                           \
    long rounds = 0;                                                           \
    for (; !whole.step(); rounds++)                                            \
      ports_tick();                                                            \
    std::printf("%u %08x %ld rounds\n", whole.result(), ports_checksum(), rounds);\
    std::fprintf(stderr, "%zu\n", frames_most);                                \
  }
#endif
