// clang-format off: tabs and long lines are what is tested
#include <coro/coro.h>
static yields int größe(const char *s, int n) { coro_suspend(); return *s + n; }
struct ops { yields int (*lesen)(const char *s, int n) coro_frame(64); };
#define PAUSE(s) ((void)s, coro_yield_now())
yields int 𝑓(struct ops *o) {
	int n = /* 🎈 größer */ größe("größe 𝑥 🎈", 1) + /* 🎈🎈 */ größe(
	    "ä", 2);
	n += o->lesen("🎈", 3); PAUSE("🎈");
	return n;
}
