; RUN: %opt -passes=effect-order -S %s | %filecheck %s
; Calls that do not come back, and recursion of plain functions, stay.
; CHECK: call void @leaf()
; CHECK: call void @leaf()
; CHECK: call void @plain()

define void @leaf() !coro.yields !0 {
  ret void
}
define void @twice() !coro.yields !0 {
  call void @leaf()
  call void @leaf()
  ret void
}
define void @plain() {
  call void @plain()
  ret void
}
!0 = !{}
