# cmake -DROOT=<lib/> -DABI=<abi.h> -DLLVM=<version> -DOUT=<BuildId.h> -P this:
# names the build after what it is made of, so that the same sources have the
# same name everywhere.
file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/*.cpp" "${ROOT}/*.h"
  "${ROOT}/*.def")
list(SORT sources)
set(all "LLVM ${LLVM}")
foreach(source IN LISTS sources)
  file(SHA256 "${ROOT}/${source}" hash)
  string(APPEND all " ${source} ${hash}")
endforeach()
file(SHA256 "${ABI}" hash)
string(SHA256 id "${all} ${hash}")
string(SUBSTRING "${id}" 0 16 id)
file(WRITE "${OUT}.new" "#define CORO_BUILD_SYMBOL coro_build_${id}\n")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
