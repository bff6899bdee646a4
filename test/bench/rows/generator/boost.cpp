// A fiber that leaves each value in a variable. The walk is plain recursion.
#include "tree.h"
#include <boost/context/fiber.hpp>

namespace context = boost::context;

struct node bench_tree[TREE_NODES];

static uint64_t value;

static void hand_out(context::fiber &caller, uint64_t v) {
  value = v;
  caller = std::move(caller).resume();
}

static void range(context::fiber &caller, uint64_t from, uint64_t to) {
  for (uint64_t i = from; i < to; i++)
    hand_out(caller, i ^ bench_step);
}

static void walk(context::fiber &caller, node *n) {
  if (n->left)
    walk(caller, n->left);
  hand_out(caller, n->value);
  if (n->right)
    walk(caller, n->right);
}

uint64_t bench_run(uint64_t count) {
  context::fiber values([count](context::fiber &&caller) {
#if defined(LOOP)
    range(caller, 0, count);
#elif defined(NESTED)
    for (uint64_t i = 0; i < count; i += 8)
      range(caller, i, i + 8 < count ? i + 8 : count);
#else
    node *root = tree_root();
    for (uint64_t i = 0; i < count; i += TREE_NODES)
      walk(caller, root);
#endif
    return std::move(caller);
  });
  uint64_t sum = 0;
  for (values = std::move(values).resume(); values;
       values = std::move(values).resume())
    sum += value;
  return sum;
}
