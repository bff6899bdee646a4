// Fibers with the library's own stacks, 10,000 at once.
#include "bench.h"
#include <boost/context/fiber.hpp>
#include <vector>

namespace context = boost::context;

uint64_t bench_run(uint64_t count) {
  const uint64_t at_once = 10000;
  uint64_t sum = 0;
  std::vector<context::fiber> fibers;
  for (uint64_t begin = 0; begin < count; begin += at_once) {
    for (uint64_t i = begin; i < count && i < begin + at_once; i++) {
      fibers.emplace_back([&sum, i](context::fiber &&caller) {
        uint64_t kept = i ^ bench_step;
        caller = std::move(caller).resume();
        sum += kept;
        return std::move(caller);
      });
      fibers.back() = std::move(fibers.back()).resume();
    }
    for (auto &fiber : fibers)
      fiber = std::move(fiber).resume();
    fibers.clear();
  }
  return sum;
}
