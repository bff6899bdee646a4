; RUN: %opt -passes='effect-lower,frame-prepare,frame-expand,frame-place,frame-split,frame-describe' -S %s | %filecheck %s
; RUN: %opt -passes=coro -S %s | %filecheck %s
; One suspension: the argument is stored at it, and loaded again by the poll.

@effect = private constant [12 x i8] c"coro.yields\00", section "llvm.metadata"
@file = private constant [2 x i8] c"f\00", section "llvm.metadata"
@llvm.global.annotations = appending global [2 x { ptr, ptr, ptr, i32, ptr }] [
  { ptr, ptr, ptr, i32, ptr } { ptr @twice, ptr @effect, ptr @file, i32 1, ptr null },
  { ptr, ptr, ptr, i32, ptr } { ptr @__coro_suspend, ptr @effect, ptr @file, i32 1, ptr null }], section "llvm.metadata"

declare void @__coro_suspend()

define i32 @twice(i32 %n) {
  call void @__coro_suspend()
  %twice = mul i32 %n, 2
  ret i32 %twice
}

; CHECK: @twice.coro = constant {{.*}} { i32 4, i32 4, i64 8, i64 4, i64 4, i64 0, i64 0, i64 0, i64 0, ptr @twice.poll, ptr @twice.cancel, ptr @twice.start,
; CHECK-NOT: define {{.*}} @twice(

; CHECK-LABEL: define { i32, i32 } @twice.start(ptr %0, ptr {{.*}}%1, i32 %
; CHECK: [[SLOT:%.*]] = getelementptr inbounds i8, ptr %0, i64 4
; CHECK: store i32 %{{.*}}, ptr [[SLOT]]
; CHECK: store i8 3, ptr %0
; CHECK: ret { i32, i32 } { i32 1, i32 poison }

; CHECK-LABEL: define i32 @twice.poll(ptr %0, ptr {{.*}}%1)
; CHECK: switch i8
; CHECK-DAG: i8 1, label
; CHECK-DAG: i8 2, label
; CHECK-DAG: i8 3, label
; CHECK: mul i32 %{{.*}}, 2
; CHECK: store i8 2, ptr %0
; CHECK-NOT: __coro_suspend(
