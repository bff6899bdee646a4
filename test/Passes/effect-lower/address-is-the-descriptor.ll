; RUN: %opt -passes=effect-lower -S %s | %filecheck %s
; Everywhere but in a direct call a coroutine's descriptor stands for it.

; CHECK: @table = global [2 x ptr] [ptr @waits.coro, ptr null]
@table = global [2 x ptr] [ptr @waits, ptr null]
; CHECK: @waits.coro = external constant { i32, i32, i64, i64, i64, i64, i64, i64, i64, ptr, ptr, ptr, ptr }

define void @waits() !coro.yields !0 {
  ret void
}

; CHECK-LABEL: define i1 @uses(
define i1 @uses(ptr %p) {
; CHECK: store ptr @waits.coro, ptr %p
; CHECK: icmp eq ptr %{{.*}}, @waits.coro
  store ptr @waits, ptr %p
  %q = load ptr, ptr %p
  %same = icmp eq ptr %q, @waits
  ret i1 %same
}

; CHECK-LABEL: define void @calls(
define void @calls() !coro.yields !0 {
; CHECK: call void @waits()
  call void @waits()
  ret void
}
!0 = !{}
