/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What a task waits for whose address is in the code, and so in no frame: a
 * global operation, a future of the program's own, or just a waker that
 * somebody keeps. Whatever wakes a task has its waker, two words that nothing
 * else looks like: so the writable memory of the program and its libraries is
 * searched for them, once for each dump that has a task of which nothing else
 * is known.
 *
 * A waker may be kept for longer than it is needed. So of most variables it is
 * said only that it is there; what waits is said of what can be told by its
 * poll function. What is in the heap, or of one thread, is not found.
 */
#define _GNU_SOURCE
#include "dump.h"
#include "index.h"

#include <coro/offload.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

enum {
  CHUNK = 1 << 14,
  MAX_SEARCHED = 1 << 28, /* bytes */
  MAX_KEPT = 1 << 20,
  MAX_TOLD = 4, /* for each task */
};

struct search {
  dump *dump;
  uintptr_t ops;
  size_t left; /* bytes */
};

static void keep(dump *dump, uintptr_t run, uintptr_t at) {
  if (run && dump->kept_count < MAX_KEPT &&
      dump_grow((void **)&dump->kept, &dump->kept_room, dump->kept_count,
                sizeof(*dump->kept)))
    dump->kept[dump->kept_count++] = (dump_kept){run, at};
}

/* The last word is the first of the next chunk's. */
static void search_chunk(const struct search *search, uintptr_t at,
                         const uintptr_t *words, size_t count) {
  for (size_t i = 0; i + 1 < count; i++)
    if (words[i] == search->ops)
      keep(search->dump, words[i + 1], at + i * sizeof(*words));
}

static void search_memory(struct search *search, uintptr_t at, uintptr_t end) {
  uintptr_t words[CHUNK / sizeof(uintptr_t)];
  at = (at + sizeof(*words) - 1) & ~(sizeof(*words) - 1);
  while (at < end && end - at >= sizeof(coro_waker) && search->left) {
    size_t size = end - at < CHUNK ? end - at : CHUNK;
    size &= ~(sizeof(*words) - 1);
    if (dump_read(search->dump, at, words, size))
      search_chunk(search, at, words, size / sizeof(*words));
    at += size - sizeof(*words);
    search->left = search->left > size ? search->left - size : 0;
  }
}

static int search_module(struct dl_phdr_info *info, size_t size, void *user) {
  (void)size;
  for (size_t i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *at = &info->dlpi_phdr[i];
    uintptr_t low = info->dlpi_addr + at->p_vaddr;
    if (at->p_type == PT_LOAD && at->p_flags & PF_W)
      search_memory(user, low, low + at->p_memsz);
  }
  return 0;
}

static int by_run(const void *one, const void *other) {
  const dump_kept *a = one, *b = other;
  int order = (a->run > b->run) - (a->run < b->run);
  return order ? order : (a->at > b->at) - (a->at < b->at);
}

static void search_all(dump *dump) {
  const coro_waker_ops *ops = dump->executor->context.waker.ops;
  if (dump->kept_of == ops)
    return;
  dump->kept_of = ops;
  dump->kept_count = 0;
  struct search search = {dump, (uintptr_t)ops, MAX_SEARCHED};
  dl_iterate_phdr(search_module, &search);
  if (dump->kept_count)
    qsort(dump->kept, dump->kept_count, sizeof(*dump->kept), by_run);
}

/* The first of the task's; the number of all where there is none. */
static size_t first_of(const dump *dump, uintptr_t run) {
  size_t low = 0, high = dump->kept_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (dump->kept[middle].run < run)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_inside(uintptr_t at, const void *begin, size_t size) {
  return at - (uintptr_t)begin < size;
}

/* The address of a future that has its waker `offset` behind its beginning, and
 * this poll function; 0 if it is another one. */
static uintptr_t future_of(const dump *dump, uintptr_t waker, size_t offset,
                           const coro_future *like) {
  coro_future future;
  return dump_read(dump, waker - offset, &future, sizeof(future)) &&
                 future.poll == like->poll
             ? waker - offset
             : 0;
}

/* What others that have such a waker are is not known. */
static void print_kind(dump *dump, uintptr_t waker) {
  coro_work work;
  coro_waiter waiter;
  coro_operation operation;
  coro_work_init(&work, NULL);
  coro_waiter_init(&waiter, NULL, NULL);
  coro_operation_init(&operation, 0);
  uintptr_t at =
      future_of(dump, waker, offsetof(coro_work, waker), &work.future);
  if (!at)
    at = future_of(dump, waker, offsetof(coro_waiter, waker), &waiter.future);
  if (at)
    dump_future(dump, at);
  at = future_of(dump, waker, offsetof(coro_operation, waker),
                 &operation.future);
  if (at)
    dump_operation(dump, at);
}

void dump_statics(dump *dump, unsigned indent) {
  if (!dump->run)
    return;
  search_all(dump);
  uintptr_t run = (uintptr_t)dump->run;
  const char *before = "";
  unsigned told = 0;
  for (size_t i = first_of(dump, run);
       i < dump->kept_count && dump->kept[i].run == run && told < MAX_TOLD;
       i++) {
    uintptr_t at = dump->kept[i].at;
    if (is_inside(at, dump->executor, sizeof(*dump->executor)) ||
        is_inside(at, dump->frame, dump->frame_size))
      continue;
    const char *name = dump_index_variable(dump->index, at).name;
    if (!name || !strcmp(name, before))
      continue;
    dump_print(&dump->text, "%*sits waker is in the variable %s", (int)indent,
               "", name);
    print_kind(dump, at);
    dump_print(&dump->text, "\n");
    before = name;
    told++;
  }
}

void dump_statics_close(dump *dump) { free(dump->kept); }
