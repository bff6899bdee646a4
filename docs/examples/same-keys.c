// The keys of a tree in order, by a generator that keeps its way back in its
// frame; and two trees compared key by key, though their shapes differ.
#include <coro/coro.h>
#include <stdbool.h>
#include <stdio.h>

struct node {
  int key;
  const struct node *left, *right;
};

enum { DEPTH = 32 };

static yields_of(int) void keys(const struct node *at) {
  const struct node *above[DEPTH];
  int depth = 0;
  for (;;) {
    for (; at && depth < DEPTH; at = at->left)
      above[depth++] = at;
    if (depth == 0)
      return;
    at = above[--depth];
    coro_yield(at->key);
    at = at->right;
  }
}

static bool same_keys(const struct node *a, const struct node *b) {
  coro_task(keys) left, right;
  coro_start(&left, keys, a);
  coro_start(&right, keys, b);
  for (bool same = true;;) {
    bool more = coro_next(&left), other = coro_next(&right);
    if (!more && !other)
      return same;
    if (!more || !other || left.yielded != right.yielded)
      same = false;
  }
}

int main(void) {
  const struct node one = {1, 0, 0}, three = {3, 0, 0};
  const struct node balanced = {2, &one, &three};
  const struct node two = {2, &one, 0};
  const struct node leaning = {3, &two, 0};
  coro_for(int key, keys, &leaning) printf("%d ", key);
  printf("%s\n", same_keys(&balanced, &leaning) ? "same" : "different");
}
