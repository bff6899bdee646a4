//===-- Host.cpp - Who has loaded us --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libcoro.so is loaded by clang and by opt. In clang, the front half is needed,
// a shared object beside this one; in opt it must stay out, because libclang
// and opt define options of the same name. So it is loaded here, while clang
// loads this, if there is a clang in the process.
//
// A clang of another version has its own LLVM, which nothing here would fit;
// that is said at once, since whatever came later would be a riddle. So is a
// front half of another build: it asks for a symbol that is named after its
// build, and cannot be loaded where that is missing.
//
//===----------------------------------------------------------------------===//

#include "BuildId.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

using namespace llvm;

extern "C" __attribute__((visibility("default"))) const char CORO_BUILD_SYMBOL =
    0;

namespace coro {

/// The major version of the libclang-cpp in this process; 0 where there is
/// none.
static int findClang(dl_phdr_info *Info, size_t, void *Version) {
  StringRef Name = sys::path::filename(Info->dlpi_name);
  if (!Name.consume_front("libclang-cpp.so."))
    return 0;
  Name.split('.').first.getAsInteger(10, *static_cast<unsigned *>(Version));
  return 1;
}

[[noreturn]] static void refuse(const Twine &Why) {
  errs() << "coro: error: " << Why << '\n';
  errs().flush();
  // clang would carry on without the plugin, and the program's errors would
  // bury this one.
  _exit(EXIT_FAILURE);
}

static void loadFront() {
  Dl_info Self;
  if (!dladdr(reinterpret_cast<void *>(&loadFront), &Self))
    refuse("cannot find the file this plugin was loaded from");
  SmallString<128> Path(sys::path::parent_path(Self.dli_fname));
  sys::path::append(Path, CORO_FRONT_NAME);
  if (dlopen(Path.c_str(), RTLD_NOW | RTLD_GLOBAL))
    return;
  StringRef Why = dlerror();
  // Whichever of our symbols the loader looked for first.
  if (Why.contains("coro_build_") || Why.contains("_ZN4coro") ||
      Why.contains("_ZNK4coro"))
    refuse(Twine(Self.dli_fname) + " and " + Path +
           " are of different builds of coro; install both from one build");
  refuse(Twine("cannot load ") + Path +
         ", which belongs beside libcoro.so: " + Why);
}

__attribute__((constructor)) static void enter() {
  unsigned Clang = 0;
  dl_iterate_phdr(findClang, &Clang);
  if (Clang == LLVM_VERSION_MAJOR)
    loadFront();
  else if (Clang)
    refuse("this libcoro.so is built for clang " + Twine(LLVM_VERSION_MAJOR) +
           " and was loaded into clang " + Twine(Clang) + "; use clang-" +
           Twine(LLVM_VERSION_MAJOR) + ", or build coro for clang " +
           Twine(Clang) + " (-DLLVM_DIR=<prefix>/lib/cmake/llvm)");
}

} // namespace coro
