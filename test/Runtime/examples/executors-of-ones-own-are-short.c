// The executors of priorities.c and batches.c do what they promise, and take
// less than 60 lines each, with their comments.
// RUN: %corocc %cflags %root/docs/examples/priorities.c -o %t && %t > %t.out
// RUN: %filecheck --check-prefix=PRIORITIES %s < %t.out
// RUN: %corocc %cflags %root/docs/examples/batches.c -o %t && %t > %t.out
// RUN: %filecheck --check-prefix=BATCHES %s < %t.out
// RUN: awk '/^\/\* The executor -/ {on = 1; n = 0} /^\/\* What it is for -/ {print n; on = 0} on {n++}' %root/docs/examples/priorities.c %root/docs/examples/batches.c > %t.lines
// RUN: %filecheck --check-prefix=LINES %s < %t.lines
// PRIORITIES: sound 1
// PRIORITIES-NEXT: sound 2
// PRIORITIES-NEXT: screen 1
// PRIORITIES-NEXT: search 1
// PRIORITIES-NEXT: screen 2
// PRIORITIES-NEXT: search 2
// PRIORITIES-NEXT: backup 1
// PRIORITIES-NEXT: backup 2
// BATCHES: 3 at once, from block 0
// BATCHES-NEXT: b: block 0 leads to 5
// BATCHES-NEXT: c: block 3 leads to 7
// BATCHES-NEXT: a: block 6 leads to 2
// BATCHES-NEXT: 2 at once, from block 2
// BATCHES-NEXT: a: block 2 leads to 0
// BATCHES-NEXT: b: block 5 leads to 6
// BATCHES-NEXT: 1 at once, from block 6
// BATCHES-NEXT: b: block 6 leads to 2
// LINES: {{^[1-5][0-9]$}}
// LINES-NEXT: {{^[1-5][0-9]$}}
// LINES-NOT: {{.}}
