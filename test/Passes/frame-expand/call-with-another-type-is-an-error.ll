; RUN: %not %opt -passes=frame-expand -disable-output %s 2>&1 | %filecheck %s
; What the front end would have said of C is said of IR as well.
; CHECK: error: 'promised' is called with another type than it is defined with

define void @waits() !coro.yields !0 {
  call void @promised(i32 1)
  ret void
}
declare !coro.yields !0 !coro.limit !1 void @promised()
!0 = !{}
!1 = !{i64 64}
