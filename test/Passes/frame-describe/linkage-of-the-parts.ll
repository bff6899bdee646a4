; RUN: %opt -passes=effect-lower,frame-expand,frame-place,frame-split,frame-describe -S %s | %filecheck %s
; Parts and descriptor have the function's linkage, visibility, comdat, section.

; CHECK-DAG: @hidden.coro = hidden constant
; CHECK-DAG: define hidden i32 @hidden.start({{.*}} section "own"
; CHECK-DAG: define hidden i32 @hidden.poll({{.*}} section "own"
; CHECK-DAG: define hidden void @hidden.bind({{.*}} section "own"
define hidden void @hidden() section "own" !coro.yields !0 {
  call void @__coro_suspend()
  ret void
}
; CHECK-DAG: @replaced.coro = weak constant
; CHECK-DAG: define weak i32 @replaced.poll(
define weak void @replaced() !coro.yields !0 !coro.limit !1 {
  call void @__coro_suspend()
  ret void
}
; CHECK-DAG: define linkonce_odr i32 @shared.poll({{.*}} comdat
$shared = comdat any
define linkonce_odr void @shared() comdat !coro.yields !0 !coro.limit !1 {
  call void @__coro_suspend()
  ret void
}
@llvm.used = appending global [1 x ptr] [ptr @shared.user]
define void @shared.user() !coro.yields !0 {
  call void @shared()
  ret void
}
declare void @__coro_suspend()
!0 = !{}
!1 = !{i64 16}
