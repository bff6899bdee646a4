; RUN: %opt -passes='effect-lower,effect-unwind' -S %s | %filecheck %s
; coro_block_on drives a frame of its own, parking in between.

define i32 @waits(i32 %n) !coro.yields !0 {
  ret i32 %n
}

; CHECK-LABEL: define i32 @blocks(
define i32 @blocks(ptr %parker) {
; CHECK: %[[FRAME:.*]] = alloca {{.*}}!coro.child
; CHECK: %[[CX:.*]] = call ptr @coro_parker_begin(ptr %parker)
; CHECK: call { i32, i32 } @waits.start(ptr %[[FRAME]], ptr %[[CX]], i32 7)
; CHECK: coro.keep:
; CHECK: store i32
; CHECK: coro.started:
; CHECK: br i1 %{{.*}}, label %[[AGAIN:.*]], label %[[END:.*]]
; CHECK: [[AGAIN]]:
; CHECK: call void @coro_parker_wait(ptr %parker)
; CHECK: call i32 @waits.poll(ptr %[[FRAME]], ptr %[[CX]])
; CHECK: br i1 %{{.*}}, label %[[AGAIN]], label %[[END]]
; CHECK: [[END]]:
; CHECK: %[[RESULT:.*]] = load i32
; CHECK: ret i32 %[[RESULT]]
  %f = call ptr (ptr, ...) @__coro_block_on(ptr %parker, ptr @waits)
  %r = call i32 %f(i32 7)
  ret i32 %r
}
declare ptr @__coro_block_on(ptr, ...)
!0 = !{}
