// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O1 -g -Wall -Werror %s %rt -o %t1 && %t1 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-poison-dead %s %rt -o %tp && %tp | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-spill-all %s %rt -o %ts && %ts | %filecheck %s
// A frame at exactly the alignment it asks for and no better, its last byte in
// front of a page that nobody may touch, full of junk before the start, moved
// between start and first poll, its old place gone.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct pair {
  long a, b;
};
struct __attribute__((packed)) odd {
  char c[13];
};

static yields int small(void) {
  coro_suspend();
  return 1;
}
static yields char character(char c) {
  coro_suspend();
  return (char)(c + 1);
}
static yields void nothing(void) {}
static yields __int128 wide(__int128 n, char c) {
  char before = c;
  __int128 kept = n * 3;
  coro_suspend();
  kept += before;
  coro_suspend();
  return kept + n;
}
static yields long double extended(long double n) {
  char c = (char)n;
  long double *volatile p = &n;
  coro_suspend();
  *p += c;
  return n;
}
static yields struct odd odds(struct odd o, int n) {
  struct odd copy = o;
  char *p = &copy.c[12];
  coro_suspend();
  *p += (char)n;
  copy.c[0]++;
  return copy;
}
static yields long deep(long n) {
  _Alignas(64) char line[65] = {(char)n};
  char *p = line;
  coro_suspend();
  return p[0] + (long)((unsigned long)p % 64);
}
static yields long aligned(long n, struct pair p) {
  char c = 'c';
  _Alignas(32) struct pair local = p;
  struct pair *volatile at = &local;
  for (int i = 0; i < 3; i++) {
    at->a += deep(n) + c;
    at->b += (long)wide(n, 'w') + (long)((unsigned long)at % 32);
  }
  return local.a * 1000 + local.b;
}
typedef float eight __attribute__((vector_size(32)));
static yields float vectors(float f) {
  eight v = {f, f + 1, f + 2, f + 3, f + 4, f + 5, f + 6, f + 7};
  eight *volatile p = &v;
  coro_suspend();
  *p *= 2;
  coro_suspend();
  return v[0] + (*p)[7];
}
static yields long page(long n) {
  _Alignas(4096) long where[2] = {n, n};
  coro_suspend();
  return where[1] + (long)((unsigned long)where % 4096);
}
static yields int bytes(int n) {
  unsigned char block[301];
  for (int i = 0; i < 301; i++)
    block[i] = (unsigned char)(i * n);
  coro_suspend();
  int sum = 0;
  for (int i = 0; i < 301; i++)
    sum += block[i];
  return sum + character((char)n) + small();
}

enum { PAGE = 4096, ROOM = 8 * PAGE };

static char *guarded(void) {
  char *p = mmap(NULL, ROOM + PAGE, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(p + ROOM, PAGE, PROT_NONE);
  memset(p, 0xA7, ROOM);
  return p;
}

static coro_context cx = CORO_CONTEXT_INIT;

static void *moved(coro_any_task started, char *room) {
  const coro_descriptor *d = started.coro;
  char *to = room + ROOM - d->size;
  // The best alignment that the size allows, and not better.
  if ((unsigned long)to % d->align)
    printf("%s: size %zu is no multiple of %u\n", d->name, d->size, d->align);
  if ((unsigned long)to % (2 * d->align) == 0)
    to -= d->align;
  memcpy(to, started.frame, d->size);
  memset(started.frame, 0x3B, d->size);
  return to;
}

static void *finish(coro_any_task task) {
  int polls = 1;
  while (coro_poll_any(task, &cx) == CORO_PENDING)
    polls++;
  if (coro_poll_any(task, &cx) != CORO_DONE)
    printf("%s: done is not done\n", task.coro->name);
  printf("%s %d ", task.coro->name, polls);
  return coro_result_any(task);
}

#define TRY(f, format, SHOW, ...)                                              \
  do {                                                                         \
    char *first = guarded(), *second = guarded();                              \
    coro_task(f) *t = (void *)(first + ROOM - sizeof *t);                      \
    coro_start(t, f, ##__VA_ARGS__);                                           \
    coro_any_task task = coro_erase(t);                                        \
    if (sizeof *t != task.coro->size ||                                        \
        _Alignof(coro_task(f)) != task.coro->align)                            \
      printf("%s: the type says %zu\n", task.coro->name, sizeof *t);           \
    task.frame = moved(task, second);                                          \
    munmap(first, ROOM + PAGE);                                                \
    coro_task(f) *u = task.frame;                                              \
    (void)u;                                                                   \
    void *result = finish(task);                                               \
    (void)result;                                                              \
    printf(format "\n", SHOW);                                                 \
    munmap(second, ROOM + PAGE);                                               \
  } while (0)

int main(void) {
  // CHECK: small 2 1
  TRY(small, "%d", u->result);
  // CHECK-NEXT: character 2 b
  TRY(character, "%c", u->result, 'a');
  // CHECK-NEXT: nothing 1 -
  TRY(nothing, "%c", result ? '+' : '-');
  // CHECK-NEXT: wide 3 499
  TRY(wide, "%ld", (long)u->result, 100, 'c');
  // CHECK-NEXT: extended 2 4.50
  TRY(extended, "%.2Lf", u->result, 2.5L);
  // CHECK-NEXT: odds 2 1802
  TRY(odds, "%d", u->result.c[12] * 100 + u->result.c[0],
      ((struct odd){{1, [12] = 11}}), 7);
  // CHECK-NEXT: aligned 10 322455
  TRY(aligned, "%ld", u->result, 8, ((struct pair){1, 2}));
  // CHECK-NEXT: vectors 3 22.0
  TRY(vectors, "%.1f", (double)u->result, 2.0f);
  // CHECK-NEXT: page 2 5
  TRY(page, "%ld", u->result, 5);
  // CHECK-NEXT: bytes 4 {{[0-9]+}}
  TRY(bytes, "%d", u->result, 7);
}
