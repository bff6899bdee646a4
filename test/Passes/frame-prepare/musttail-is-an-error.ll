; RUN: %not %opt -passes=frame-prepare -disable-output %s 2>&1 | %filecheck %s
; CHECK: error: musttail in 'tail'

define void @tail() !coro.yields !0 {
  musttail call void @plain()
  ret void
}
declare void @plain()
!0 = !{}
