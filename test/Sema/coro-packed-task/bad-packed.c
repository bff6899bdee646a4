// RUN: %coro -fsyntax-only -Xclang -verify %s
// Code that uses a frame relies on its alignment.
#include <coro/coro.h>

yields int f(void) coro_frame(64); // expected-note 6 {{'f' is declared here}}

struct __attribute__((packed)) by_attribute {
  char c;
  coro_task(f) task; // expected-error {{packing puts a coro_task(f) where the address need not be a multiple of 16, as its frame must be; do not pack this struct, or keep a pointer to the task in it [coro-packed-task]}}
};
struct one_member {
  char c;
  coro_task(f) task __attribute__((packed)); // expected-error {{packing puts a coro_task(f)}}
};
#pragma pack(push, 1)
struct by_pragma {
  coro_task(f) tasks[2]; // expected-error {{packing puts a coro_task(f)}}
};
#pragma pack(pop)

struct inner {
  coro_task(f) task;
};
struct __attribute__((packed)) outer {
  char c;
  struct inner inner; // expected-error {{packing puts a coro_task(f)}}
};
typedef union {
  char c;
  coro_task(f) task; // expected-error {{packing puts a coro_task(f)}}
} __attribute__((packed)) either;

void local(void) {
  struct __attribute__((packed)) {
    char c;
    coro_task(f) task; // expected-error {{packing puts a coro_task(f)}}
  } s;
  (void)s;
}
