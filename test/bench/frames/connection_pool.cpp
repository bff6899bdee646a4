#include "support/task.hpp"

enum { SLOTS = 2 };
static bool busy[SLOTS];

enum trouble : uint8_t { FINE, REFUSED, LOST };

struct row {
  uint32_t id;
  char name[24];
};

struct counted_or_trouble {
  unsigned count;
  trouble error;
};

struct slot {
  unsigned index;
  ~slot() {
    busy[index] = false;
    note(index);
  }
};

static task<unsigned> acquire(unsigned clock) {
  for (;;) {
    for (unsigned i = 0; i < SLOTS; i++)
      if (!busy[i]) {
        busy[i] = true;
        co_return i;
      }
    co_await ready{clock};
  }
}

static task<trouble> login(unsigned port, const char *user) {
  uint32_t challenge;
  {
    char greeting[48];
    co_await fill(port, greeting, sizeof(greeting));
    challenge = digest(1, greeting, sizeof(greeting));
  }
  if (challenge % 7 == 0)
    co_return REFUSED;
  char proof[40];
  int n = snprintf(proof, sizeof(proof), "%s:%08x", user, challenge);
  co_await drain(port, proof, (size_t)n);
  co_return FINE;
}

static task<counted_or_trouble> query(unsigned clock, const char *user,
                                      const char *sql, row *rows, unsigned most) {
  slot held{co_await acquire(clock)};
  unsigned port = held.index, count = 0;
  if (trouble t = co_await login(port, user))
    co_return {0, t};
  co_await drain(port, sql, strlen(sql));
  while (count < most) {
    uint8_t more = co_await get{port};
    if (more % 11 == 0)
      co_return {0, LOST};
    if (more < 60)
      break;
    co_await fill(port, rows[count].name, sizeof(rows[count].name));
    rows[count].id = more;
    count++;
  }
  co_return {count, FINE};
}

static task<uint32_t> client(unsigned clock, const char *user, unsigned times) {
  row rows[4];
  uint32_t sum = 0, failures = 0;
  for (unsigned i = 0; i < times; i++) {
    auto [n, t] = co_await query(clock, user, "select *", rows, 4);
    if (t == FINE) {
      sum = digest(sum + n, rows, n * sizeof(rows[0]));
    } else {
      failures += t;
      co_await ready{clock};
    }
  }
  co_return sum + failures;
}

static task<uint32_t> two() {
  arm ann(client(4, "ann", 5)), bob(client(5, "bob", 6));
  while (!joined(ann, bob))
    co_await suspend{};
  co_return ann.result() ^ bob.result();
}

RUN(two())
