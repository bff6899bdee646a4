// RUN: %coro -O2 -fplugin-arg-coro-print-frames -c %root/docs/examples/zip.c -o %t.zip.o 2> %t.frames
// RUN: %filecheck --check-prefix=ZIP %s < %t.frames
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -c %root/docs/examples/flat-map.c -o %t.flat-map.o 2> %t.frames
// RUN: %filecheck --check-prefix=FLAT-MAP %s < %t.frames
// RUN: %coro -O0 -c %root/docs/examples/zip.c -o %t.zip.O0.o
// RUN: %coro -O0 -c %root/docs/examples/flat-map.c -o %t.flat-map.O0.o
// RUN: llvm-nm -u %t.zip.o %t.flat-map.o %t.zip.O0.o %t.flat-map.O0.o | %filecheck --check-prefix=CALLS %s
// A generator that iterates others, or calls them, has their frames in its own,
// and nothing is allocated.
// ZIP: frame of zip: {{[0-9]+}} bytes, align 8, 1 suspensions
// FLAT-MAP: frame of divisors_of_many: {{[0-9]+}} bytes, align {{[0-9]+}}, 1 suspensions
// CALLS-NOT: {{alloc|free|coro_box}}
// CALLS: printf
// CALLS-NOT: {{alloc|free|coro_box}}
