; RUN: %opt -passes=effect-specialise -S %s | %filecheck %s
; Where only the pointer's coro_frame(N) is known, one copy for each N calls
; through the descriptor.

; CHECK-LABEL: define i32 @top(
; CHECK-NEXT: call i32 @"map<*64>"(ptr %p)
; CHECK-NEXT: call i32 @"map<*64>"(ptr %q)
; CHECK-NEXT: call i32 @"map<*96>"(ptr %q)
define i32 @top(ptr %p, ptr %q) !coro.yields !0 {
  %a = call ptr @__coro_as(ptr @map, ptr null, i64 4, i64 64)
  %b = call i32 %a(ptr %p)
  %c = call ptr @__coro_as(ptr @map, ptr null, i64 4, i64 64)
  %d = call i32 %c(ptr %q)
  %e = call ptr @__coro_as(ptr @map, ptr null, i64 4, i64 96)
  %f = call i32 %e(ptr %q)
  ret i32 %b
}
define i32 @map(ptr %f) !coro.generic !0 {
  %p = call ptr @__coro_indirect(ptr %f, i64 0, i64 4, i64 4)
  %r = call i32 %p(i32 1)
  ret i32 %r
}
; CHECK: define internal i32 @"map<*64>"(
; CHECK-NEXT: %p = call ptr @__coro_indirect(ptr %f, i64 64, i64 4, i64 4)
; CHECK-NEXT: call i32 %p(i32 1)
; CHECK: define internal i32 @"map<*96>"(
; CHECK-NEXT: %p = call ptr @__coro_indirect(ptr %f, i64 96, i64 4, i64 4)
declare ptr @__coro_indirect(ptr, i64, i64, i64)
declare ptr @__coro_as(ptr, ptr, i64, i64)
!0 = !{}
