// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ports.h"

static struct port {
  uint32_t state;
  bool ready;
  const char *script;
  size_t at, limit;
} ports[PORTS] = {{.state = 1}, {.state = 2}, {.state = 3}, {.state = 4},
                  {.state = 5}, {.state = 6}, {.state = 7}, {.state = 8}};
static uint32_t sum = 2166136261u;

bool port_take(unsigned port) {
  bool was = ports[port].ready;
  ports[port].ready = false;
  return was;
}

void ports_tick(void) {
  for (int i = 0; i < PORTS; i++)
    ports[i].ready = true;
}

void port_script(unsigned port, const char *text, size_t limit) {
  ports[port].script = text;
  ports[port].at = 0;
  ports[port].limit = limit;
}

static uint8_t scripted(struct port *p) {
  if (p->limit == 0)
    return 0;
  p->limit--;
  if (!p->script[p->at])
    p->at = 0;
  return (uint8_t)p->script[p->at++];
}

uint8_t port_get(unsigned port) {
  struct port *p = &ports[port];
  if (p->script)
    return scripted(p);
  p->state = p->state * 1664525 + 1013904223;
  return (uint8_t)(p->state >> 24);
}

void port_put(unsigned port, uint8_t byte) { sum = (sum ^ byte ^ port << 8) * 16777619; }

void port_fill(unsigned port, void *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    ((uint8_t *)bytes)[i] = port_get(port);
}

void port_drain(unsigned port, const void *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    port_put(port, ((const uint8_t *)bytes)[i]);
}

uint32_t digest(uint32_t start, const void *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    start = (start ^ ((const uint8_t *)bytes)[i]) * 16777619;
  return start;
}

void note(uint32_t value) { sum = (sum ^ value) * 16777619; }

void note_text(const char *text) {
  for (; *text; text++)
    note((uint8_t)*text);
}

uint32_t ports_checksum(void) { return sum; }
