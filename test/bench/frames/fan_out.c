// A request that asks four services at once, two of which ask others, and puts
// their answers together.
#include "support/frames.h"

struct offer {
  uint32_t amount;
  uint16_t currency, supplier;
};

static yields uint32_t call(unsigned port, uint8_t what, uint32_t argument) {
  uint8_t packet[12] = {what};
  memcpy(packet + 1, &argument, 4);
  drain(port, packet, 5);
  uint8_t delay = get(port) & 3;
  while (delay-- > 0)
    ready(port);
  fill(port, packet, sizeof(packet));
  return digest(what, packet, sizeof(packet));
}

static yields uint32_t stock(unsigned port, uint32_t item) {
  uint32_t warehouse = call(port, 'w', item);
  uint32_t shelf = call(port, 's', warehouse);
  return shelf % 1000;
}

static yields struct offer price(unsigned port, uint32_t item) {
  struct offer best = {~0u, 0, 0};
  for (uint16_t supplier = 0; supplier < 3; supplier++) {
    uint32_t amount = call(port, 'p', item + supplier) % 5000;
    if (amount < best.amount)
      best = (struct offer){amount, (uint16_t)(amount & 7), supplier};
  }
  if (best.currency != 0)
    best.amount = best.amount * (call(port, 'x', best.currency) % 9 + 1) / 4;
  return best;
}

static yields uint32_t reviews(unsigned port, uint32_t item) {
  uint32_t stars = 0, count = call(port, 'r', item) % 5 + 1;
  for (uint32_t i = 0; i < count; i++)
    stars += call(port, 'r', item ^ i) % 6;
  return stars * 100 / count;
}

static yields uint32_t picture(unsigned port, uint32_t item) {
  uint8_t block[64];
  uint32_t sum = item;
  for (int i = 0; i < 3; i++) {
    fill(port, block, sizeof(block));
    sum = digest(sum, block, sizeof(block));
  }
  return sum;
}

static yields uint32_t page(uint32_t item) {
  coro_task(stock) in_stock;
  coro_task(price) costs;
  coro_task(reviews) liked;
  coro_task(picture) looks;
  coro_start(&in_stock, stock, 0, item);
  coro_start(&costs, price, 1, item);
  coro_start(&liked, reviews, 2, item);
  coro_start(&looks, picture, 3, item);
  coro_join(&in_stock, &costs, &liked, &looks);
  return in_stock.result + costs.result.amount * 3 + costs.result.supplier +
         liked.result + looks.result;
}

static yields uint32_t shop(unsigned pages) {
  uint32_t sum = 0;
  for (unsigned i = 0; i < pages; i++)
    sum = sum * 31 + page(i * 77);
  return sum;
}

RUN(shop, 4)
