; RUN: %opt -passes='coro<records>' -S %s | %filecheck %s
; RUN: %opt -passes=coro -S %s | %filecheck --check-prefix=NONE %s
; RUN: sed 's/x86_64-unknown-linux-gnu/x86_64-apple-macosx/' %s | %opt -passes='coro<records>' -S | %filecheck --check-prefix=NONE %s
; The records are assembly in a section of their own, which leaves the section
; that was before; only ELF has it. A function of which nothing is left has none.

; CHECK: module asm "\09.pushsection\09.debug.coro,\22\22,%progbits"
; CHECK-NEXT: module asm "\09.ascii\09\22coro\\002{{.*}}kept\\000
; CHECK-NEXT: module asm "\09.popsection"
; CHECK-NOT: module asm
; CHECK-NOT: coro.records
; NONE-NOT: module asm
; NONE-NOT: coro.records
target triple = "x86_64-unknown-linux-gnu"

define i32 @kept(i32 %n) !coro.yields !0 {
  %m = call i32 @inner(i32 %n)
  ret i32 %m
}
define internal i32 @inner(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}
declare void @__coro_suspend()
!0 = !{}
