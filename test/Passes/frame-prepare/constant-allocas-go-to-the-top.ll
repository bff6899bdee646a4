; RUN: %opt -passes=frame-prepare -S %s | %filecheck %s
; A variable of constant size that is made once stands in the entry block.

; CHECK-LABEL: define void @once(
; CHECK-NEXT: entry:
; CHECK-NEXT: alloca [16 x i8]
; CHECK: then:
; CHECK-NOT: alloca
define void @once(i1 %c) !coro.yields !0 {
entry:
  br i1 %c, label %then, label %out
then:
  %a = alloca i8, i64 16
  call void @use(ptr %a)
  br label %out
out:
  ret void
}

; CHECK-LABEL: define void @dynamic(
; CHECK: %a = alloca i8, i64 %n
define void @dynamic(i64 %n) !coro.yields !0 {
  %a = alloca i8, i64 %n
  call void @use(ptr %a)
  ret void
}

; In a loop each round has another one.
; CHECK-LABEL: define void @loop(
; CHECK: again:
; CHECK: alloca
define void @loop(i1 %c) !coro.yields !0 {
entry:
  br label %again
again:
  %a = alloca i8, i64 16
  call void @use(ptr %a)
  br i1 %c, label %again, label %out
out:
  ret void
}
declare void @use(ptr)
!0 = !{}
