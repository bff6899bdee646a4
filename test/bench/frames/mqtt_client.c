// A client of a message broker: connects, subscribes, publishes with the four
// steps of "exactly once", and answers what comes in between.
#include "support/frames.h"

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

static yields void transmit(struct client *c, uint8_t type, uint16_t id, const char *topic,
                        const void *data, size_t size) {
  uint8_t head[6] = {type, (uint8_t)(size + strlen(topic)), (uint8_t)id,
                     (uint8_t)(id >> 8), (uint8_t)strlen(topic), 0};
  drain(c->out, head, sizeof(head));
  if (*topic)
    drain(c->out, topic, strlen(topic));
  if (size > 0)
    drain(c->out, data, size);
}

static yields void receive(struct client *c, struct packet *p) {
  uint8_t head[5];
  fill(c->in, head, sizeof(head));
  p->type = head[0] & 7;
  p->flags = head[0] >> 4;
  p->id = (uint16_t)(head[1] | head[2] << 8);
  p->length = head[3] % sizeof(p->body);
  fill(c->in, p->body, p->length);
}

// Waits for a packet of a type, and deals with what else comes.
static yields bool expect(struct client *c, uint8_t type, uint16_t id) {
  for (int others = 0; others < 20; others++) {
    struct packet p;
    receive(c, &p);
    if (p.type == type)
      return true;
    if (p.type == PUBLISH) {
      c->received = digest(c->received ^ id, p.body, p.length);
      transmit(c, p.flags & 1 ? PUBACK : PUBREC, p.id, "", NULL, 0);
    } else if (p.type == PUBREL) {
      transmit(c, PUBCOMP, p.id, "", NULL, 0);
    }
  }
  return false;
}

static yields bool publish_once(struct client *c, const char *topic, const void *data,
                                size_t size) {
  uint16_t id = c->next_id++;
  for (int attempt = 0; attempt < 3; attempt++) {
    transmit(c, PUBLISH, id, topic, data, size);
    if (expect(c, PUBREC, id))
      break;
  }
  transmit(c, PUBREL, id, "", NULL, 0);
  return expect(c, PUBCOMP, id);
}

static yields uint32_t session(unsigned in, unsigned out, unsigned sensor) {
  struct client c = {in, out, 1, 0};
  uint32_t delivered = 0;
  transmit(&c, CONNECT, 0, "MQTT", "client-7", 8);
  if (!expect(&c, CONNACK, 0))
    return 0;
  transmit(&c, SUBSCRIBE, c.next_id++, "house/+/lamp", NULL, 0);
  for (int i = 0; i < 5; i++) {
    char text[32];
    int16_t value;
    fill(sensor, &value, sizeof(value));
    int n = snprintf(text, sizeof(text), "{\"t\":%d.%d}", value / 10, value & 7);
    delivered += publish_once(&c, "house/roof/t", text, (size_t)n);
  }
  return delivered ^ c.received;
}

RUN(session, 0, 1, 2)
