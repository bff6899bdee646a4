; RUN: %opt -passes=effect-lower -S %s | %filecheck %s
; coro_new: a frame from the allocator, bound where there is one.

@yields = private constant [12 x i8] c"coro.yields\00"
@llvm.global.annotations = appending global [1 x { ptr, ptr, ptr, i32, ptr }] [{ ptr, ptr, ptr, i32, ptr } { ptr @f, ptr @yields, ptr @yields, i32 1, ptr null }], section "llvm.metadata"

declare i32 @f(i32)
declare ptr @__coro_new(ptr, ptr, ...)

define ptr @plain(ptr %allocator, i32 %n) {
  %frame = alloca ptr
  %p = call ptr (ptr, ptr, ...) @__coro_new(ptr %frame, ptr %allocator, ptr @f)
  %unused = call i32 %p(i32 %n)
  %got = load ptr, ptr %frame
  ret ptr %got
}

; CHECK-LABEL: define ptr @plain(
; CHECK: %box = call ptr @coro_box_take(ptr %allocator, ptr @f.coro)
; CHECK-NEXT: store ptr %box, ptr %frame
; CHECK-NEXT: %[[GIVEN:.*]] = icmp ne ptr %box, null
; CHECK-NEXT: br i1 %[[GIVEN]], label %[[BIND:.*]], label %[[AFTER:.*]]
; CHECK: [[BIND]]:
; CHECK-NEXT: call void @f.bind(ptr %box, i32 %n)
; CHECK-NEXT: br label %[[AFTER]]
; CHECK: [[AFTER]]:
; CHECK-NEXT: %got = load ptr, ptr %frame
