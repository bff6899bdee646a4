// The barest fiber there is: a stack, and a switch that saves what a call must
// keep. x86-64 only: elsewhere the peer is missing.
#ifndef BENCH_SWITCH_H
#define BENCH_SWITCH_H

#include <stddef.h>

// Leaves the current stack, remembered in *from, and goes on with `to`.
void fiber_switch(void **from, void *to);

__asm__(".text\n"
        ".p2align 4\n"
        ".type fiber_switch, @function\n"
        "fiber_switch:\n"
        "  pushq %rbp\n"
        "  pushq %rbx\n"
        "  pushq %r12\n"
        "  pushq %r13\n"
        "  pushq %r14\n"
        "  pushq %r15\n"
        "  movq %rsp, (%rdi)\n"
        "  movq %rsi, %rsp\n"
        "  popq %r15\n"
        "  popq %r14\n"
        "  popq %r13\n"
        "  popq %r12\n"
        "  popq %rbx\n"
        "  popq %rbp\n"
        "  popq %rcx\n"
        "  jmpq *%rcx\n" // not ret: that is predicted to go where it was called
        ".size fiber_switch, . - fiber_switch\n");

// A stack pointer for fiber_switch: `code`, which never returns, is entered
// when it is first switched to.
static inline void *fiber_new(void *stack, size_t size, void (*code)(void)) {
  void **top = (void **)((char *)stack + size) - 3;
  top[0] = 0; // where `code` would return to: the stack is aligned as by a call
  top[-1] = (void *)code;
  return top - 7; // six registers, whatever they hold
}

#endif
