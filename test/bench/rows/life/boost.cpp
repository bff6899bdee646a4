// The library's own stacks, as it makes them.
#include "bench.h"
#include <boost/context/fiber.hpp>
#include <vector>

namespace context = boost::context;

static context::fiber caller;

static APART uint64_t leaf(uint64_t n) {
  caller = std::move(caller).resume();
  return n + bench_step;
}
static APART uint64_t middle(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  return leaf(n) + kept;
}
static APART uint64_t work(uint64_t n) {
  uint64_t kept = n * bench_step;
  return middle(n) + kept;
}

static context::fiber begun(uint64_t n, uint64_t *result) {
  context::fiber fiber([=](context::fiber &&from) {
    caller = std::move(from);
    *result = work(n);
    return std::move(caller);
  });
  return std::move(fiber).resume();
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0, result;
#ifdef SETUP
  for (uint64_t i = 0; i < count; i++) {
    std::move(begun(i, &result)).resume();
    sum += result;
  }
#else
  auto &all = *new std::vector<context::fiber>;
  for (uint64_t i = 0; i < count; i++, sum++)
    all.push_back(begun(i, &result));
#endif
  return sum;
}
