// Two generators side by side, as one: pairs of a prime and a word, until both
// end. Both frames are in the frame of `zip`; nothing is allocated.
#include <coro/coro.h>
#include <stdbool.h>
#include <stdio.h>

static yields_of(unsigned) void primes(unsigned below) {
  for (unsigned n = 2; n < below; n++) {
    unsigned d = 2;
    while (d * d <= n && n % d)
      d++;
    if (d * d > n)
      coro_yield(n);
  }
}

struct word {
  const char *text;
  int length;
};

static yields_of(struct word) int words(const char *text) {
  int count = 0;
  while (*text) {
    int length = 0;
    while (text[length] && text[length] != ' ')
      length++;
    coro_yield((struct word){text, length});
    count++;
    text += length + (text[length] == ' ');
  }
  return count;
}

struct pair {
  unsigned prime;
  struct word word;
};

static yields_of(struct pair) void zip(unsigned below, const char *text) {
  coro_task(primes) left;
  coro_task(words) right;
  coro_start(&left, primes, below);
  coro_start(&right, words, text);
  for (;;) {
    bool more = coro_next(&left), other = coro_next(&right);
    if (!more && !other)
      return;
    coro_yield((struct pair){more ? left.yielded : 0,
                             other ? right.yielded : (struct word){"-", 1}});
  }
}

_Static_assert(sizeof(coro_task(zip)) <= 256, "all three frames are in here");

int main(void) {
  coro_for(struct pair p, zip, 15, "side by side they go")
      printf("%u %.*s\n", p.prime, p.word.length, p.word.text);
}
