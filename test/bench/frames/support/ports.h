// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The outside world of the programs: eight ports, which give bytes (a script, or
// numbers that look random), take bytes, and are ready once in each round. All of
// it is deterministic, and the same in ports.rs.
#ifndef FRAMES_PORTS_H
#define FRAMES_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { PORTS = 8 };

// Once in each round a port is ready, for whoever asks first.
bool port_take(unsigned port);
void ports_tick(void);
// From here on the port gives the bytes of the text, again and again, until it
// has given `limit` of them, and then zeros.
void port_script(unsigned port, const char *text, size_t limit);
uint8_t port_get(unsigned port);
void port_put(unsigned port, uint8_t byte);
void port_fill(unsigned port, void *bytes, size_t size);
void port_drain(unsigned port, const void *bytes, size_t size);

// Of the bytes, from a start.
uint32_t digest(uint32_t start, const void *bytes, size_t size);
// Each number and text that is noted changes the checksum of the run, as do
// the bytes that go to ports.
void note(uint32_t value);
void note_text(const char *text);
uint32_t ports_checksum(void);

#ifdef __cplusplus
}
#endif
#endif
