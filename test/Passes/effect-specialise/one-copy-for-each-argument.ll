; RUN: %opt -passes=effect-specialise -S %s | %filecheck %s
; RUN: %opt -passes=effect-specialise -S %s | %filecheck --check-prefix=ONCE %s
; Calls with the same function share a copy, in which calls of the argument are
; direct; the function itself calls what its pointer points to.

; CHECK-LABEL: define i32 @map(ptr %f, i32 %n) {
; CHECK-NEXT: %r = call i32 %f(i32 %n)
define i32 @map(ptr %f, i32 %n) !coro.generic !0 {
  %p = call ptr @__coro_indirect(ptr %f, i64 0, i64 4, i64 4)
  %r = call i32 %p(i32 %n)
  ret i32 %r
}

; CHECK-LABEL: define i32 @first(
; CHECK-NEXT: call i32 @"map<slow>"(ptr @slow.coro, i32 1)
; CHECK-NEXT: call i32 @"map<slow>"(ptr @slow.coro, i32 2)
; CHECK-NEXT: call i32 @"map<other>"(ptr @other.coro, i32 3)
; CHECK-NEXT: call i32 @map(ptr @plain, i32 4)
define i32 @first() !coro.yields !0 {
  %a = call ptr @__coro_as(ptr @map, ptr @slow, i64 1, i64 0)
  %b = call i32 %a(ptr @slow.coro, i32 1)
  %c = call ptr @__coro_as(ptr @map, ptr @slow, i64 1, i64 0)
  %d = call i32 %c(ptr @slow.coro, i32 2)
  %e = call ptr @__coro_as(ptr @map, ptr @other, i64 1, i64 0)
  %f = call i32 %e(ptr @other.coro, i32 3)
  %g = call i32 @map(ptr @plain, i32 4)
  ret i32 %b
}
; CHECK-LABEL: define i32 @second(
; CHECK-NEXT: call i32 @"map<slow>"(ptr @slow.coro, i32 5)
define i32 @second() !coro.yields !0 {
  %a = call ptr @__coro_as(ptr @map, ptr @slow, i64 1, i64 0)
  %b = call i32 %a(ptr @slow.coro, i32 5)
  ret i32 %b
}

; CHECK: define internal i32 @"map<slow>"(ptr %f, i32 %n) !coro.yields !{{[0-9]+}} !coro.copy
; CHECK-NEXT: call i32 @slow(i32 %n)
; CHECK: define internal i32 @"map<other>"(ptr %f, i32 %n) !coro.yields
; CHECK-NEXT: call i32 @other(i32 %n)
; CHECK-NOT: define
; ONCE-COUNT-1: define internal i32 @"map<slow>"
; ONCE-NOT: define internal i32 @"map<slow>"

@slow.coro = external constant i8
@other.coro = external constant i8
declare !coro.yields !0 i32 @slow(i32)
declare !coro.yields !0 i32 @other(i32)
declare i32 @plain(i32)
declare ptr @__coro_indirect(ptr, i64, i64, i64)
declare ptr @__coro_as(ptr, ptr, i64, i64)
!0 = !{}
