//===-- LinkTime.h - Whether more is seen at the link -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_LINKTIME_H
#define CORO_FRONTEND_LINKTIME_H

#include "clang/Frontend/CompilerInstance.h"

namespace coro {

/// True where the object is bitcode alone, and the link sees all such objects
/// as one module: full link-time optimisation.
inline bool defersToLink(const clang::CompilerInstance &CI) {
  const clang::CodeGenOptions &Options = CI.getCodeGenOpts();
  return Options.PrepareForLTO && !Options.PrepareForThinLTO &&
         !Options.FatLTO && !Options.UnifiedLTO;
}

} // namespace coro

#endif
