#include "support/task.hpp"

enum { CONNECT = 1, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE };

struct packet {
  uint8_t type, flags;
  uint16_t length, id;
  uint8_t body[60];
};

struct client {
  unsigned in, out;
  uint16_t next_id;
  uint32_t received;
};

static task<> transmit(struct client *c, uint8_t type, uint16_t id, const char *topic,
                        const void *data, size_t size) {
  uint8_t head[6] = {type, (uint8_t)(size + strlen(topic)), (uint8_t)id,
                     (uint8_t)(id >> 8), (uint8_t)strlen(topic), 0};
  co_await drain(c->out, head, sizeof(head));
  if (*topic)
    co_await drain(c->out, topic, strlen(topic));
  if (size > 0)
    co_await drain(c->out, data, size);
}

static task<> receive(struct client *c, struct packet *p) {
  uint8_t head[5];
  co_await fill(c->in, head, sizeof(head));
  p->type = head[0] & 7;
  p->flags = head[0] >> 4;
  p->id = (uint16_t)(head[1] | head[2] << 8);
  p->length = head[3] % sizeof(p->body);
  co_await fill(c->in, p->body, p->length);
}

// Waits for a packet of a type, and deals with what else comes.
static task<bool> expect(struct client *c, uint8_t type, uint16_t id) {
  for (int others = 0; others < 20; others++) {
    struct packet p;
    co_await receive(c, &p);
    if (p.type == type)
      co_return true;
    if (p.type == PUBLISH) {
      c->received = digest(c->received ^ id, p.body, p.length);
      co_await transmit(c, p.flags & 1 ? PUBACK : PUBREC, p.id, "", nullptr, 0);
    } else if (p.type == PUBREL) {
      co_await transmit(c, PUBCOMP, p.id, "", nullptr, 0);
    }
  }
  co_return false;
}

static task<bool> publish_once(struct client *c, const char *topic, const void *data,
                                size_t size) {
  uint16_t id = c->next_id++;
  for (int attempt = 0; attempt < 3; attempt++) {
    co_await transmit(c, PUBLISH, id, topic, data, size);
    if (co_await expect(c, PUBREC, id))
      break;
  }
  co_await transmit(c, PUBREL, id, "", nullptr, 0);
  co_return co_await expect(c, PUBCOMP, id);
}

static task<uint32_t> session(unsigned in, unsigned out, unsigned sensor) {
  struct client c = {in, out, 1, 0};
  uint32_t delivered = 0;
  co_await transmit(&c, CONNECT, 0, "MQTT", "client-7", 8);
  if (!co_await expect(&c, CONNACK, 0))
    co_return 0;
  co_await transmit(&c, SUBSCRIBE, c.next_id++, "house/+/lamp", nullptr, 0);
  for (int i = 0; i < 5; i++) {
    char text[32];
    int16_t value;
    co_await fill(sensor, &value, sizeof(value));
    int n = snprintf(text, sizeof(text), "{\"t\":%d.%d}", value / 10, value & 7);
    delivered += co_await publish_once(&c, "house/roof/t", text, (size_t)n);
  }
  co_return delivered ^ c.received;
}

RUN(session(0, 1, 2))
