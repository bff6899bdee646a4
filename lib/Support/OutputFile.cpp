//===-- OutputFile.cpp - Writes a report where an option says -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/OutputFile.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace coro {

std::optional<std::string> writeFile(StringRef Name,
                                     function_ref<void(raw_ostream &)> Write) {
  if (Name.empty())
    return std::nullopt;
  std::error_code Wrong;
  raw_fd_ostream OS(Name, Wrong, sys::fs::OF_Text);
  if (!Wrong) {
    Write(OS);
    OS.flush();
    Wrong = OS.error();
    OS.clear_error();
  }
  if (!Wrong)
    return std::nullopt;
  return ("cannot write " + Name + ": " + Wrong.message()).str();
}

} // namespace coro
