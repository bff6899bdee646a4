; RUN: %not %opt -passes=frame-expand -disable-output %s 2>&1 | %filecheck %s
; What the front end would have said of C is said of IR as well.
; CHECK: error: 'plain' does not yield and calls 'promised', which does

define void @plain() {
  call void @promised()
  ret void
}
declare !coro.yields !0 !coro.limit !1 void @promised()
!0 = !{}
!1 = !{i64 64}
