; RUN: %not %opt -passes=effect-lower -S %s 2>&1 | %filecheck %s
; Hand-written IR may poll what is no task: clang's front half did not see it.

; CHECK: error: coro_poll in 'polls' is given what is no coro_task(f); give it the address of one [coro-effect]
declare i32 @__coro_poll(ptr, ptr)

define i32 @polls(ptr %frame, ptr %cx) {
  %status = call i32 @__coro_poll(ptr %frame, ptr %cx)
  ret i32 %status
}
