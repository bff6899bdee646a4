; RUN: %opt -passes=frame-expand -S %s | %filecheck %s
; coro_suspend() becomes a block of its own with one way out.

; CHECK-LABEL: define i32 @waits(
; CHECK: br label %[[POINT:.*]]
; CHECK: [[POINT]]:
; CHECK-NEXT: call void @coro.point(i32 1)
; CHECK-NEXT: br label %[[RESUMED:.*]]
; CHECK: [[RESUMED]]:
; CHECK-NEXT: ret i32 %n
define i32 @waits(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}
declare void @__coro_suspend()
!0 = !{}
