; RUN: %opt -passes=frame-prepare -S %s | %filecheck %s
; A block that only branches, by what its predecessors say, is left out; what
; uses its phis elsewhere, one of a loop too, gets new ones.

; CHECK-LABEL: define i32 @leaves(
; CHECK: body:
; CHECK: call void @__coro_suspend()
; CHECK-NEXT: %next = add i32 %n, %n
; CHECK-NEXT: br label
; CHECK-NOT: br i1
; CHECK: end:
; CHECK-NEXT: ret i32 %next
define i32 @leaves(i32 %n) !coro.yields !0 {
entry:
  br label %header
header:
  %sum = phi i32 [ %n, %entry ], [ %next, %body ]
  %fell = phi i8 [ 0, %entry ], [ 1, %body ]
  %done = trunc i8 %fell to i1
  br i1 %done, label %end, label %body
body:
  call void @__coro_suspend()
  %next = add i32 %sum, %n
  br label %header
end:
  ret i32 %sum
}

; CHECK-LABEL: define i32 @switches(
; CHECK-NOT: switch
; CHECK-NOT: phi
; CHECK: }
define i32 @switches(i1 %which) !coro.yields !0 {
  br i1 %which, label %one, label %two
one:
  br label %cleanup
two:
  call void @__coro_suspend()
  br label %cleanup
cleanup:
  %to = phi i32 [ 7, %one ], [ 3, %two ]
  switch i32 %to, label %other [
    i32 7, label %first
    i32 3, label %second
  ]
first:
  ret i32 1
second:
  ret i32 2
other:
  unreachable
}

; A value that is not known on one way keeps the block for that way.
; CHECK-LABEL: define i32 @half(
; CHECK: and:
; CHECK-NEXT: br i1 %more, label %yes, label %no
; CHECK: yes:
; CHECK-NEXT: ret i32 11
; CHECK: no:
; CHECK-NEXT: %[[WHICH:.*]] = phi i32 [ 10, %{{.*}} ], [ 11, %and ]
; CHECK-NEXT: ret i32 %[[WHICH]]
define i32 @half(i1 %left, i1 %more) !coro.yields !0 {
entry:
  br i1 %left, label %right, label %and
right:
  call void @__coro_suspend()
  br label %and
and:
  %both = phi i1 [ false, %entry ], [ %more, %right ]
  %which = phi i32 [ 10, %entry ], [ 11, %right ]
  br i1 %both, label %yes, label %no
yes:
  ret i32 %which
no:
  ret i32 %which
}
declare void @__coro_suspend()
!0 = !{}
