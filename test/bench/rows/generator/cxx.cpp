// Where generators call generators, one as std::generator is: the outermost
// knows the innermost, so that a value costs the same at any depth; an inner
// one is awaited. For the loop the plain one, which clang can dissolve.
#include "coroutine.hpp"
#include "tree.h"

struct node bench_tree[TREE_NODES];

#if defined(LOOP)
struct generator {
  struct promise_type {
    uint64_t value;
    generator get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(uint64_t v) {
      value = v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;

  ~generator() { handle.destroy(); }
  bool next() {
    handle.resume();
    return !handle.done();
  }
  uint64_t value() { return handle.promise().value; }
};
#else
struct ELIDABLE generator {
  struct promise_type {
    uint64_t *value;
    promise_type *root = this, *caller = nullptr;
    std::coroutine_handle<promise_type> innermost = self();

    std::coroutine_handle<promise_type> self() {
      return std::coroutine_handle<promise_type>::from_promise(*this);
    }
    generator get_return_object() { return generator(self()); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct to_caller {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> done) noexcept {
        promise_type *caller = done.promise().caller;
        if (!caller)
          return std::noop_coroutine();
        done.promise().root->innermost = caller->self();
        return caller->self();
      }
      void await_resume() noexcept {}
    };
    to_caller final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(uint64_t &&v) {
      root->value = &v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;

  explicit generator(std::coroutine_handle<promise_type> h) : handle(h) {}
  generator(generator &&other) : handle(std::exchange(other.handle, nullptr)) {}
  ~generator() {
    if (handle)
      handle.destroy();
  }
  bool next() {
    handle.promise().innermost.resume();
    return !handle.done();
  }
  uint64_t value() { return *handle.promise().value; }

  struct awaiter {
    std::coroutine_handle<promise_type> inner;
    bool await_ready() { return false; }
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<promise_type> outer) {
      inner.promise().caller = &outer.promise();
      inner.promise().root = outer.promise().root;
      inner.promise().root->innermost = inner;
      return inner;
    }
    void await_resume() {}
  };
  awaiter operator co_await() && { return {handle}; }
};
#endif

static generator range(uint64_t from, uint64_t to) {
  for (uint64_t i = from; i < to; i++)
    co_yield i ^ bench_step;
}

#if defined(LOOP)
#define GENERATOR range(0, count)
#elif defined(NESTED)
static generator rows(uint64_t count) {
  for (uint64_t i = 0; i < count; i += 8)
    co_await range(i, i + 8 < count ? i + 8 : count);
}
#define GENERATOR rows(count)
#else
static generator walk(node *n) {
  if (n->left)
    co_await walk(n->left);
  co_yield uint64_t(n->value);
  if (n->right)
    co_await walk(n->right);
}
static generator walks(uint64_t count) {
  node *root = tree_root();
  for (uint64_t i = 0; i < count; i += TREE_NODES)
    co_await walk(root);
}
#define GENERATOR walks(count)
#endif

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  auto values = GENERATOR;
  while (values.next())
    sum += values.value();
  return sum;
}
