//===-- FuseRemarks.cpp - What flattening did, as remarks -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// -Rpass=coro-fuse and -Rpass-missed=coro-fuse: each waiting call is said once,
// with what was counted of the budget or with what stood against it.
//
//===----------------------------------------------------------------------===//

#include "Transforms/FuseRemarks.h"
#include "IR/Markers.h"
#include "IR/Parts.h"

using namespace llvm;

namespace coro {

static constexpr const char *PassName = "coro-fuse";

FuseRemarks::FuseRemarks(Function &Caller, const PassConfig &Config)
    : Caller(Caller) {
  if (!Config.IsScratch &&
      OptimizationRemarkEmitter::allowExtraAnalysis(Caller, PassName))
    Emitter.emplace(&Caller);
}

std::optional<FuseRemarks::Fused>
FuseRemarks::before(const CallBase &Call, const Function &Callee) const {
  if (!Emitter)
    return std::nullopt;
  return Fused{Callee, Call.getDebugLoc(),
               const_cast<BasicBlock *>(Call.getParent()),
               codeSize(Callee, UINT_MAX), codeSize(Caller, UINT_MAX)};
}

void FuseRemarks::flattened(const std::optional<Fused> &Call) {
  if (!Call)
    return;
  OptimizationRemark Remark(PassName, "Flattened", Call->Where, Call->Block);
  Remark << "call of '" << ore::NV("Callee", Call->Callee.getName())
         << "' flattened into '" << ore::NV("Caller", Caller.getName())
         << "': " << ore::NV("Size", Call->CalleeSize) << " instructions";
  if (Call->Callee.hasFnAttribute(Attribute::AlwaysInline))
    Remark << ", always_inline";
  else
    Remark << " of at most " << ore::NV("Limit", SmallCallee);
  Remark << ", into " << ore::NV("CallerSize", Call->CallerSize)
         << " of at most " << ore::NV("CallerLimit", FullCaller);
  Emitter->emit(Remark);
}

void FuseRemarks::apart(const CallBase &Call, const Function &Callee,
                        const FuseChoice &Choice) {
  if (!Emitter)
    return;
  OptimizationRemarkMissed Remark(PassName, Choice.Obstacle, &Call);
  Remark << "call of '" << ore::NV("Callee", Callee.getName())
         << "' not flattened into '" << ore::NV("Caller", Caller.getName())
         << "': " << Choice.Why;
  if (Choice.Obstacle == "TooLarge")
    Remark << ", " << ore::NV("Size", codeSize(Callee, UINT_MAX))
           << " instructions of at most " << ore::NV("Limit", SmallCallee);
  if (Choice.Obstacle == "CallerFull")
    Remark << ", " << ore::NV("CallerSize", codeSize(Caller, UINT_MAX))
           << " instructions of at most " << ore::NV("CallerLimit", FullCaller);
  Emitter->emit(Remark);
}

void FuseRemarks::unknownCallees() {
  if (!Emitter)
    return;
  for (CallBase *Marker : callsOf(Caller, Marker::Indirect))
    if (const CallBase *Call = callThrough(*Marker))
      Emitter->emit(OptimizationRemarkMissed(PassName, "Pointer", Call)
                    << "call through a pointer not flattened into '"
                    << ore::NV("Caller", Caller.getName())
                    << "': which function it calls is known when it runs");
  for (CallBase *Marker : callsOf(Caller, Marker::TryBox))
    if (const CallBase *Call = callThrough(*Marker)) {
      StringRef Callee =
          Marker->getArgOperand(7)->stripPointerCasts()->getName();
      Callee.consume_back(DescriptorSuffix);
      OptimizationRemarkMissed Remark(PassName, "Boxed", Call);
      Remark << "call";
      if (!Callee.empty())
        Remark << " of '" << ore::NV("Callee", Callee) << "'";
      Remark << " not flattened into '" << ore::NV("Caller", Caller.getName())
             << "': its frame is in a box";
      Emitter->emit(Remark);
    }
}

} // namespace coro
