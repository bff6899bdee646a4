// The word of runtime/scope/sent.h in all interleavings of a sent task's end
// with its owner and another one that waits. Each waits with a node, the owner
// also by hand, is polled for other reasons, gives up, looks; and the owner
// lets go. All that wait are woken, each while its task is there; the memory
// goes back once, when the last of them has seen the end; nobody touches it
// then.
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime %s %rt -o %t && %t
#include "Inputs/model.h"

#include <coro/shared.h>

typedef uint64_t sent_word;
static yields sent_word sent_load(const sent_word *word);
static yields void sent_store(sent_word *word, sent_word value);
static yields bool sent_exchange_if(sent_word *word, sent_word *before,
                                    sent_word value);
static yields sent_word sent_subtract(sent_word *word, sent_word value);
static yields coro_status enter(coro_context *cx);
static yields void leave(coro_context *cx);
static yields void forget(void);
static yields coro_untold wake_all(void);
static bool is_awaited(void);
static bool hold(coro_context *cx, bool holds);
#define sent_pause(word, locked) ((void)0)
#define coro_shared_pending(shared, cx) ((void)(shared), enter(cx))
#define coro_shared_leave(shared, cx) ((void)(shared), leave(cx))
#define coro_shared_forget(shared) ((void)(shared), forget())
#define coro_shared_wake_untold(shared) ((void)(shared), wake_all())
#define coro_shared_is_awaited(shared) ((void)(shared), is_awaited())
#define coro_shared_hold(cx) hold(cx, true)
#define coro_shared_unhold(cx) hold(cx, false)
#define SENT_FN static inline CORO_YIELDS
#include "scope/sent.h"

/* Who waits: two nodes, of the owner and of another one, and by hand. */
enum { MINE, OTHERS, BY_HAND, WAYS };

struct world {
  struct model_thread threads[MODEL_THREADS];
  sent_word word;
  uint64_t inside;      /* somebody changes the chain */
  uint64_t waits[WAYS]; /* the chain */
  uint64_t holds[WAYS];
  uint64_t woken[WAYS];
  uint64_t left[WAYS]; /* its task is gone: its waker may not be called */
  uint64_t begun;      /* the other one has polled */
  uint64_t ended;      /* what the word is about to say */
  uint64_t frees;      /* of the memory */
};

#include "Inputs/explore.h"

static void check_there(void) { CHECK(!world.frees); }

static yields sent_word sent_load(const sent_word *word) {
  sent_word value = model_load(word);
  check_there();
  return value;
}

static yields void sent_store(sent_word *word, sent_word value) {
  coro_suspend();
  check_there();
  model_store(word, value, MODEL_RELEASE);
}

static yields bool sent_exchange_if(sent_word *word, sent_word *before,
                                    sent_word value) {
  bool done = model_exchange_if(word, before, value);
  check_there();
  return done;
}

static yields sent_word sent_subtract(sent_word *word, sent_word value) {
  sent_word before = sent_load(word);
  while (!sent_exchange_if(word, &before, before - value))
    ;
  return before;
}

/* Each change of the chain takes a while, in which nobody else looks at it. */
static yields void begin(void) {
  check_there();
  CHECK(!world.inside);
  world.inside = 1;
  coro_suspend();
}

static void end_of_change(void) { world.inside = 0; }

static size_t way_of(coro_context *cx) {
  return (size_t)((uint64_t *)cx->waker.data - world.woken);
}

static yields coro_status enter(coro_context *cx) {
  begin();
  world.waits[way_of(cx)] = 1;
  end_of_change();
  return CORO_PENDING;
}

static yields void leave(coro_context *cx) {
  begin();
  world.waits[way_of(cx)] = 0;
  end_of_change();
}

static yields void forget(void) {
  begin();
  world.waits[BY_HAND] = 0;
  end_of_change();
}

static bool is_awaited(void) {
  CHECK(!world.inside);
  return world.waits[MINE] || world.waits[OTHERS] || world.waits[BY_HAND];
}

static bool hold(coro_context *cx, bool holds) {
  size_t way = way_of(cx);
  bool changes = way != BY_HAND && world.holds[way] != holds;
  if (changes)
    world.holds[way] = holds;
  return changes;
}

static yields coro_untold wake_all(void) {
  begin();
  for (int way = 0; way < WAYS; way++) {
    if (!world.waits[way])
      continue;
    world.waits[way] = 0;
    world.woken[way] = 1;
    coro_suspend(); /* in the waker */
    CHECK(!world.left[way]);
  }
  end_of_change();
  return (coro_untold){0, 0};
}

static yields void end(void) {
  world.ended = 1;
  if (sent_end(&world.word, NULL))
    world.frees++;
}

static yields bool poll(coro_context *cx) {
  if (sent_await(&world.word, NULL, cx) != CORO_DONE)
    return false;
  CHECK(world.ended);
  check_there(); /* how it ended is read here */
  if (sent_saw_end(&world.word, cx))
    world.frees++;
  return true;
}

/* Each letter is something that one who waits does, with a node, or by hand
 * where it is a capital:
 *   a, A  waits until it is woken and finds the end
 *   b, B  is polled, before it is woken or after
 *   x, X  is cancelled
 *   o     waits until the other one waits
 *   ?     looks
 *   d     lets go of it
 * and after the end no more than let go. */
static yields void act(int self, const char *script) {
  bool done[WAYS] = {false, false, false};
  for (; *script; script++) {
    bool by_hand = *script < 'a';
    int way = by_hand ? BY_HAND : self;
    coro_context cx = {.waker = {&coro_waker_noop, &world.woken[way]}};
    switch (*script) {
    case 'a':
    case 'A':
      while (!done[way] && !(done[way] = poll(&cx))) {
        while (!world.woken[way])
          coro_suspend();
        world.woken[way] = 0;
      }
      break;
    case 'b':
    case 'B':
      done[way] = done[way] || poll(&cx);
      break;
    case 'x':
    case 'X':
      if (!done[way] && sent_forget(&world.word, NULL, &cx))
        world.frees++;
      done[way] = true;
      break;
    case 'o':
      while (!world.begun)
        coro_suspend();
      break;
    case '?':
      if ((sent_look(&world.word) & SENT_STATE) == SENT_DONE)
        CHECK(world.ended);
      break;
    default:
      if (sent_let_go(&world.word, NULL))
        world.frees++;
      world.left[BY_HAND] = 1;
    }
    if (self == OTHERS)
      world.begun = 1;
    world.left[way] = done[way];
  }
}

static void at_rest(void) {
  for (int i = 0; i < MODEL_THREADS; i++)
    CHECK(!world.threads[i].coro);
  CHECK(world.frees == 1);
}

int main(void) {
  static const char *const scripts[][2] = {
      {"ad", ""},     {"d", ""},      {"?d", ""},    {"bad", ""},
      {"bxd", ""},    {"bbxd", ""},   {"bx?d", ""},  {"Ad", ""},
      {"BXd", ""},    {"bAad", ""},   {"BaXd", ""},  {"od", "a"},
      {"oad", "a"},   {"aod", "a"},   {"aod", "ba"}, {"aod", "bbx"},
      {"oAd", "a"},   {"Aod", "bx"},  {"bxod", "a"}, {"boxd", "bx"},
      {"BoXd", "bx"}, {"bo?xd", "a"}, {"Bod", "a"},  {"ba?od", "bba"},
      {"Bd", ""},     {"Bod", "bbx"},
  };
  for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
    memset(&world, 0, sizeof(world));
    world.word = SENT_RUNS | SENT_HOLD;
    THREAD(0, act, MINE, scripts[i][0]);
    if (*scripts[i][1])
      THREAD(1, act, OTHERS, scripts[i][1]);
    THREAD(2, end);
    explore_all(scripts[i][0], 10);
  }
}
