//===-- OutputFile.h - Writes a report where an option says -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_SUPPORT_OUTPUTFILE_H
#define CORO_SUPPORT_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>

namespace coro {

/// Has Write fill the file of this name; - is standard output, and without a
/// name nothing happens. The value is what went wrong, or nothing.
std::optional<std::string>
writeFile(llvm::StringRef Name,
          llvm::function_ref<void(llvm::raw_ostream &)> Write);

} // namespace coro

#endif
