//===-- Options.h - Plugin arguments as one struct --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_SUPPORT_OPTIONS_H
#define CORO_SUPPORT_OPTIONS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coro {

/// What becomes of a warning.
enum class WarningLevel { Usual, Silent, Warning, Error };

struct Options {
#define CORO_FLAG(Spelling, Field, Help) bool Field = false;
#define CORO_FILE(Spelling, Field, Help) std::string Field;
#define CORO_NUMBER(Spelling, Field, Default, Help) uint64_t Field = Default;
#include "Support/Options.def"
  /// What was asked for a warning, by its name.
  llvm::StringMap<WarningLevel> Warnings;

  /// The values of coro_config, by name.
  std::vector<std::pair<std::string, int64_t>> Config;
  /// Reads NAME=VALUE. The result is what is wrong with it, or nothing.
  std::optional<std::string> addConfig(llvm::StringRef Text);

  /// Reads one argument as -fplugin-arg-coro-<Argument> gives it. The value is
  /// what is wrong with it, or nothing.
  std::optional<std::string> parse(llvm::StringRef Argument);

  /// Reads opt's pass parameters, separated by semicolons. False where one is
  /// unknown.
  bool parseParameters(llvm::StringRef Parameters);

  static void printHelp(llvm::raw_ostream &OS);
};

/// What is wrong with a name that is to be that of a warning, or nothing.
std::optional<std::string> wrongWarningName(llvm::StringRef Name);

} // namespace coro

#endif
