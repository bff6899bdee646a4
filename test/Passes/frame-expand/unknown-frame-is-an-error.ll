; RUN: %not %opt -passes=frame-expand -disable-output %s 2>&1 | %filecheck %s
; What the front end would have said of C is said of IR as well.
; CHECK: error: the frame of 'unknown' has no known size here

define void @waits() !coro.yields !0 {
  call void @unknown()
  ret void
}
declare !coro.yields !0 void @unknown()
!0 = !{}
