/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What CORO_EXECUTOR expands to, piece by piece. Included by closed.h alone. */
#ifndef CORO_CLOSED_PARTS_H
#define CORO_CLOSED_PARTS_H

/* A unit that defines an executor need not use all of its functions. */
#define CORO_CLOSED_FUNCTION static __attribute__((unused))

/* As coro_cancel_any: inlined where the descriptor is a constant, it is a call
 * of the function that this names. */
static inline __attribute__((always_inline)) coro_status
coro_closed_cancel(coro_any_task task, coro_context *cx) {
  if (!task.coro->cancel)
    return CORO_CANCELLED;
  cx->cancelling = 1;
  coro_status status = task.coro->cancel(task.frame, cx);
  cx->cancelling = 0;
  return status;
}

/* For each function, by its place in the list, counted from the last. The
 * place is sizeof a member of struct name_tags, so that coro_closed_spawn finds
 * it by the executor's type and the function's name. */
#define CORO_CLOSED_TAG_OF(f, place) char f[place];
#define CORO_CLOSED_MEMBER(f, place) coro_task(f) f CORO_CLOSED_SLOT;
#define CORO_CLOSED_POLL(f, place)                                             \
  case (place) * CORO_CLOSED_TAG:                                              \
    [[clang::always_inline]] status = coro_poll(&slot->task.f, &cx);           \
    break;
#define CORO_CLOSED_END(f, place)                                              \
  case (place) * CORO_CLOSED_TAG:                                              \
    return coro_closed_cancel(coro_erase(&slot->task.f), cx);
#define CORO_CLOSED_ERASE(f, place)                                            \
  case (place) * CORO_CLOSED_TAG:                                              \
    return coro_erase(&slot->task.f);

/* In on_done its task is over, and the slot not yet: coro_closed_end does it.
 */
static inline void coro_closed_let_go(coro_closed *set, coro_runnable *run) {
  if (run->coro & CORO_CLOSED_TAGS)
    run->coro &= ~(uintptr_t)CORO_CLOSED_KEPT;
  else
    coro_closed_unuse(set, run);
}

/* A slot that was taken, while arguments are evaluated that may raise or wait:
 * if the task is not added it goes back. */
typedef struct coro_closed_taken {
  coro_closed *set;
  coro_runnable *run; /* NULL once it was added */
} coro_closed_taken;

static inline __attribute__((__always_inline__)) void
coro_closed_untake(coro_closed_taken *taken) {
  if (taken->run)
    coro_closed_unuse(taken->set, taken->run);
}

#define CORO_CLOSED_SPAWN(e, f, kept, arguments, ...)                          \
  __extension__({                                                              \
    __typeof__(&*(e)) __coro_e = (e);                                          \
    __typeof__(__coro_e->coro_slots) __coro_slot =                             \
        (__typeof__(__coro_e->coro_slots))coro_closed_take(                    \
            &__coro_e->coro_set, __coro_e->coro_slots,                         \
            sizeof(*__coro_e->coro_slots));                                    \
    if (__coro_slot) {                                                         \
      __attribute__((cleanup(coro_closed_untake))) coro_closed_taken           \
          __coro_taken = {&__coro_e->coro_set, &__coro_slot->coro_run};        \
      CORO_START(&__coro_slot->task.f, f, arguments, 0);                       \
      __coro_taken.run = 0;                                                    \
      CORO_TRACE_EVENT(CORO_TRACE_ADDED, __coro_slot,                          \
                       (uintptr_t)__coro_e->coro_set.base.running, #f);        \
      coro_closed_add(                                                         \
          &__coro_e->coro_set, &__coro_slot->coro_run,                         \
          sizeof(__coro_slot->task.coro_tags->f) * CORO_CLOSED_TAG + (kept));  \
    }                                                                          \
    __coro_slot;                                                               \
  })

#define CORO_CLOSED_STRUCT(name)                                               \
  struct name {                                                                \
    coro_closed coro_set;                                                      \
    struct name##_slot *coro_slots;                                            \
  };                                                                           \
  static inline void name##_wake_local(void *slot) {                           \
    coro_runnable *run = (coro_runnable *)slot;                                \
    coro_closed_wake_local((coro_closed *)run->executor, run);                 \
  }                                                                            \
  static const coro_waker_ops name##_waker = {                                 \
      coro_closed_wake, name##_wake_local, coro_closed_wake_untold};

#define CORO_CLOSED_FUNCTIONS(name)                                            \
  static coro_any_task name##_any(void *slot) {                                \
    return name##_task((struct name##_slot *)slot);                            \
  }                                                                            \
  static const coro_closed_kind name##_kind __attribute__((unused)) = {        \
      &name##_waker, name##_any, sizeof(struct name##_slot)};                  \
  CORO_CLOSED_FUNCTION void name##_init(                                       \
      struct name *e, struct name##_slot *slots, size_t count,                 \
      struct coro_reactor *reactor, struct coro_timers *timers) {              \
    coro_closed_init(&e->coro_set, &name##_kind, slots, count, reactor,        \
                     timers);                                                  \
    e->coro_slots = slots;                                                     \
  }                                                                            \
  CORO_CLOSED_FUNCTION void name##_set_allocator(struct name *e,               \
                                                 coro_allocator *allocator) {  \
    coro_executor_set_allocator(&e->coro_set.base, allocator);                 \
  }                                                                            \
  /* Polls what is ready, or sleeps for ns nanoseconds at most. */             \
  CORO_CLOSED_FUNCTION int name##_turn(struct name *e, uint64_t ns) {          \
    coro_executor *base = &e->coro_set.base;                                   \
    if (!base->until_look)                                                     \
      coro_closed_look(&e->coro_set);                                          \
    uint32_t polls = name##_polls(e, base->until_look);                        \
    coro_closed_count(base, polls);                                            \
    return polls || base->stopping ? 0 : coro_closed_rest(&e->coro_set, ns);   \
  }                                                                            \
  CORO_CLOSED_FUNCTION int name##_run(struct name *e) {                        \
    coro_executor *base = &e->coro_set.base;                                   \
    int error = coro_executor_check(base);                                     \
    coro_closed_see_woken(&e->coro_set); /* a stop from before the run */      \
    while (base->jobs && !base->stopping && !error)                            \
      error = name##_turn(e, CORO_FOREVER);                                    \
    bool stopped = base->stopping && base->jobs;                               \
    base->stopping = false;                                                    \
    if (error)                                                                 \
      return error;                                                            \
    return stopped ? CORO_RUN_STOPPED : CORO_RUN_FINISHED;                     \
  }                                                                            \
  CORO_CLOSED_FUNCTION bool name##_step(struct name *e) {                      \
    coro_executor *base = &e->coro_set.base;                                   \
    if (base->until_look && name##_polls(e, 1)) {                              \
      coro_closed_count(base, 1);                                              \
      return true;                                                             \
    }                                                                          \
    coro_closed_look(&e->coro_set);                                            \
    return name##_polls(e, 1) != 0;                                            \
  }                                                                            \
  CORO_CLOSED_FUNCTION int name##_runner_step(coro_runner *self,               \
                                              uint64_t *until) {               \
    struct name *e =                                                           \
        (struct name *)((char *)self - offsetof(coro_executor, runner));       \
    int error = coro_executor_check(&e->coro_set.base);                        \
    if (error)                                                                 \
      return error;                                                            \
    return name##_step(e) ? 1 : coro_closed_begin_rest(&e->coro_set, until);   \
  }                                                                            \
  /* Only what asks for the runner has a second copy of the polls. */          \
  CORO_CLOSED_FUNCTION coro_runner *name##_runner(struct name *e) {            \
    static const coro_runner_ops ops = {                                       \
        CORO_CAPABILITY_VERSION, name##_runner_step, coro_closed_sleep,        \
        coro_closed_descriptor, coro_closed_jobs};                             \
    coro_runner *runner = &e->coro_set.base.runner;                            \
    runner->ops = &ops;                                                        \
    runner->spawner = 0;                                                       \
    return runner;                                                             \
  }                                                                            \
  CORO_CLOSED_FUNCTION long name##_shutdown(struct name *e, uint64_t ns) {     \
    coro_executor *base = &e->coro_set.base;                                   \
    uint64_t begin = coro_time(&base->context);                                \
    int error = 0;                                                             \
    base->ending = true; /* what is spawned from now on is cancelled, too */   \
    coro_closed_cancel_all(&e->coro_set);                                      \
    /* However little time there is, each that can has a turn to end. */       \
    for (size_t turns = base->jobs, polls = 1; turns && polls;                 \
         turns -= polls) {                                                     \
      polls = name##_polls(e, turns < 64 ? (uint32_t)turns : 64);              \
      coro_closed_count(base, polls);                                          \
      base->stopping = false;                                                  \
    }                                                                          \
    while (base->jobs && !error) {                                             \
      uint64_t gone = coro_time(&base->context) - begin;                       \
      if (gone >= ns)                                                          \
        break;                                                                 \
      error = name##_turn(e, ns == CORO_FOREVER ? ns : ns - gone);             \
      base->stopping = false;                                                  \
    }                                                                          \
    base->ending = false;                                                      \
    return error ? error : (long)base->jobs;                                   \
  }                                                                            \
  CORO_CLOSED_FUNCTION void name##_cancel(struct name *e,                      \
                                          struct name##_slot *slot) {          \
    CORO_TRACE_EVENT(CORO_TRACE_CANCEL, slot, 0, 0);                           \
    slot->coro_run.coro |= CORO_RUN_ENDING;                                    \
    coro_closed_wake_local(&e->coro_set, &slot->coro_run);                     \
  }                                                                            \
  CORO_CLOSED_FUNCTION coro_status name##_status(                              \
      const struct name##_slot *slot) {                                        \
    return coro_closed_status_of(&slot->coro_run);                             \
  }                                                                            \
  CORO_CLOSED_FUNCTION void name##_drop(struct name *e,                        \
                                        struct name##_slot *slot) {            \
    coro_closed_let_go(&e->coro_set, &slot->coro_run);                         \
  }                                                                            \
  CORO_CLOSED_FUNCTION coro_executor *name##_executor(struct name *e) {        \
    return &e->coro_set.base;                                                  \
  }                                                                            \
  CORO_CLOSED_FUNCTION size_t name##_tasks(const struct name *e) {             \
    return e->coro_set.base.jobs;                                              \
  }                                                                            \
  CORO_CLOSED_FUNCTION void name##_stop(struct name *e) {                      \
    coro_executor_stop(&e->coro_set.base);                                     \
  }                                                                            \
  CORO_CLOSED_FUNCTION void name##_fini(struct name *e) {                      \
    coro_closed_fini(&e->coro_set);                                            \
  }

/* How many functions a list has decides what CORO_EXECUTOR is. */
#define CORO_CLOSED_NONE(name)                                                 \
  _Static_assert(0, "CORO_EXECUTOR(" #name                                     \
                    ", f, ...) lists no function: it takes 1 to 16")
#define CORO_CLOSED_MANY(name, ...)                                            \
  _Static_assert(0, "CORO_EXECUTOR(" #name                                     \
                    ", f, ...) lists too many functions: it takes 1 to 16")
#define CORO_CLOSED_4_OF(W)                                                    \
  CORO_CLOSED_##W, CORO_CLOSED_##W, CORO_CLOSED_##W, CORO_CLOSED_##W
#define CORO_CLOSED_16_OF(W)                                                   \
  CORO_CLOSED_4_OF(W), CORO_CLOSED_4_OF(W), CORO_CLOSED_4_OF(W),               \
      CORO_CLOSED_4_OF(W)
#define CORO_CLOSED_FOR_COUNT(...) CORO_CLOSED_PICK_33(__VA_ARGS__)
#define CORO_CLOSED_PICK_33(n, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, \
                            A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P,    \
                            pick, ...)                                         \
  pick

/* A static assertion for each pair: clang says no more of a member that is
 * declared twice. */
#define CORO_CLOSED_EACH_ONCE(...)                                             \
  CORO_CLOSED_PICK(__VA_ARGS__, CORO_CLOSED_ONCE_16, CORO_CLOSED_ONCE_15,      \
                   CORO_CLOSED_ONCE_14, CORO_CLOSED_ONCE_13,                   \
                   CORO_CLOSED_ONCE_12, CORO_CLOSED_ONCE_11,                   \
                   CORO_CLOSED_ONCE_10, CORO_CLOSED_ONCE_9,                    \
                   CORO_CLOSED_ONCE_8, CORO_CLOSED_ONCE_7, CORO_CLOSED_ONCE_6, \
                   CORO_CLOSED_ONCE_5, CORO_CLOSED_ONCE_4, CORO_CLOSED_ONCE_3, \
                   CORO_CLOSED_ONCE_2, CORO_CLOSED_ONCE_1, 0)(__VA_ARGS__)
#define CORO_CLOSED_ONCE_1(f)
#define CORO_CLOSED_ONCE_2(f, ...)                                             \
  CORO_CLOSED_NOT_1(f, __VA_ARGS__) CORO_CLOSED_ONCE_1(__VA_ARGS__)
#define CORO_CLOSED_ONCE_3(f, ...)                                             \
  CORO_CLOSED_NOT_2(f, __VA_ARGS__) CORO_CLOSED_ONCE_2(__VA_ARGS__)
#define CORO_CLOSED_ONCE_4(f, ...)                                             \
  CORO_CLOSED_NOT_3(f, __VA_ARGS__) CORO_CLOSED_ONCE_3(__VA_ARGS__)
#define CORO_CLOSED_ONCE_5(f, ...)                                             \
  CORO_CLOSED_NOT_4(f, __VA_ARGS__) CORO_CLOSED_ONCE_4(__VA_ARGS__)
#define CORO_CLOSED_ONCE_6(f, ...)                                             \
  CORO_CLOSED_NOT_5(f, __VA_ARGS__) CORO_CLOSED_ONCE_5(__VA_ARGS__)
#define CORO_CLOSED_ONCE_7(f, ...)                                             \
  CORO_CLOSED_NOT_6(f, __VA_ARGS__) CORO_CLOSED_ONCE_6(__VA_ARGS__)
#define CORO_CLOSED_ONCE_8(f, ...)                                             \
  CORO_CLOSED_NOT_7(f, __VA_ARGS__) CORO_CLOSED_ONCE_7(__VA_ARGS__)
#define CORO_CLOSED_ONCE_9(f, ...)                                             \
  CORO_CLOSED_NOT_8(f, __VA_ARGS__) CORO_CLOSED_ONCE_8(__VA_ARGS__)
#define CORO_CLOSED_ONCE_10(f, ...)                                            \
  CORO_CLOSED_NOT_9(f, __VA_ARGS__) CORO_CLOSED_ONCE_9(__VA_ARGS__)
#define CORO_CLOSED_ONCE_11(f, ...)                                            \
  CORO_CLOSED_NOT_10(f, __VA_ARGS__) CORO_CLOSED_ONCE_10(__VA_ARGS__)
#define CORO_CLOSED_ONCE_12(f, ...)                                            \
  CORO_CLOSED_NOT_11(f, __VA_ARGS__) CORO_CLOSED_ONCE_11(__VA_ARGS__)
#define CORO_CLOSED_ONCE_13(f, ...)                                            \
  CORO_CLOSED_NOT_12(f, __VA_ARGS__) CORO_CLOSED_ONCE_12(__VA_ARGS__)
#define CORO_CLOSED_ONCE_14(f, ...)                                            \
  CORO_CLOSED_NOT_13(f, __VA_ARGS__) CORO_CLOSED_ONCE_13(__VA_ARGS__)
#define CORO_CLOSED_ONCE_15(f, ...)                                            \
  CORO_CLOSED_NOT_14(f, __VA_ARGS__) CORO_CLOSED_ONCE_14(__VA_ARGS__)
#define CORO_CLOSED_ONCE_16(f, ...)                                            \
  CORO_CLOSED_NOT_15(f, __VA_ARGS__) CORO_CLOSED_ONCE_15(__VA_ARGS__)
#define CORO_CLOSED_NOT_1(f, g)                                                \
  _Static_assert(__builtin_strcmp(#f, #g) != 0,                                \
                 "CORO_EXECUTOR lists " #f " twice");
#define CORO_CLOSED_NOT_2(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_1(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_3(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_2(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_4(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_3(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_5(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_4(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_6(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_5(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_7(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_6(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_8(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_7(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_9(f, g, ...)                                           \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_8(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_10(f, g, ...)                                          \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_9(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_11(f, g, ...)                                          \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_10(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_12(f, g, ...)                                          \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_11(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_13(f, g, ...)                                          \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_12(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_14(f, g, ...)                                          \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_13(f, __VA_ARGS__)
#define CORO_CLOSED_NOT_15(f, g, ...)                                          \
  CORO_CLOSED_NOT_1(f, g) CORO_CLOSED_NOT_14(f, __VA_ARGS__)

/* M(f, place) for each of the list. */
#define CORO_CLOSED_EACH(M, ...)                                               \
  CORO_CLOSED_PICK(__VA_ARGS__, CORO_CLOSED_16, CORO_CLOSED_15,                \
                   CORO_CLOSED_14, CORO_CLOSED_13, CORO_CLOSED_12,             \
                   CORO_CLOSED_11, CORO_CLOSED_10, CORO_CLOSED_9,              \
                   CORO_CLOSED_8, CORO_CLOSED_7, CORO_CLOSED_6, CORO_CLOSED_5, \
                   CORO_CLOSED_4, CORO_CLOSED_3, CORO_CLOSED_2, CORO_CLOSED_1, \
                   CORO_CLOSED_0)                                              \
  (M, __VA_ARGS__)
#define CORO_CLOSED_PICK(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, pick, \
                         ...)                                                  \
  pick
#define CORO_CLOSED_1(M, f) M(f, 1)
#define CORO_CLOSED_2(M, f, ...) M(f, 2) CORO_CLOSED_1(M, __VA_ARGS__)
#define CORO_CLOSED_3(M, f, ...) M(f, 3) CORO_CLOSED_2(M, __VA_ARGS__)
#define CORO_CLOSED_4(M, f, ...) M(f, 4) CORO_CLOSED_3(M, __VA_ARGS__)
#define CORO_CLOSED_5(M, f, ...) M(f, 5) CORO_CLOSED_4(M, __VA_ARGS__)
#define CORO_CLOSED_6(M, f, ...) M(f, 6) CORO_CLOSED_5(M, __VA_ARGS__)
#define CORO_CLOSED_7(M, f, ...) M(f, 7) CORO_CLOSED_6(M, __VA_ARGS__)
#define CORO_CLOSED_8(M, f, ...) M(f, 8) CORO_CLOSED_7(M, __VA_ARGS__)
#define CORO_CLOSED_9(M, f, ...) M(f, 9) CORO_CLOSED_8(M, __VA_ARGS__)
#define CORO_CLOSED_10(M, f, ...) M(f, 10) CORO_CLOSED_9(M, __VA_ARGS__)
#define CORO_CLOSED_11(M, f, ...) M(f, 11) CORO_CLOSED_10(M, __VA_ARGS__)
#define CORO_CLOSED_12(M, f, ...) M(f, 12) CORO_CLOSED_11(M, __VA_ARGS__)
#define CORO_CLOSED_13(M, f, ...) M(f, 13) CORO_CLOSED_12(M, __VA_ARGS__)
#define CORO_CLOSED_14(M, f, ...) M(f, 14) CORO_CLOSED_13(M, __VA_ARGS__)
#define CORO_CLOSED_15(M, f, ...) M(f, 15) CORO_CLOSED_14(M, __VA_ARGS__)
#define CORO_CLOSED_16(M, f, ...) M(f, 16) CORO_CLOSED_15(M, __VA_ARGS__)

#endif
