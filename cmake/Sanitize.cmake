# A sanitized plugin in a clang that is not.
#
# The runtime of AddressSanitizer, which has that of UndefinedBehaviorSanitizer
# in it, must be the first library of a process. sanitized/bin/clang and
# sanitized/bin/opt start the real ones so; everything that loads the plugin
# uses them. What is switched off would complain of LLVM:
#   detect_leaks          clang does not free what ends with it
#   allow_user_poisoning  LLVM's allocators, where inlined into the plugin, poison
#                         a slab that LLVM's own copy then hands out

set(CORO_SANITIZE "" CACHE STRING
  "Sanitizers for the plugin: address or address,undefined")
set(CORO_SANITIZED)
if(NOT CORO_SANITIZE)
  return()
endif()

execute_process(OUTPUT_VARIABLE runtime OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND "${CMAKE_CXX_COMPILER}" -print-file-name=libclang_rt.asan-${CMAKE_SYSTEM_PROCESSOR}.so)
if(NOT EXISTS "${runtime}")
  message(FATAL_ERROR "no ${runtime}: are clang's runtimes installed?")
endif()
set(CORO_SANITIZED env "LD_PRELOAD=${runtime}"
  ASAN_OPTIONS=detect_leaks=0:allow_user_poisoning=0
  UBSAN_OPTIONS=print_stacktrace=1)
list(JOIN CORO_SANITIZED " " launch)
foreach(name clang opt)
  file(WRITE "${CMAKE_BINARY_DIR}/sanitized/bin/${name}"
    "#!/bin/sh\nexec ${launch} ${CORO_LLVM_PREFIX}/bin/${name} \"$@\"\n")
  file(CHMOD "${CMAKE_BINARY_DIR}/sanitized/bin/${name}"
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
endforeach()
set(CORO_HOSTS "${CMAKE_BINARY_DIR}/sanitized")
