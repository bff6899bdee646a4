; RUN: %not %opt -passes=frame-expand,frame-place -disable-output %s 2>&1 | %filecheck %s
; CHECK: error: the frame of 'waits' takes 16 bytes, 8 more than its coro_frame(8)
; CHECK-NEXT: 8 bytes of it
target datalayout = "e-m:e-i64:64-i128:128-f80:128-n8:16:32:64-S128"

define i64 @waits(i64 %n) !coro.yields !0 !coro.limit !1 {
  call void @__coro_suspend()
  ret i64 %n
}
declare void @__coro_suspend()
!0 = !{}
!1 = !{i64 8}
