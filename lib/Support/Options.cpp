//===-- Options.cpp - Plugin arguments as one struct ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Options.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace coro {

namespace {
struct FlagRow {
  StringRef Spelling;
  bool Options::*Field;
};
struct FileRow {
  StringRef Spelling;
  std::string Options::*Field;
};
struct NumberRow {
  StringRef Spelling;
  uint64_t Options::*Field;
};
struct WarningRow {
  StringRef Spelling;
  WarningLevel Level;
};
struct HelpRow {
  StringRef Spelling, Help;
};
/// A name in brackets at the end of messages, and whether any of them is a
/// warning.
struct NameRow {
  StringRef Name;
  bool Warns;
};
enum class Severity { Error, Warning, Optional, Note };
} // namespace

static constexpr FlagRow Flags[] = {
#define CORO_FLAG(Spelling, Field, Help) {Spelling, &Options::Field},
#include "Support/Options.def"
};
static constexpr FileRow Files[] = {
#define CORO_FILE(Spelling, Field, Help) {Spelling, &Options::Field},
#include "Support/Options.def"
};
static constexpr NumberRow Numbers[] = {
#define CORO_NUMBER(Spelling, Field, Default, Help) {Spelling, &Options::Field},
#include "Support/Options.def"
};
static constexpr WarningRow WarningOptions[] = {
#define CORO_WARNING_OPTION(Spelling, Level, Help)                             \
  {Spelling, WarningLevel::Level},
#include "Support/Options.def"
};
static constexpr StringLiteral ConfigOptions[] = {
#define CORO_CONFIG_OPTION(Spelling, Help) Spelling,
#include "Support/Options.def"
};
static constexpr HelpRow All[] = {
#define CORO_FLAG(Spelling, Field, Help) {Spelling, Help},
#define CORO_FILE(Spelling, Field, Help) {Spelling, Help},
#define CORO_NUMBER(Spelling, Field, Default, Help) {Spelling, Help},
#define CORO_CONFIG_OPTION(Spelling, Help) {Spelling, Help},
#define CORO_WARNING_OPTION(Spelling, Level, Help) {Spelling, Help},
#include "Support/Options.def"
};
static constexpr NameRow Names[] = {
#define CORO_DIAG(Id, Level, Name, Text)                                       \
  {Name, Severity::Level == Severity::Warning ||                               \
             Severity::Level == Severity::Optional},
#include "Support/Diagnostics.def"
};

/// The known word closest to a wrong one, where it is close enough to be what
/// was meant.
template <typename Row>
static StringRef closest(StringRef Wrong, ArrayRef<Row> Known,
                         StringRef Row::*Word) {
  StringRef Best;
  unsigned BestDistance = Wrong.size() / 3 + 1;
  for (const Row &Each : Known) {
    unsigned Distance = Wrong.edit_distance(Each.*Word, true, BestDistance);
    if (!(Each.*Word).empty() && Distance <= BestDistance) {
      BestDistance = Distance;
      Best = Each.*Word;
    }
  }
  return Best;
}

std::optional<std::string> wrongWarningName(StringRef Name) {
  bool Known = false;
  SmallVector<NameRow, 32> Warnings;
  for (const NameRow &Row : Names) {
    if (Row.Name == Name && Row.Warns)
      return std::nullopt;
    Known |= !Name.empty() && Row.Name == Name;
    if (Row.Warns)
      Warnings.push_back(Row);
  }
  if (Known)
    return ("'" + Name + "' is always an error").str();
  std::string Message = ("no warning has the name '" + Name + "'").str();
  if (StringRef Close = closest<NameRow>(Name, Warnings, &NameRow::Name);
      !Close.empty())
    Message += ("; did you mean '" + Close + "'?").str();
  return Message;
}

std::optional<std::string> Options::addConfig(StringRef Text) {
  auto [Name, Number] = Text.split('=');
  bool IsName = !Name.empty() && !isDigit(Name.front()) &&
                all_of(Name, [](char C) { return isAlnum(C) || C == '_'; });
  if (!IsName)
    return ("'" + Name + "' is no name; as in config=async=1").str();
  int64_t Value;
  if (Number.getAsInteger(0, Value))
    return ("'" + Name + "' is an integer, which '" + Number + "' is not")
        .str();
  for (auto &[Known, Before] : Config)
    if (Known == Name) {
      if (Before != Value)
        return ("'" + Name + "' is " + std::to_string(Before) + " already")
            .str();
      return std::nullopt;
    }
  Config.push_back({Name.str(), Value});
  return std::nullopt;
}

std::optional<std::string> Options::parse(StringRef Argument) {
  auto [Name, Value] = Argument.split('=');
  std::string Spelling = ("-fplugin-arg-coro-" + Name).str();
  for (const FlagRow &Row : Flags) {
    if (Row.Spelling != Name)
      continue;
    if (Argument.contains('='))
      return Spelling + " takes no value";
    this->*Row.Field = true;
    return std::nullopt;
  }
  for (const FileRow &Row : Files) {
    if (Row.Spelling != Name)
      continue;
    if (Value.empty())
      return Spelling + " takes the name of a file";
    this->*Row.Field = Value.str();
    return std::nullopt;
  }
  for (const NumberRow &Row : Numbers) {
    if (Row.Spelling != Name)
      continue;
    if (Value.getAsInteger(10, this->*Row.Field))
      return formatv("{0} takes a number, as in {0}=4096", Spelling).str();
    return std::nullopt;
  }
  if (is_contained(ConfigOptions, Name)) {
    std::optional<std::string> Wrong = addConfig(Value);
    return Wrong ? Spelling + ": " + *Wrong : Wrong;
  }
  for (const WarningRow &Row : WarningOptions) {
    if (Row.Spelling != Name)
      continue;
    if (std::optional<std::string> Wrong = wrongWarningName(Value))
      return Spelling + ": " + *Wrong;
    Warnings[Value] = Row.Level;
    return std::nullopt;
  }
  std::string Message = "unknown argument " + Spelling;
  if (StringRef Close = closest<HelpRow>(Name, All, &HelpRow::Spelling);
      !Close.empty())
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
  for (const HelpRow &Row : All)
    OS << "  " << left_justify(Row.Spelling, 14) << Row.Help << '\n';
}

} // namespace coro
