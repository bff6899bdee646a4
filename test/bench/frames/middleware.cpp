#include "support/task.hpp"

struct request {
  uint32_t user, route, deadline;
  uint16_t flags, status;
};

static uint32_t cached[16];

static task<uint32_t> disk(unsigned port, struct request *r) {
  uint8_t block[32];
  co_await fill(port, block, sizeof(block));
  co_return digest(r->route, block, sizeof(block));
}

static task<uint32_t> retry(unsigned port, struct request *r) {
  uint32_t got = 0;
  for (int i = 0; i < 3 && got % 4 == 0; i++)
    got = co_await disk(port, r);
  co_return got;
}

// Before and after the next layer.
#define LAYER(name, next, before, after)                                       \
  static task<uint32_t> name(unsigned port, struct request *r) {              \
    uint32_t kept = (before);                                                  \
    uint32_t result = co_await next(port, r);                                           \
    co_return (after);                                                            \
  }

LAYER(checksum, retry, r->flags, result ^ kept)
LAYER(decrypt, checksum, r->user * 7, result - kept)
LAYER(decompress, decrypt, r->route, result + (result >> 3) + kept)
LAYER(index_lookup, decompress, r->route % 31, result * 31 + kept)
LAYER(transaction, index_lookup, (r->flags |= 1), (r->flags &= 0xfffe, result + kept))
LAYER(statement, transaction, r->user & 15, result ^ kept << 4)
LAYER(mapper, statement, r->route >> 4, result + kept)
LAYER(handler, mapper, r->deadline, kept < 5 ? 0 : result)
LAYER(validate, handler, r->user % 3, kept == 0 ? result / 2 : result)

static task<uint32_t> cache(unsigned port, struct request *r) {
  uint32_t *place = &cached[r->route % 16];
  if (*place != 0)
    co_return *place;
  uint32_t result = co_await validate(port, r);
  *place = result;
  co_return result;
}

LAYER(tenant, cache, r->user / 100, result + kept)
LAYER(authorize, tenant, r->user ^ r->route, kept % 13 == 0 ? (r->status = 403, 0u) : result)
LAYER(authenticate, authorize, r->user, kept == 0 ? (r->status = 401, 0u) : result)
LAYER(cors, authenticate, r->flags, result + (kept & 1))
LAYER(compress, cors, r->flags >> 2, kept & 1 ? result >> 1 : result)
LAYER(etag, compress, r->route * 3, result ^ kept)
LAYER(timing, etag, r->deadline--, (note(kept - r->deadline), result))
LAYER(tracing, timing, (note(r->user), r->user), (note(result), result + kept))
LAYER(logging, tracing, r->route, (note(r->status + kept), result))

static task<uint32_t> serve(unsigned port, unsigned count) {
  uint32_t sum = 0;
  for (unsigned i = 0; i < count; i++) {
    struct request r = {i * 13 % 29, i * 7 % 40, i + 3, (uint16_t)(i & 7), 200};
    sum = sum * 31 + co_await logging(port, &r) + r.status;
  }
  co_return sum;
}

RUN(serve(0, 40))
