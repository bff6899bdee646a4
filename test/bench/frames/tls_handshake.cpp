#include "support/task.hpp"

enum { HELLO = 1, KEYS = 2, CERTIFICATE = 11, FINISHED = 20 };

struct secrets {
  uint32_t client, server, master;
};

struct wire {
  unsigned in, out;
  uint32_t transcript;
};

static task<size_t> receive(wire *w, unsigned char *bytes, size_t size) {
  unsigned char head[3];
  co_await fill(w->in, head, sizeof(head));
  size_t length = head[0] | (size_t)head[1] << 8;
  length = length % (size - 16) + 16;
  co_await fill(w->in, bytes, length);
  w->transcript = digest(digest(w->transcript, head, 3), bytes, length);
  co_return length;
}

static task<> transmit(wire *w, int kind, const void *bytes, size_t length) {
  unsigned char head[4] = {(unsigned char)kind, (unsigned char)length,
                           (unsigned char)(length >> 8), 0};
  co_await drain(w->out, head, sizeof(head));
  co_await drain(w->out, bytes, length);
  w->transcript = digest(digest(w->transcript, head, 4), bytes, length);
}

static task<secrets> exchange(wire *w, uint32_t random) {
  unsigned char share[65], answer[97];
  for (size_t i = 0; i < sizeof(share); i++)
    share[i] = (unsigned char)(random >> (i % 24));
  co_await transmit(w, KEYS, share, sizeof(share));
  size_t n = co_await receive(w, answer, sizeof(answer));
  uint32_t common = digest(random, answer, n);
  co_return {common ^ 1, common ^ 2, common};
}

static task<bool> certificate(wire *w) {
  unsigned char chain[700];
  uint32_t issuer = 7;
  for (int depth = 0; depth < 3; depth++) {
    size_t n = co_await receive(w, chain, sizeof(chain));
    uint32_t subject = digest(issuer, chain, n);
    if (subject == 0)
      co_return false;
    note(subject);
    issuer = subject;
  }
  co_return true;
}

static task<bool> finished(wire *w, const secrets *s) {
  unsigned char verify[32], theirs[48];
  uint32_t before = w->transcript;
  for (int i = 0; i < 32; i++)
    verify[i] = (unsigned char)(s->client >> (i & 15) ^ before);
  co_await transmit(w, FINISHED, verify, sizeof(verify));
  size_t n = co_await receive(w, theirs, sizeof(theirs));
  co_return digest(s->server, theirs, n) != before;
}

static task<uint32_t> handshake(unsigned in, unsigned out) {
  wire wire = {in, out, 5381};
  {
    unsigned char hello[120];
    memset(hello, 0x5a, sizeof(hello));
    co_await transmit(&wire, HELLO, hello, sizeof(hello));
    note((uint32_t)co_await receive(&wire, hello, sizeof(hello)));
  }
  secrets secrets = co_await exchange(&wire, wire.transcript);
  if (!co_await certificate(&wire))
    co_return 1;
  if (!co_await finished(&wire, &secrets))
    co_return 2;
  co_return secrets.master ^ wire.transcript;
}

RUN(handshake(0, 1))
