; RUN: %opt -passes=frame-expand,frame-place -S %s | %filecheck %s
; RUN: %opt -passes='frame-expand,frame-place<no-remat>' -S %s | %filecheck --check-prefix=OFF %s
; %wide comes back from %n, which is stored in any case; a load does not.

; CHECK-LABEL: define i64 @waits(
; CHECK: store i32 %n
; CHECK: call void @coro.point(i32 1)
; CHECK: load i32
; CHECK: sext i32 %{{.*}} to i64
; OFF-LABEL: define i64 @waits(
; OFF: store i64 %wide
; OFF: call void @coro.point(i32 1)
; OFF-NOT: sext
define i64 @waits(i32 %n) !coro.yields !0 {
  %wide = sext i32 %n to i64
  call void @__coro_suspend()
  %again = sext i32 %n to i64
  %more = add i64 %wide, 1
  call void @use(i64 %more, i32 %n)
  ret i64 %wide
}

; CHECK-LABEL: define i32 @loads(
; CHECK: %v = load i32, ptr %p
; CHECK: store i32 %v
; CHECK: call void @coro.point(i32 1)
define i32 @loads(ptr %p) !coro.yields !0 {
  %v = load i32, ptr %p
  call void @__coro_suspend()
  ret i32 %v
}
declare void @__coro_suspend()
declare void @use(i64, i32)
!0 = !{}
