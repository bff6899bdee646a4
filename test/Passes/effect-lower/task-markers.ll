; RUN: %opt -passes=effect-lower -S %s | %filecheck %s
; A task's bytes say which function's they are: bind, poll and erase need no
; look at a run-time value.

@task = private constant [16 x i8] c"coro.task=waits\00", section "llvm.metadata"
@file = private constant [2 x i8] c"f\00", section "llvm.metadata"

define i32 @waits(i32 %n, ptr %p) !coro.yields !0 {
  ret i32 %n
}

; CHECK-LABEL: define i32 @drives(
define i32 @drives(ptr %bytes, ptr %cx, ptr %out) {
; CHECK-NOT: ptr.annotation
; CHECK-NOT: __coro_
; CHECK: call void @waits.bind(ptr %bytes, i32 3, ptr %out)
  %a = call ptr @llvm.ptr.annotation.p0.p0(ptr %bytes, ptr @task, ptr @file, i32 1, ptr null)
  %bound = call ptr (ptr, ...) @__coro_bind(ptr %a, ptr @waits)
  %ignored = call i32 %bound(i32 3, ptr %out)
; CHECK: store ptr @waits.coro, ptr %out
  %b = call ptr @llvm.ptr.annotation.p0.p0(ptr %bytes, ptr @task, ptr @file, i32 1, ptr null)
  %of = call ptr @__coro_of(ptr %b)
  store ptr %of, ptr %out
; CHECK: %status = call i32 @waits.poll(ptr %bytes, ptr %cx)
  %c = call ptr @llvm.ptr.annotation.p0.p0(ptr %bytes, ptr @task, ptr @file, i32 1, ptr null)
  %status = call i32 @__coro_poll(ptr %c, ptr %cx)
  ret i32 %status
}

declare ptr @llvm.ptr.annotation.p0.p0(ptr, ptr, ptr, i32, ptr)
declare ptr @__coro_bind(ptr, ...)
declare ptr @__coro_of(ptr)
declare i32 @__coro_poll(ptr, ptr)
!0 = !{}
