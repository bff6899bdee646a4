#include "bench.h"
#include <boost/context/fiber.hpp>

namespace context = boost::context;

uint64_t bench_run(uint64_t count) {
  context::fiber counter([](context::fiber &&caller) {
    for (uint64_t total = 0;;) {
      total += bench_step;
      bench_sink = total;
      caller = std::move(caller).resume();
    }
    return std::move(caller);
  });
  for (uint64_t i = 0; i < count; i++)
    counter = std::move(counter).resume();
  return bench_sink;
}
