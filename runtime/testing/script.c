/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <coro/io.h>
#include <coro/testing.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static coro_fake *fake_of(coro_reactor *reactor) {
  return (coro_fake *)reactor; /* its first member */
}

__attribute__((format(printf, 2, 3))) static void
note(coro_fake *fake, const char *format, ...) {
  char line[80];
  int start = snprintf(line, sizeof(line), "%" PRIu64 " ", fake->now);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line + start, sizeof(line) - (size_t)start, format, arguments);
  va_end(arguments);
  size_t size = strlen(line);
  if (fake->log_size + size + 2 > sizeof(fake->log))
    return;
  memcpy(fake->log + fake->log_size, line, size);
  memcpy(fake->log + fake->log_size + size, "\n", 2);
  fake->log_size += size + 1;
}

static const char *events_name(unsigned events) {
  static const char *const names[] = {"-", "r", "w", "rw"};
  return names[events & (CORO_READABLE | CORO_WRITABLE)];
}

static int fake_wait(coro_reactor *reactor, coro_fd_wait *wait) {
  coro_fake *fake = fake_of(reactor);
  note(fake, "wait %d %s", wait->fd, events_name(wait->events));
  if (wait->fd < 0 || wait->fd >= CORO_FAKE_FILES)
    return -EBADF;
  unsigned came = fake->ready[wait->fd] & wait->events;
  fake->ready[wait->fd] &= (unsigned char)~came;
  if (came)
    return (int)came;
  wait->ready = 0;
  wait->next = NULL;
  coro_fd_wait **end = &fake->waits;
  while (*end)
    end = &(*end)->next;
  *end = wait;
  return 0;
}

static bool take_out(coro_fake *fake, coro_fd_wait *wait) {
  for (coro_fd_wait **at = &fake->waits; *at; at = &(*at)->next) {
    if (*at == wait) {
      *at = wait->next;
      return true;
    }
  }
  return false;
}

static void fake_cancel(coro_reactor *reactor, coro_fd_wait *wait) {
  if (take_out(fake_of(reactor), wait))
    note(fake_of(reactor), "cancel %d", wait->fd);
}

/* Makes files ready whose time has come. True if there were any. */
static bool play(coro_fake *fake) {
  bool any = false;
  while (fake->script_left && fake->script->at <= fake->now) {
    const coro_fake_event *event = fake->script++;
    fake->script_left--;
    fake->ready[event->fd] |= (unsigned char)event->events;
    note(fake, "ready %d %s", event->fd, events_name(event->events));
    any = true;
  }
  return any;
}

static int fake_gather(coro_reactor *reactor, uint64_t ns) {
  coro_fake *fake = fake_of(reactor);
  if (ns == CORO_FOREVER)
    note(fake, "gather forever");
  else
    note(fake, "gather %" PRIu64, ns);
  int notes = __atomic_exchange_n(&fake->notes, 0, __ATOMIC_ACQ_REL);
  if (play(fake) || notes || !ns)
    return notes;
  /* Nothing is ready: sleep until the script, or the time-out, goes on. */
  bool scripted = fake->script_left && fake->script->at - fake->now <= ns;
  if (!scripted && ns == CORO_FOREVER) {
    note(fake, "stuck");
    return -EDEADLK;
  }
  fake->now = scripted ? fake->script->at : fake->now + ns;
  play(fake);
  return __atomic_exchange_n(&fake->notes, 0, __ATOMIC_ACQ_REL);
}

static void fake_deliver(coro_reactor *reactor) {
  coro_fake *fake = fake_of(reactor);
  coro_fd_wait *next;
  for (coro_fd_wait *wait = fake->waits; wait; wait = next) {
    next = wait->next;
    unsigned came = fake->ready[wait->fd] & wait->events;
    if (!came)
      continue;
    fake->ready[wait->fd] &= (unsigned char)~came;
    take_out(fake, wait);
    wait->ready = (uint16_t)came;
    note(fake, "deliver %d %s", wait->fd, events_name(came));
    coro_wake(wait->waker);
  }
}

static void fake_notify(coro_reactor *reactor) {
  coro_fake *fake = fake_of(reactor);
  __atomic_fetch_add(&fake->notes, 1, __ATOMIC_ACQ_REL);
}

static void fake_close(coro_reactor *reactor) { (void)reactor; }

static const coro_reactor_ops fake_ops = {
    .version = CORO_CAPABILITY_VERSION,
    .name = "fake",
    .wait = fake_wait,
    .cancel = fake_cancel,
    .gather = fake_gather,
    .deliver = fake_deliver,
    .notify = fake_notify,
    .close = fake_close,
};

static uint64_t fake_now(const coro_timers *timers) {
  const char *inside = (const char *)timers;
  return ((const coro_fake *)(inside - offsetof(coro_fake, timers)))->now;
}

void coro_fake_init(coro_fake *fake, const coro_fake_event *script,
                    size_t count) {
  memset(fake, 0, sizeof(*fake));
  fake->reactor.ops = &fake_ops;
  fake->script = script;
  fake->script_left = count;
  coro_timers_init(&fake->timers, fake_now);
}
