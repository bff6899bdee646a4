//===-- Options.cpp - Plugin arguments as one struct ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Options.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace llvm;

namespace coro {

namespace {
struct FlagRow {
  StringRef Spelling;
  bool Options::*Field;
  StringRef Help;
};
} // namespace

static constexpr FlagRow Flags[] = {
#define CORO_FLAG(Spelling, Field, Help) {Spelling, &Options::Field, Help},
#include "Support/Options.def"
};

/// The known spelling closest to a wrong one, where it is close enough to be
/// what was meant.
static StringRef closestSpelling(StringRef Wrong) {
  StringRef Best;
  unsigned BestDistance = Wrong.size() / 3 + 1;
  for (const FlagRow &Row : Flags) {
    unsigned Distance = Wrong.edit_distance(Row.Spelling, true, BestDistance);
    if (Distance <= BestDistance) {
      BestDistance = Distance;
      Best = Row.Spelling;
    }
  }
  return Best;
}

std::optional<std::string> Options::parse(StringRef Argument) {
  auto [Name, Value] = Argument.split('=');
  for (const FlagRow &Row : Flags) {
    if (Row.Spelling != Name)
      continue;
    if (Argument.contains('='))
      return ("-fplugin-arg-coro-" + Name + " takes no value").str();
    this->*Row.Field = true;
    return std::nullopt;
  }
  std::string Message = ("unknown argument -fplugin-arg-coro-" + Name).str();
  if (StringRef Close = closestSpelling(Name); !Close.empty())
    Message += ("; did you mean -fplugin-arg-coro-" + Close + "?").str();
  else
    Message += "; -fplugin-arg-coro-help prints the list";
  return Message;
}

bool Options::parseParameters(StringRef Parameters) {
  SmallVector<StringRef, 4> Parts;
  Parameters.split(Parts, ';', -1, /*KeepEmpty=*/false);
  return all_of(Parts, [this](StringRef Part) { return !parse(Part); });
}

void Options::printHelp(raw_ostream &OS) {
  OS << "coro: arguments of the plugin, each as -fplugin-arg-coro-<name>\n";
  for (const FlagRow &Row : Flags)
    OS << "  " << left_justify(Row.Spelling, 14) << Row.Help << '\n';
}

} // namespace coro
