; RUN: %not %opt -passes=frame-prepare -disable-output %s 2>&1 | %filecheck %s
; CHECK: error: 'setjmp' returns twice

define void @twice() !coro.yields !0 {
  %again = call i32 @setjmp(ptr null) #0
  ret void
}
declare i32 @setjmp(ptr) #0
attributes #0 = { returns_twice }
!0 = !{}
