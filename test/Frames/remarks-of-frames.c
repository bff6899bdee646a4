// REQUIRES: x86_64
// RUN: %coro -O1 -g -Rpass=coro -Rpass-analysis=coro -c %s -o %t.o 2> %t.said && %filecheck %s < %t.said
// RUN: %coro -O1 -Rpass=coro -Rpass-analysis=coro -c %s -o %t.o 2>&1 | %filecheck --check-prefix=PLAIN %s
// RUN: sort %t.said | uniq -d | %filecheck --check-prefix=TWICE --allow-empty %s
// RUN: %coro -O1 -g -DFUSED -Rpass-analysis=coro -c %s -o %t.o 2>&1 | %filecheck --check-prefix=FUSED %s
// TWICE-NOT: remark: frame of
// What a frame holds, said at the suspension that keeps it: where it is, which
// other suspensions keep it, why it is stored, and what shares its bytes. The
// size of the task is asked for, which runs the same passes once more.
#include <coro/coro.h>

yields int next(int n) coro_frame(64);
void use(char *);

yields int sum(int from, const char *name) {
  char buffer[40];
  use(buffer);
  int first = next(from);
  use(buffer);
  coro_suspend();
  return first + *name;
}
_Static_assert(sizeof(coro_task(sum)) > 64, "asked for");

// CHECK: remarks-of-frames.c:15:{{[0-9]+}}: remark: frame of 'sum': {{[0-9]+}} bytes, alignment 16, 2 suspensions; the most that one keeps is {{[0-9]+}}, in line 18 [-Rpass=coro-frame]
// CHECK: :18:15: remark: frame of 'sum', offset {{[0-9]+}}, 8 bytes: 'name' (const char *), alive across all suspensions; stored because only the caller knows an argument; shares no bytes with what is alive with it: {{.*}}'buffer' (char[40]){{.*}} [-Rpass-analysis=coro-frame]
// CHECK: :20:3: remark: frame of 'sum', offset {{[0-9]+}}, 4 bytes: 'first' (int), alive across the suspension in line 20; stored because {{.*}}; shares {{.*}}bytes with
// CHECK: :18:15: remark: frame of 'sum', offset {{[0-9]+}}, 64 bytes: the frame of 'next', alive across the suspension in line 18; stored because the callee lives in it
// CHECK: :18:15: remark: frame of 'sum', offset {{[0-9]+}}, 40 bytes: 'buffer' (char[40]), {{.*}}stored because it is in memory, for its address is used;

// Without debug information there are places, and no names.
// PLAIN: :15:{{[0-9]+}}: remark: frame of 'sum'
// PLAIN: :18:15: remark: frame of 'sum', offset {{[0-9]+}}, 8 bytes: an argument, alive across all suspensions

// A variable of a function that was flattened says whose it is, and the value
// that came back has the name it is given.
// FUSED: frame of 'outer', {{.*}}: 'n' (int), 'count' of 'inner' (int), alive across the suspension in line [[#@LINE+12]]
// FUSED: frame of 'outer', {{.*}}: 'half' (int), alive across the suspension in line [[#@LINE+12]]
#ifdef FUSED
void plain(int);
static yields int inner(int count) {
  coro_suspend();
  if (count == 7)
    return 7;
  plain(count);
  return count / 2;
}
yields int outer(int n) {
  int half = inner(n);
  coro_suspend();
  return half;
}
#endif
