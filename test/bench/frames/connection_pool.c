// A pool of connections: a task takes one, or waits for one; a cleanup gives it
// back however the query ends.
#include "support/frames.h"

enum { SLOTS = 2 };
static bool busy[SLOTS];

enum trouble { REFUSED = 1, LOST };

struct row {
  uint32_t id;
  char name[24];
};

static yields unsigned acquire(unsigned clock) {
  for (;;) {
    for (unsigned i = 0; i < SLOTS; i++)
      if (!busy[i]) {
        busy[i] = true;
        return i;
      }
    ready(clock);
  }
}

static void release(unsigned *slot) {
  busy[*slot] = false;
  note(*slot);
}

static raises(enum trouble) yields void login(unsigned port, const char *user) {
  uint32_t challenge;
  {
    char greeting[48];
    fill(port, greeting, sizeof(greeting));
    challenge = digest(1, greeting, sizeof(greeting));
  }
  if (challenge % 7 == 0)
    coro_raise(REFUSED);
  char proof[40];
  int n = snprintf(proof, sizeof(proof), "%s:%08x", user, challenge);
  drain(port, proof, (size_t)n);
}

static raises(enum trouble) yields unsigned query(unsigned clock, const char *user,
                                                  const char *sql, struct row *rows,
                                                  unsigned most) {
  __attribute__((cleanup(release))) unsigned slot = acquire(clock);
  unsigned port = slot, count = 0;
  login(port, user);
  drain(port, sql, strlen(sql));
  while (count < most) {
    uint8_t more = get(port);
    if (more % 11 == 0)
      coro_raise(LOST);
    if (more < 60)
      break;
    fill(port, rows[count].name, sizeof(rows[count].name));
    rows[count].id = more;
    count++;
  }
  return count;
}

static yields uint32_t client(unsigned clock, const char *user, unsigned times) {
  struct row rows[4];
  uint32_t sum = 0, failures = 0;
  for (unsigned i = 0; i < times; i++) {
    coro_try {
      unsigned n = query(clock, user, "select *", rows, 4);
      sum = digest(sum + n, rows, n * sizeof(rows[0]));
    }
    coro_catch (enum trouble, t) {
      failures += t;
      ready(clock);
    }
  }
  return sum + failures;
}

static yields uint32_t two(void) {
  coro_task(client) ann, bob;
  coro_start(&ann, client, 4, "ann", 5);
  coro_start(&bob, client, 5, "bob", 6);
  coro_join(&ann, &bob);
  return ann.result ^ bob.result;
}

RUN(two)
