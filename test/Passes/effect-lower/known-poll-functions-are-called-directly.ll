; RUN: %opt -passes='effect-lower,verify' -S %s | %filecheck %s
; What last wrote the first member of a future decides, on every way to the
; wait; a call that may have changed it since makes it unknown.

%event = type { ptr, i32 }
@filled = private constant %event { ptr @poll, i32 3 }
@variable = global %event { ptr @poll, i32 3 }

declare i32 @poll(ptr, ptr)
declare i32 @other(ptr, ptr)
declare i32 @shape(ptr)
declare void @see(ptr)
declare void @unrelated()

; CHECK-LABEL: @stored(
; CHECK: call i32 @poll(ptr %e,
define void @stored() !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  %n = getelementptr %event, ptr %e, i32 0, i32 1
  store i32 7, ptr %n
  call void @unrelated()
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; CHECK-LABEL: @copied(
; CHECK: call i32 @poll(ptr %e,
define void @copied() !coro.yields !0 {
  %e = alloca %event
  %t = alloca %event
  call void @llvm.memcpy.p0.p0.i64(ptr %t, ptr @filled, i64 16, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %e, ptr %t, i64 16, i1 false)
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; CHECK-LABEL: @element(
; CHECK: call i32 @poll(ptr %second,
define void @element() !coro.yields !0 {
  %es = alloca [2 x %event]
  store ptr @other, ptr %es
  %second = getelementptr [2 x %event], ptr %es, i32 0, i32 1
  call void @llvm.memcpy.p0.p0.i64(ptr %second, ptr @filled, i64 16, i1 false)
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %second)
  ret void
}

; CHECK-LABEL: @loop(
; CHECK: call i32 @poll(ptr %e,
define void @loop(i1 %again) !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  br label %head
head:
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  br i1 %again, label %head, label %out
out:
  ret void
}

; CHECK-LABEL: @loop_that_shows_it(
; CHECK: %[[POLL:.*]] = load ptr, ptr %e
; CHECK: call i32 %[[POLL]](ptr %e,
define void @loop_that_shows_it(i1 %again) !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  br label %head
head:
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  call void @see(ptr %e)
  br i1 %again, label %head, label %out
out:
  ret void
}

; CHECK-LABEL: @two_ways(
; CHECK: call i32 %{{.*}}(ptr %e,
define void @two_ways(i1 %which) !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  br i1 %which, label %one, label %out
one:
  store ptr @other, ptr %e
  br label %out
out:
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; CHECK-LABEL: @shown(
; CHECK: call i32 %{{.*}}(ptr %e,
define void @shown() !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  call void @see(ptr %e)
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; Another future's wait may run anything.
; CHECK-LABEL: @waits_for_another(
; CHECK: call i32 %{{.*}}(ptr %other,
; CHECK: call i32 %{{.*}}(ptr %e,
define void @waits_for_another(ptr %other) !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %other, ptr %e)
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %other)
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; CHECK-LABEL: @part_of_it(
; CHECK: call i32 %{{.*}}(ptr %e,
define void @part_of_it() !coro.yields !0 {
  %e = alloca %event
  store ptr @poll, ptr %e
  store i8 0, ptr %e
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; CHECK-LABEL: @of_another_type(
; CHECK: call i32 %{{.*}}(ptr %e,
define void @of_another_type() !coro.yields !0 {
  %e = alloca %event
  store ptr @shape, ptr %e
  call i32 (i32, ...) @__coro_wait(i32 0, ptr %e)
  ret void
}

; CHECK-LABEL: @not_of_this_function(
; CHECK: call i32 %{{.*}}(ptr @variable,
; CHECK: call i32 %{{.*}}(ptr %e,
define void @not_of_this_function(ptr %e) !coro.yields !0 {
  call i32 (i32, ...) @__coro_any(i32 0, ptr @variable, ptr %e)
  ret void
}

declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare i32 @__coro_wait(i32, ...)
declare i32 @__coro_any(i32, ...)
!0 = !{}
