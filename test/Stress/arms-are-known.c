// RUN: %coro -fplugin-arg-coro-stress %s %rt -o %t
// RUN: env CORO_STRESS=poison,scribble,context,threads,guard,move,again %t
// RUN: env CORO_STRESS= %t
// RUN: env CORO_STRESS=none %t
// RUN: %not --crash env CORO_STRESS=poison,nonsense %t 2>&1 | %filecheck %s
// CHECK: coro stress: nonsense: not an arm
static int sum(int n) {
  int total = 0;
  for (int i = 0; i < n; i++)
    total += i;
  return total;
}

int main(void) { return sum(5) - 10; }
