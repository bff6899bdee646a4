"""A function whose lines 2 to 401 suspend."""

print("__attribute__((noinline)) yields static void many(void) {")
print("  coro_yield_now();\n" * 400 + "}")
