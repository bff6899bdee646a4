/* Walks a tree by recursion, in a generator, and takes two walks in step: do
 * both trees have the same leaves, whatever their shape? */
#include <coro/coro.h>
#include <stdio.h>

struct tree {
  const struct tree *left, *right; /* both or none */
  char leaf;
};

/* The caller sees a 0 where there was no memory to go on. */
static coro_boxed yields_of(char) void leaves(const struct tree *t) {
  if (!t->left)
    coro_yield(t->leaf);
  else if (!coro_try_box(0, leaves, t->left) ||
           !coro_try_box(0, leaves, t->right))
    coro_yield(0);
}

static _Bool same_leaves(const struct tree *a, const struct tree *b) {
  coro_task(leaves) of_a, of_b;
  coro_start(&of_a, leaves, a);
  coro_start(&of_b, leaves, b);
  /* Both run to their end, which gives their frames back. */
  _Bool same = 1;
  for (;;) {
    int more_a = coro_next(&of_a), more_b = coro_next(&of_b);
    if (!more_a && !more_b)
      return same;
    same = same && more_a && more_b && of_a.yielded == of_b.yielded;
  }
}

int main(void) {
  const struct tree c = {0, 0, 'c'}, o = {0, 0, 'o'}, r = {0, 0, 'r'};
  const struct tree co = {&c, &o, 0}, ro = {&r, &o, 0}, or = {&o, &r, 0};
  const struct tree coro = {&co, &ro, 0};     /* ((c o) (r o)) */
  const struct tree oro = {&or, &o, 0};       /* ((o r) o) */
  const struct tree other = {&c, &oro, 0};    /* (c ((o r) o)) */
  const struct tree short_one = {&co, &r, 0}; /* ((c o) r) */

  coro_for(char leaf, leaves, &other) putchar(leaf);
  printf("\n%d %d\n", same_leaves(&coro, &other),
         same_leaves(&coro, &short_one));
}
