; RUN: %opt -passes=effect-lower -S %s | %filecheck %s
; coro_offload: a call of a coroutine made for the function, whose work holds
; the arguments and the result.

@yields = private constant [12 x i8] c"coro.yields\00"
@limit = private constant [14 x i8] c"coro.frame=64\00"
@llvm.global.annotations = appending global [4 x { ptr, ptr, ptr, i32, ptr }] [{ ptr, ptr, ptr, i32, ptr } { ptr @caller, ptr @yields, ptr @yields, i32 1, ptr null }, { ptr, ptr, ptr, i32, ptr } { ptr @__coro_offload, ptr @yields, ptr @yields, i32 1, ptr null }, { ptr, ptr, ptr, i32, ptr } { ptr @wait, ptr @yields, ptr @yields, i32 1, ptr null }, { ptr, ptr, ptr, i32, ptr } { ptr @wait, ptr @limit, ptr @yields, i32 1, ptr null }], section "llvm.metadata"

declare ptr @__coro_offload(i64, ...)
declare void @wait(ptr, ptr)
declare signext i8 @f(i32, ptr)
declare void @g(ptr sret([12 x i64]) align 64, ptr byval(i64) align 8)

; CHECK-LABEL: define i8 @caller(ptr %p)
; CHECK-NEXT: %a = call signext i8 @f.offload(i32 1, ptr %p)
; CHECK-NEXT: %b = call signext i8 @f.offload(i32 2, ptr %p)
; CHECK-NEXT: call void @g.offload(ptr sret([12 x i64]) align 64 %p, ptr byval(i64) align 8 %p)
; CHECK-NEXT: ret i8 %a
define i8 @caller(ptr %p) {
  %f = call ptr (i64, ...) @__coro_offload(i64 40, ptr @wait, ptr @f)
  %a = call signext i8 %f(i32 1, ptr %p)
  %again = call ptr (i64, ...) @__coro_offload(i64 40, ptr @wait, ptr @f)
  %b = call signext i8 %again(i32 2, ptr %p)
  %g = call ptr (i64, ...) @__coro_offload(i64 40, ptr @wait, ptr @g)
  call void %g(ptr sret([12 x i64]) align 64 %p, ptr byval(i64) align 8 %p)
  ret i8 %a
}

; CHECK-LABEL: define internal void @f.run(ptr %0)
; CHECK: %[[A:.*]] = load i32
; CHECK: %[[B:.*]] = load ptr
; CHECK: %[[R:.*]] = call signext i8 @f(i32 %[[A]], ptr %[[B]])
; CHECK: store i8 %[[R]]

; CHECK-LABEL: define internal signext i8 @f.offload(i32 %0, ptr %1)
; CHECK-SAME: !coro.yields
; CHECK: %work = alloca { [5 x i64], i32, ptr, i8 }
; CHECK: store i32 %0
; CHECK: store ptr %1
; CHECK: call void @wait(ptr %work, ptr @f.run)
; CHECK: load i8
; CHECK-NOT: @f.offload.1

; CHECK-LABEL: define internal void @g.run(ptr %0)
; CHECK: call void @g(ptr sret([12 x i64]) align 64 %{{.*}}, ptr byval(i64) align 8 %{{.*}})

; The result has the alignment of its place, which its type does not have.
; CHECK-LABEL: define internal void @g.offload(
; CHECK-SAME: !coro.c.result ![[RESULT:[0-9]+]]
; CHECK: ![[RESULT]] = !{i64 96, i64 64}
