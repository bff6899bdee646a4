; RUN: %opt -passes=effect-stress -S %s | %filecheck %s
; Each function of the unit suspends before calls and at loop heads; main keeps
; its name and drives its former body.

; CHECK-LABEL: define internal i32 @main.body(
; CHECK-SAME: !coro.yields
; CHECK: call {{.*}}@__coro_suspend()
; CHECK: call i32 @helper(

; CHECK: define {{.*}}i32 @helper(i32 %n) !coro.yields
; CHECK: loop:
; CHECK: call void @__coro_suspend()

; CHECK: define {{.*}}@taken(
; CHECK-NOT: !coro.yields
; CHECK: ret i32
define i32 @main() {
  %a = call i32 @helper(i32 3)
  %b = call i32 @apply(ptr @taken, i32 %a)
  ret i32 %b
}
define internal i32 @helper(i32 %n) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %next = add i32 %i, 1
  %done = icmp eq i32 %next, %n
  br i1 %done, label %out, label %loop
out:
  ret i32 %i
}
define internal i32 @taken(i32 %n) {
  ret i32 %n
}
declare i32 @apply(ptr, i32)
