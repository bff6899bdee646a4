// A fiber that leaves each value in a variable. The walk is plain recursion.
#include "switch.h"
#include "tree.h"

struct node bench_tree[TREE_NODES];

static void *main_stack, *values_stack;
static _Alignas(16) char stack[1 << 16];
static uint64_t wanted, value;
static int done;

static void hand_out(uint64_t v) {
  value = v;
  fiber_switch(&values_stack, main_stack);
}

static void range(uint64_t from, uint64_t to) {
  for (uint64_t i = from; i < to; i++)
    hand_out(i ^ bench_step);
}

static void walk(struct node *n) {
  if (n->left)
    walk(n->left);
  hand_out(n->value);
  if (n->right)
    walk(n->right);
}

static void values(void) {
#if defined(LOOP)
  range(0, wanted);
#elif defined(NESTED)
  for (uint64_t i = 0; i < wanted; i += 8)
    range(i, i + 8 < wanted ? i + 8 : wanted);
#else
  struct node *root = tree_root();
  for (uint64_t i = 0; i < wanted; i += TREE_NODES)
    walk(root);
#endif
  done = 1;
  fiber_switch(&values_stack, main_stack);
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  wanted = count;
  done = 0;
  values_stack = fiber_new(stack, sizeof(stack), values);
  for (;;) {
    fiber_switch(&main_stack, values_stack);
    if (done)
      return sum;
    sum += value;
  }
}
