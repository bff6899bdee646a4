; RUN: %opt -passes=link-defer -S %s | %filecheck %s
; RUN: %opt -passes='link-defer,lto-pre-link<O2>' -S %s | %filecheck --check-prefix=SIMPLER %s
; The copy of a function that nobody would flatten has no code, but no pass may
; conclude from that what it returns, or that it needs no argument.

declare void @__coro_suspend()
declare !coro.yields !0 i32 @other(i32)

; CHECK: define hidden i32 @apart.body(i32 %n)
; CHECK-NEXT: store volatile i32 %n, ptr @apart.coro
; CHECK-NEXT: load volatile i32, ptr @apart.coro
; CHECK-NEXT: ret i32
define i32 @apart(i32 %n) noinline !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}

; CHECK: define internal i32 @local.body(i32 %n)
; CHECK-NEXT: call {{.*}}(i32 0, ptr @local.body, i32 5, ptr @local.start,
define internal i32 @local(i32 %n) noinline !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 1
}

; SIMPLER: define hidden i32 @waits.body(
; SIMPLER: [[A:%.*]] = call {{.*}}i32 @apart.body(i32 %n)
; SIMPLER: [[B:%.*]] = call {{.*}}i32 @local.body(i32 [[A]])
; SIMPLER: call {{.*}}i32 @other.body(i32 [[B]])
define i32 @waits(i32 %n) !coro.yields !0 {
  %a = call i32 @apart(i32 %n)
  %b = call i32 @local(i32 %a)
  %c = call i32 @other(i32 %b)
  ret i32 %c
}

!0 = !{}
