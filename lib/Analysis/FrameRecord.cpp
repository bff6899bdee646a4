//===-- FrameRecord.cpp - What a frame holds, in the source's terms -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: what would a programmer call the things that a layout has placed?
// The layout knows IR: allocas and values. Debug records say which variable an
// alloca is and which variable's content a value was at some moment:
//
//   %n = phi i32 ...
//     #dbg_value(i32 %n, !"left", ...)        4 bytes of the frame keep `left`
//
// A value that a variable is only computed from does not count as it.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameRecord.h"
#include "Analysis/DebugTypes.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace coro {

namespace {
using VariableMap = DenseMap<const Value *, std::vector<SourceVariable>>;
} // namespace

static std::string pathOf(const DIFile *File) {
  if (!File)
    return "";
  SmallString<128> Path(File->getFilename());
  if (!sys::path::is_absolute(Path)) {
    Path = File->getDirectory();
    sys::path::append(Path, File->getFilename());
  }
  return Path.str().str();
}

static std::string functionOf(const DILocalScope *Scope) {
  const DISubprogram *Function = Scope ? Scope->getSubprogram() : nullptr;
  return Function ? Function->getName().str() : "";
}

static std::vector<SourcePlace> placesOf(const DILocation *Where) {
  std::vector<SourcePlace> Places;
  for (; Where; Where = Where->getInlinedAt())
    Places.push_back({functionOf(Where->getScope()), pathOf(Where->getFile()),
                      Where->getLine(), Where->getColumn()});
  return Places;
}

static void addVariable(std::vector<SourceVariable> &To,
                        const DILocalVariable &V) {
  SourceVariable New{
      V.getName().str(),
      typeName(V.getType()),
      {functionOf(V.getScope()), pathOf(V.getFile()), V.getLine(), 0}};
  // One variable has a record wherever it changes; a function that was fused
  // twice has two variables that look the same.
  if (none_of(To, [&New](const SourceVariable &Known) {
        return Known.Name == New.Name && Known.Where.Line == New.Where.Line &&
               Known.Where.Function == New.Where.Function;
      }))
    To.push_back(std::move(New));
}

static VariableMap sourceVariables(Function &F) {
  VariableMap Variables;
  for (Instruction &I : instructions(F))
    for (const DbgVariableRecord &Record :
         filterDbgVars(I.getDbgRecordRange())) {
      const DILocalVariable &Variable = *Record.getVariable();
      // Optimised code says of an assignment where to, besides what.
      if (Record.isDbgAssign() && !Record.getAddressExpression()->isComplex())
        addVariable(Variables[Record.getAddress()], Variable);
      if (!Record.getExpression()->isComplex())
        for (const Value *V : Record.location_ops())
          addVariable(Variables[V], Variable);
    }
  return Variables;
}

static FrameMember memberOf(const FrameObject &Object,
                            const VariableMap &Variables) {
  FrameMember Member{FrameMember::Value,
                     Object.What->getName().str(),
                     {},
                     Object.Offset,
                     Object.Size,
                     Object.Align};
  if (auto It = Variables.find(Object.What); It != Variables.end())
    Member.Variables = It->second;
  if (auto *A = dyn_cast<AllocaInst>(Object.What)) {
    Member.Kind =
        isResultSlot(*A) ? FrameMember::Result : FrameMember::Variable;
    if (Function *Callee = childOf(*A)) {
      Member.Kind = FrameMember::Frame;
      Member.Name = Callee->getName().str();
    }
  } else if (isa<Argument>(Object.What)) {
    Member.Kind = FrameMember::Argument;
  }
  return Member;
}

static FrameSuspension suspensionOf(const SuspendPoint &Point,
                                    const BitVector &Live,
                                    const FrameLayout &Layout) {
  FrameSuspension Suspension{"", placesOf(Point.Call->getDebugLoc()), {}, 0};
  if (auto *Frame = dyn_cast_or_null<AllocaInst>(Point.child()))
    if (Function *Callee = childOf(*Frame))
      Suspension.Callee = Callee->getName().str();
  for (unsigned Object : Live.set_bits()) {
    Suspension.Live.push_back(Object);
    Suspension.Bytes += Layout.Objects[Object].Size;
  }
  return Suspension;
}

FrameRecord recordFrame(const Coroutine &C, const FrameLayout &Layout) {
  const FrameFacts &Facts = Layout.Facts;
  FrameRecord Record{C.F.getName().str(),
                     {},
                     Facts.Size,
                     Facts.Align,
                     C.stateBytes(),
                     Facts.ResultOffset,
                     Facts.ResultSize,
                     {},
                     {}};
  if (const DISubprogram *Source = C.F.getSubprogram())
    Record.Where = {Source->getName().str(), pathOf(Source->getFile()),
                    Source->getLine(), 0};
  Record.MostAlive = Layout.MostAlive;
  VariableMap Variables = sourceVariables(C.F);
  for (const FrameObject &Object : Layout.Objects)
    Record.Members.push_back(memberOf(Object, Variables));
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    Record.Suspensions.push_back(
        suspensionOf(C.Points[Point], Layout.AtPoint[Point], Layout));
  return Record;
}

} // namespace coro
