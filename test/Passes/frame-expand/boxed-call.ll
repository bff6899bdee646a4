; RUN: %opt -passes=frame-expand -S %s | %filecheck %s
; A boxed call takes its frame, sees whether it got one, waits, hands the result
; over and gives the frame back. The descriptor says everything else.

target datalayout = "e-p:64:64-i64:64-n8:16:32:64"
target triple = "x86_64-unknown-linux-gnu"

@f.coro = external constant { i32, i32, i64, i64, i64, i64, i64, i64, i64, ptr, ptr, ptr, ptr }

declare ptr @__coro_try_box(ptr, ptr, i64, i64, i64, i64, i64, ...)

define i32 @g(ptr %result) !coro.yields !0 {
  %ran = alloca i8
  %f = call ptr (ptr, ptr, i64, i64, i64, i64, i64, ...) @__coro_try_box(ptr %ran, ptr %result, i64 4, i64 4, i64 0, i64 0, i64 0, ptr @f.coro)
  %ignored = call i32 %f(i32 7)
  %got = load i8, ptr %ran
  %r = zext i8 %got to i32
  ret i32 %r
}

; CHECK-LABEL: define i32 @g(
; CHECK: %[[CX:.*]] = call ptr @__coro_self()
; CHECK: %box = call ptr @coro_box_enter(ptr {{.*}}"coro-borrowed" %[[CX]], ptr @f.coro)
; CHECK: %[[GOT:.*]] = icmp ne ptr %box, null
; CHECK: br i1 %[[GOT]], label %[[GO:.*]], label %[[AFTER:.*]]
; CHECK: [[GO]]:
; CHECK: %[[START:.*]] = load ptr, ptr getelementptr {{.*}}@f.coro
; CHECK: call { i32, i32 } %[[START]](ptr %box, ptr {{.*}}"coro-borrowed" %{{.*}}, i32 7)
; CHECK: coro.unfinished:
; CHECK: call void @coro.point(i32 1) [ "coro.callee"(ptr %box, ptr @f.coro) ]
; CHECK: %[[POLL:.*]] = load ptr, ptr getelementptr {{.*}}@f.coro
; CHECK: call i32 %[[POLL]](ptr %box, ptr {{.*}}"coro-borrowed" %{{.*}})
; CHECK: icmp ne ptr %result, null
; CHECK: %[[FROM:.*]] = getelementptr inbounds{{.*}} i8, ptr %box, i64 4
; CHECK: call void @llvm.memcpy{{.*}}(ptr align 4 %result, ptr align 4 %[[FROM]], i64 4,
; CHECK: call void @coro_box_release(ptr %box, ptr @f.coro)
; CHECK: [[AFTER]]:
; CHECK-NOT: __coro_try_box
; CHECK: ret i32

!0 = !{}
