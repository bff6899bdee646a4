// Records are found with compressed and with split debug information, in a
// library that is loaded later, and in the file with what was stripped off.
// Where a file gives none, a line says why, and the dump goes on.
// RUN: rm -rf %t && mkdir %t
// RUN: %coro %cflags -O1 -fPIC -shared %S/Inputs/plugin.c -o %t/plugin.so
// RUN: %coro %cflags -O1 -rdynamic -Wl,--build-id %s %rt -ldl -o %t/plain
//
// RUN: %coro %cflags -O1 -gz=zlib -rdynamic %s %rt -ldl -o %t/zlib && %t/zlib %t/plugin.so | %filecheck --check-prefixes=OWN,LIB,FINE %s
// RUN: %coro %cflags -O1 -gsplit-dwarf -rdynamic %s %rt -ldl -o %t/split && %t/split %t/plugin.so | %filecheck --check-prefixes=OWN,LIB,FINE %s
// RUN: cd %t && ./plain ./plugin.so | %filecheck --check-prefixes=OWN,LIB,FINE %s
//
// RUN: llvm-objcopy --only-keep-debug %t/plain %t/kept.debug && llvm-strip %t/plain -o %t/bare && %t/bare %t/plugin.so | %filecheck --check-prefixes=NONE,LIB,BARE %s
// RUN: cd %t && llvm-objcopy --add-gnu-debuglink=kept.debug bare linked && ./linked ./plugin.so | %filecheck --check-prefixes=OWN,LIB,FINE %s
// RUN: cd %t && mkdir .debug && mv kept.debug .debug && ./linked ./plugin.so | %filecheck --check-prefixes=OWN,LIB,FINE %s
// RUN: %coro %cflags -O1 -DOTHER -rdynamic -Wl,--build-id %s %rt -ldl -o %t/other && llvm-objcopy --only-keep-debug %t/other %t/.debug/kept.debug
// RUN: %t/linked %t/plugin.so | %filecheck --check-prefixes=NONE,LIB,LINKED %s
//
// RUN: llvm-objcopy --compress-debug-sections=zlib %t/plain %t/small && %t/small %t/plugin.so | %filecheck --check-prefixes=NONE,LIB,SMALL %s
// RUN: %coro %cflags -g0 -O1 -rdynamic %s %rt -ldl -o %t/without && %t/without %t/plugin.so | %filecheck --check-prefixes=NONE,LIB,WITHOUT %s
// RUN: %coro %cflags -O1 -rdynamic -Wl,--strip-debug %s %rt -ldl -o %t/linkers && %t/linkers %t/plugin.so | %filecheck --check-prefixes=NONE,LIB,LINKERS %s
// RUN: printf 'coro\003\000' > %t/new && llvm-objcopy --update-section .debug.coro=%t/new %t/plain %t/newer && %t/newer %t/plugin.so | %filecheck --check-prefixes=NONE,LIB,NEWER %s
//
// RUN: cp %t/plugin.so %t/gone.so && %t/plain %t/gone.so 1 | %filecheck --check-prefixes=OWN,LOST,GONE %s
// RUN: cp %t/plugin.so %t/changed.so && cp %t/plain %t/new.so && %t/plain %t/changed.so %t/new.so | %filecheck --check-prefixes=OWN,LOST,CHANGED %s
//
// OWN:      1. own: waiting
// OWN-NEXT:     own at {{.*}}/own.c:101
// OWN-NEXT:     coro_sleep at {{.*}}, waits for ever
// NONE:     1. own: waiting
// NONE-NEXT:    own, in state 3, of which there is no record
// LIB-NEXT: 2. of_plugin: waiting
// LIB-NEXT:     of_plugin at {{.*}}/plugin.c:701
// LIB-NEXT:     coro_sleep{{ at|, of}}
// LOST-NEXT: 2. of_plugin: waiting
// LOST-NEXT:    of_plugin, in state 3, of which there is no record
// BARE-NEXT: no frame records of {{.*}}/bare: it is stripped
// LINKED-NEXT: no frame records of {{.*}}/linked: it is stripped
// SMALL-NEXT: no frame records of {{.*}}/small: they are compressed, see objcopy --decompress-debug-sections
// WITHOUT-NEXT: no frame records of {{.*}}/without: part of it was compiled without -g
// LINKERS-NEXT: no frame records of {{.*}}/linkers: it was compiled or linked without debug information
// NEWER-NEXT: no frame records of {{.*}}/newer: they are of another version than this runtime
// GONE-NEXT: no frame records of {{.*}}/gone.so: No such file or directory
// CHANGED-NEXT: no frame records of {{.*}}/changed.so: the file is not the one any more that was loaded
// FINE-NOT: no frame records
#include "../check.h"

#include <coro/coro.h>
#include <dlfcn.h>
#include <unistd.h>

// clang-format off
#line 100 "own.c"
static yields int own(void) {
  return coro_sleep(CORO_FOREVER);
}
#line 200 "main.c"
// clang-format on

/* main <library> [<file that takes its place, 1 for none>] */
int main(int count, char **words) {
  coro_loop loop;
  coro_job jobs[2];
  coro_task(own) task;
  CHECK(count >= 2 && !coro_loop_init(&loop));
#ifdef OTHER
  puts("a program that is not the same");
#endif
  void *library = dlopen(words[1], RTLD_NOW);
  CHECK(library);
  coro_any_task (*make)(void) = dlsym(library, "plugin_task");
  CHECK(make);
  coro_start(&task, own);
  coro_loop_add(&loop, &jobs[0], coro_erase(&task), NULL);
  coro_loop_add(&loop, &jobs[1], make(), NULL);
  while (coro_executor_step(&loop.executor))
    ;
  if (count > 2 && *words[2] == '1')
    CHECK(!unlink(words[1]));
  else if (count > 2)
    CHECK(!rename(words[2], words[1]));
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 2);
  CHECK(!coro_executor_shutdown(&loop.executor, CORO_FOREVER));
  coro_free(jobs[1].task);
  coro_loop_fini(&loop);
}
