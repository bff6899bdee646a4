; RUN: %opt -passes=effect-specialise -S %s | %filecheck %s
; Without optimisation too, what a flag decides is decided in the copy, and in
; the function itself it is 0; the variable stays for the debugger.

@flag = private constant [15 x i8] c"coro.flag=wait\00", section "llvm.metadata"

; Whoever calls it from elsewhere with another value is stopped.
; CHECK-LABEL: define i32 @get(i32 %wait) {
; CHECK: store i32 %wait, ptr %wait.addr
; CHECK: [[GIVEN:%.*]] = load i32, ptr %wait.addr
; CHECK: [[BAD:%.*]] = icmp ne i32 [[GIVEN]], 0
; CHECK: br i1 [[BAD]], label %[[TRAP:.*]], label %[[GO:.*]]
; CHECK: [[TRAP]]:
; CHECK: call void @llvm.trap()
; CHECK: [[GO]]:
; CHECK-NOT: __coro_suspend
; CHECK: ret i32 0

; CHECK-LABEL: define i32 @top(
; CHECK-NEXT: call i32 @"get<3>"(i32 3)
; CHECK-NEXT: call i32 @get(i32 0)

; CHECK: define internal i32 @"get<3>"(i32 %wait)
; CHECK: %wait.addr = alloca i32
; CHECK: store i32 %wait, ptr %wait.addr
; CHECK-NOT: load
; CHECK-NOT: br i1
; CHECK: call void @__coro_suspend()
; CHECK-NOT: br i1
; CHECK: ret i32 4
define i32 @get(i32 %wait) !coro.generic !0 {
entry:
  %wait.addr = alloca i32
  store i32 %wait, ptr %wait.addr
  call void @llvm.var.annotation.p0.p0(ptr %wait.addr, ptr @flag, ptr @flag, i32 1, ptr null)
  %0 = load i32, ptr %wait.addr
  %c = icmp ne i32 %0, 0
  br i1 %c, label %rhs, label %end
rhs:
  %1 = load i32, ptr %wait.addr
  %d = icmp sgt i32 %1, 2
  br label %end
end:
  %e = phi i1 [ false, %entry ], [ %d, %rhs ]
  br i1 %e, label %then, label %done
then:
  call void @__coro_suspend()
  br label %done
done:
  %r = phi i32 [ 0, %end ], [ 4, %then ]
  ret i32 %r
}
define i32 @top() !coro.yields !0 {
  %a = call ptr @__coro_as(ptr @get, ptr null, i64 3, i64 3)
  %b = call i32 %a(i32 3)
  %c = call ptr @__coro_as(ptr @get, ptr null, i64 3, i64 0)
  %d = call i32 %c(i32 0)
  ret i32 %b
}
declare void @llvm.var.annotation.p0.p0(ptr, ptr, ptr, i32, ptr)
declare !coro.yields !0 void @__coro_suspend()
declare ptr @__coro_as(ptr, ptr, i64, i64)
!0 = !{}
