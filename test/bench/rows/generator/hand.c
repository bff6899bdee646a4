// The loops; for the tree, one with a stack of its own.
#include "tree.h"

struct node bench_tree[TREE_NODES];

#if defined(LOOP)
uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; i++)
    sum += i ^ bench_step;
  return sum;
}
#elif defined(NESTED)
uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; i += 8) {
    uint64_t to = i + 8 < count ? i + 8 : count;
    for (uint64_t j = i; j < to; j++)
      sum += j ^ bench_step;
  }
  return sum;
}
#else
uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  struct node *root = tree_root();
  for (uint64_t i = 0; i < count; i += TREE_NODES) {
    struct node *stack[64], *n = root;
    int deep = 0;
    while (n || deep) {
      for (; n; n = n->left)
        stack[deep++] = n;
      n = stack[--deep];
      sum += n->value;
      n = n->right;
    }
  }
  return sum;
}
#endif
