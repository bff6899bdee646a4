; RUN: %not %opt -passes=effect-order -disable-output %s 2>&1 | %filecheck %s
; A cycle of hand-written IR is printed call by call, like one from C.
; CHECK: error: 'a' calls itself through functions that yield
; CHECK-NEXT: 'a' calls 'b' here
; CHECK-NEXT: 'b' calls 'c' here
; CHECK-NEXT: 'c' calls 'a' here
; CHECK-NOT: error

define void @a() !coro.yields !0 {
  call void @b()
  ret void
}
define void @b() !coro.yields !0 {
  call void @c()
  ret void
}
define void @c() !coro.yields !0 {
  call void @a()
  ret void
}
define void @plain() {
  call void @plain()
  ret void
}
!0 = !{}
