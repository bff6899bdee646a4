// RUN: %oracle %s
// REQUIRES: x86_64
// Assembly with operands in the frame, tied operands, register variables, and
// jumps out of it.
#include <coro/coro.h>
#include <stdio.h>

static yields int operands(int n) {
  int x = n, y = 5;
  long array[3] = {n, 2, 3};
  __asm__("addl %1, %0" : "+m"(x) : "r"(y));
  coro_yield_now();
  __asm__("addl %1, %0" : "+r"(x) : "m"(y) : "cc");
  coro_yield_now();
  long low;
  unsigned char above;
  __asm__("mov %2, %0\n\tadd %3, %0\n\tcmp $7, %0\n\tseta %1"
          : "=&r"(low), "=q"(above)
          : "r"(array[0]), "r"(array[2])
          : "cc");
  coro_yield_now();
  __asm__ volatile("incq %0" : "=m"(array[1]) : "m"(array[1]) : "memory");
  int tied;
  __asm__("shll $2, %0" : "=r"(tied) : "0"(x));
  coro_yield_now();
  return x + y * 3 + (int)low * 5 + above + (int)array[1] * 7 + tied;
}

static yields int registers(int n) {
  register int kept __asm__("r12") = n;
  __asm__ volatile("" : "+r"(kept));
  coro_yield_now();
  register int again __asm__("ebx") = kept + 1;
  __asm__ volatile("addl $3, %0" : "+r"(again));
  coro_yield_now();
  return kept * 10 + again;
}

static yields int jumps(int n) {
  int sum = 0;
again:
  coro_yield_now();
  __asm__ goto("testl %0, %0\n\tjz %l1\n\tcmpl $3, %0\n\tja %l2"
               :
               : "r"(n)
               : "cc"
               : zero, above);
  sum += 10;
  n--;
  coro_yield_now();
  goto again;
above:
  sum += 100;
  n -= 2;
  coro_yield_now();
  goto again;
zero:
  coro_yield_now();
  return sum;
}

static yields int unique(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    __asm__ volatile(".Lhere%=:\n\tjmp .Lthere%=\n.Lthere%=:\n\tincl %0"
                     : "+r"(sum)
                     :
                     : "cc");
    coro_yield_now();
    __asm__ volatile("" ::: "memory");
  }
  return sum;
}

int main(void) {
  for (int n = 0; n < 7; n++)
    printf("%d %d %d %d\n", coro_block_on(operands, n),
           coro_block_on(registers, n), coro_block_on(jumps, n),
           coro_block_on(unique, n));
}
