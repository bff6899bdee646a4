#include "tree.h"
#include <coro/coro.h>

struct node bench_tree[TREE_NODES];

#if defined(LOOP)
static yields_of(uint64_t) void values(uint64_t count) {
  for (uint64_t i = 0; i < count; i++)
    coro_yield(i ^ bench_step);
}
#elif defined(NESTED)
static yields_of(uint64_t) void range(uint64_t from, uint64_t to) {
  for (uint64_t i = from; i < to; i++)
    coro_yield(i ^ bench_step);
}
static yields_of(uint64_t) void values(uint64_t count) {
  for (uint64_t i = 0; i < count; i += 8)
    range(i, i + 8 < count ? i + 8 : count);
}
#else
static coro_boxed yields_of(uint64_t) void walk(struct node *n) {
  if (n->left)
    coro_try_box(0, walk, n->left);
  coro_yield(n->value);
  if (n->right)
    coro_try_box(0, walk, n->right);
}
static yields_of(uint64_t) void values(uint64_t count) {
  struct node *root = tree_root();
  for (uint64_t i = 0; i < count; i += TREE_NODES)
    walk(root);
}
#endif

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  coro_for(uint64_t value, values, count) sum += value;
  return sum;
}
