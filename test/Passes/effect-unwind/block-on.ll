; RUN: %opt -passes='effect-lower,effect-unwind' -S %s | %filecheck %s
; coro_block_on drives a frame of its own, parking in between.

define i32 @waits(i32 %n) !coro.yields !0 {
  ret i32 %n
}

; CHECK-LABEL: define i32 @blocks(
define i32 @blocks(ptr %parker, ptr %cx) {
; CHECK: %[[FRAME:.*]] = alloca {{.*}}!coro.child
; CHECK: call void @begin(ptr %parker, ptr %cx)
; CHECK: call { i32, i32 } @waits.start(ptr %[[FRAME]], ptr %cx, i32 7)
; CHECK: coro.keep:
; CHECK: store i32
; CHECK: coro.started:
; CHECK: br i1 %{{.*}}, label %[[AGAIN:.*]], label %[[END:.*]]
; CHECK: [[AGAIN]]:
; CHECK: call void @park(ptr %parker, ptr %cx)
; CHECK: call i32 @waits.poll(ptr %[[FRAME]], ptr %cx)
; CHECK: br i1 %{{.*}}, label %[[AGAIN]], label %[[END]]
; CHECK: [[END]]:
; CHECK: %[[RESULT:.*]] = load i32
; CHECK: ret i32 %[[RESULT]]
  %f = call ptr (ptr, ...) @__coro_block_on(ptr %parker, ptr @waits,
        ptr %cx, ptr @begin, ptr @park)
  %r = call i32 %f(i32 7)
  ret i32 %r
}
declare ptr @__coro_block_on(ptr, ...)
declare void @begin(ptr, ptr)
declare void @park(ptr, ptr)
!0 = !{}
