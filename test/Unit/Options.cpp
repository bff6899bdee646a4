// RUN: %unit/Options
//===-- Options.cpp - Plugin arguments become a struct --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Options.cpp"
#include "check.h"

using namespace coro;

static void everySwitchSetsItsOwnField() {
#define CORO_FLAG(Spelling, Field, Help)                                       \
  {                                                                            \
    Options Opts;                                                              \
    CHECK(!Opts.Field);                                                        \
    CHECK(!Opts.parse(Spelling));                                              \
    CHECK(Opts.Field);                                                         \
  }
#include "Support/Options.def"
}

static void wrongOnesAreExplained() {
  Options Opts;
  CHECK(*Opts.parse("no-fuze") ==
        "unknown argument -fplugin-arg-coro-no-fuze; did you mean "
        "-fplugin-arg-coro-no-fuse?");
  CHECK(*Opts.parse("x") == "unknown argument -fplugin-arg-coro-x; "
                            "-fplugin-arg-coro-help prints the list");
  CHECK(*Opts.parse("stress=yes") == "-fplugin-arg-coro-stress takes no value");
  CHECK(!Opts.NoFuse && !Opts.Stress);
}

static void numbersAreRead() {
  Options Opts;
  CHECK(Opts.LargeFrame == 65536);
  CHECK(!Opts.parse("large-frame=100") && Opts.LargeFrame == 100);
  CHECK(*Opts.parse("large-frame=1k") ==
        "-fplugin-arg-coro-large-frame takes a number, as in "
        "-fplugin-arg-coro-large-frame=4096");
  CHECK(Opts.parse("large-frame"));
}

static void theLastWordAboutAWarningCounts() {
  Options Opts;
  CHECK(Opts.Warnings.lookup("coro-blocking-call") == WarningLevel::Usual);
  CHECK(!Opts.parse("error=coro-blocking-call"));
  CHECK(Opts.Warnings.lookup("coro-blocking-call") == WarningLevel::Error);
  CHECK(!Opts.parse("no-warn=coro-blocking-call"));
  CHECK(Opts.Warnings.lookup("coro-blocking-call") == WarningLevel::Silent);
  CHECK(!Opts.parse("warn=coro-blocking-call"));
  CHECK(Opts.Warnings.lookup("coro-blocking-call") == WarningLevel::Warning);
  CHECK(*Opts.parse("no-warn=coro-blocking-cal") ==
        "-fplugin-arg-coro-no-warn: no warning has the name "
        "'coro-blocking-cal'; did you mean 'coro-blocking-call'?");
  CHECK(*Opts.parse("error=coro-effect") ==
        "-fplugin-arg-coro-error: 'coro-effect' is always an error");
}

static void passParametersAreSeparatedBySemicolons() {
  Options Opts;
  CHECK(Opts.parseParameters(""));
  CHECK(Opts.parseParameters("no-remat;spill-all"));
  CHECK(Opts.NoRemat && Opts.SpillAll && !Opts.NoOverlay);
  CHECK(!Opts.parseParameters("no-overlay;nonsense"));
}

int main() {
  everySwitchSetsItsOwnField();
  wrongOnesAreExplained();
  numbersAreRead();
  theLastWordAboutAWarningCounts();
  passParametersAreSeparatedBySemicolons();
}
