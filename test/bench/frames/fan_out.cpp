#include "support/task.hpp"

struct offer {
  uint32_t amount;
  uint16_t currency, supplier;
};

static task<uint32_t> call(unsigned port, uint8_t what, uint32_t argument) {
  uint8_t packet[12] = {what};
  memcpy(packet + 1, &argument, 4);
  co_await drain(port, packet, 5);
  uint8_t delay = co_await get(port) & 3;
  while (delay-- > 0)
    co_await ready(port);
  co_await fill(port, packet, sizeof(packet));
  co_return digest(what, packet, sizeof(packet));
}

static task<uint32_t> stock(unsigned port, uint32_t item) {
  uint32_t warehouse = co_await call(port, 'w', item);
  uint32_t shelf = co_await call(port, 's', warehouse);
  co_return shelf % 1000;
}

static task<offer> price(unsigned port, uint32_t item) {
  struct offer best = {~0u, 0, 0};
  for (uint16_t supplier = 0; supplier < 3; supplier++) {
    uint32_t amount = co_await call(port, 'p', item + supplier) % 5000;
    if (amount < best.amount)
      best = offer{amount, (uint16_t)(amount & 7), supplier};
  }
  if (best.currency != 0)
    best.amount = best.amount * (co_await call(port, 'x', best.currency) % 9 + 1) / 4;
  co_return best;
}

static task<uint32_t> reviews(unsigned port, uint32_t item) {
  uint32_t stars = 0, count = co_await call(port, 'r', item) % 5 + 1;
  for (uint32_t i = 0; i < count; i++)
    stars += co_await call(port, 'r', item ^ i) % 6;
  co_return stars * 100 / count;
}

static task<uint32_t> picture(unsigned port, uint32_t item) {
  uint8_t block[64];
  uint32_t sum = item;
  for (int i = 0; i < 3; i++) {
    co_await fill(port, block, sizeof(block));
    sum = digest(sum, block, sizeof(block));
  }
  co_return sum;
}

static task<uint32_t> page(uint32_t item) {
  arm in_stock(stock(0, item));
  arm costs(price(1, item));
  arm liked(reviews(2, item));
  arm looks(picture(3, item));
  while (!joined(in_stock, costs, liked, looks))
    co_await suspend{};
  co_return in_stock.result() + costs.result().amount * 3 + costs.result().supplier +
         liked.result() + looks.result();
}

static task<uint32_t> shop(unsigned pages) {
  uint32_t sum = 0;
  for (unsigned i = 0; i < pages; i++)
    sum = sum * 31 + co_await page(i * 77);
  co_return sum;
}

RUN(shop(4))
