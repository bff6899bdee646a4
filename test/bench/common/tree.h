// A complete binary tree of 1023 nodes, for walks in order.
#ifndef BENCH_TREE_H
#define BENCH_TREE_H

#include "bench.h"

enum { TREE_NODES = 1023 };
struct node {
  struct node *left, *right;
  uint64_t value;
};
extern struct node bench_tree[TREE_NODES];

static inline struct node *tree_root(void) {
  for (int i = 0; i < TREE_NODES; i++) {
    int inner = 2 * i + 2 < TREE_NODES;
    bench_tree[i].left = inner ? &bench_tree[2 * i + 1] : 0;
    bench_tree[i].right = inner ? &bench_tree[2 * i + 2] : 0;
    bench_tree[i].value = (uint64_t)i + bench_step;
  }
  return bench_tree;
}

#endif
