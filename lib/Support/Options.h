//===-- Options.h - Plugin arguments as one struct --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_SUPPORT_OPTIONS_H
#define CORO_SUPPORT_OPTIONS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>

namespace coro {

struct Options {
#define CORO_FLAG(Spelling, Field, Help) bool Field = false;
#include "Support/Options.def"

  /// Reads one argument as -fplugin-arg-coro-<Argument> gives it. The value is
  /// what is wrong with it, or nothing.
  std::optional<std::string> parse(llvm::StringRef Argument);

  /// Reads opt's pass parameters, separated by semicolons. False where one is
  /// unknown.
  bool parseParameters(llvm::StringRef Parameters);

  static void printHelp(llvm::raw_ostream &OS);
};

} // namespace coro

#endif
