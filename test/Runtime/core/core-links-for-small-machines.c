// A program and the core, compiled for machines without an operating system,
// need nothing but what compilers themselves call there; a clock if they have
// one.
// RUN: %coro %cflags -Os --target=thumbv7em-none-eabi -mcpu=cortex-m4 -ffreestanding -nostdlib -r -fuse-ld=lld %s @%build/lib/coro_rt_core.rsp -o %t
// RUN: llvm-nm -u %t | %not grep -vE "(__aeabi_[a-z0-9_]+|memset|memcpy|memmove|w coro_port_clock)$"
// RUN: %coro %cflags -Os --target=riscv32-none-elf -march=rv32imac -ffreestanding -nostdlib -r -fuse-ld=lld %s @%build/lib/coro_rt_core.rsp -o %t
// RUN: llvm-nm -u %t | %not grep -vE "(__u?(div|mod)di3|memset|memcpy|memmove|w coro_port_clock)$"
// RUN: %coro %cflags -Os --target=aarch64-none-elf -ffreestanding -nostdlib -r -fuse-ld=lld %s @%build/lib/coro_rt_core.rsp -o %t
// RUN: llvm-nm -u %t | %not grep -vE "(memset|memcpy|memmove|w coro_port_clock)$"
// REQUIRES: lld
#include <coro/coro.h>

static yields void blink(coro_interval *beat) {
  for (;;)
    coro_interval_wait(beat);
}

CORO_EXECUTOR(board, blink);

int start(void);
int start(void) {
  static struct board board;
  static struct board_slot slots[1];
  static coro_timers timers;
  coro_timers_init(&timers, 0);
  board_init(&board, slots, 1, 0, &timers);
  coro_interval beat = {CORO_SECOND, CORO_SECOND};
  if (!coro_closed_spawn(&board, blink, &beat))
    return 1;
  return board_run(&board);
}
