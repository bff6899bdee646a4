// RUN: %coro -O2 -fplugin-arg-coro-print-frames -c %root/docs/examples/zip.c -o %t.o 2> %t.frames
// RUN: %filecheck --check-prefix=FRAME %s < %t.frames
// RUN: llvm-nm -u %t.o | %filecheck --check-prefix=CALLS --allow-empty %s
// RUN: %coro -O0 -c %root/docs/examples/zip.c -o %t.o
// RUN: llvm-nm -u %t.o | %filecheck --check-prefix=CALLS --allow-empty %s
// A generator that iterates two others has both frames in its own, and nothing
// is allocated.
// FRAME: frame of zip: {{[0-9]+}} bytes, align 8, 1 suspensions
// CALLS-NOT: {{malloc|calloc|alloc|free}}
