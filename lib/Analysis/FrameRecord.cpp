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
#include "IR/Parts.h"
#include "coro/abi.h"
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

/// Analysis/Remat decides what is computed again; this says what stands against
/// it for a value that is not.
static StringRef whyStored(const Value &V) {
  if (const auto *A = dyn_cast<AllocaInst>(&V)) {
    if (childOf(*A))
      return "the callee lives in it";
    if (isResultSlot(*A) || isErrorSlot(*A))
      return "the caller reads it there";
    return A->getFunction()->hasOptNone()
               ? "without optimisation every variable is in memory"
               : "it is in memory, for its address is used";
  }
  if (isa<Argument>(V))
    return "only the caller knows an argument";
  if (isa<PHINode, SelectInst>(V))
    return "its value depends on the path that was taken";
  if (isa<CallBase>(V))
    return "it is the result of a call";
  if (cast<Instruction>(V).mayReadFromMemory())
    return "the memory it was read from may have changed";
  return "it cannot be computed cheaply from what else is kept";
}

static FrameMember memberOf(const FrameObject &Object,
                            const VariableMap &Variables) {
  FrameMember Member{FrameMember::Value,
                     Object.What->getName().str(),
                     {},
                     Object.Offset,
                     Object.Size,
                     Object.Align,
                     whyStored(*Object.What),
                     0};
  if (const auto *I = dyn_cast<Instruction>(Object.What))
    if (const DebugLoc &Where = I->getDebugLoc())
      Member.Line = Where.getLine();
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

/// The function that waits for a frame, as far as it is known here.
static StringRef calleeOf(const SuspendPoint &Point) {
  if (const Value *Descriptor = Point.calleeDescriptor()) {
    StringRef Name =
        isa<GlobalVariable>(Descriptor) ? Descriptor->getName() : "";
    return Name.consume_back(DescriptorSuffix) ? Name : "";
  }
  auto *Frame = dyn_cast_or_null<AllocaInst>(Point.calleeFrame());
  Function *Callee = Frame ? childOf(*Frame) : nullptr;
  return Callee ? Callee->getName() : "";
}

static FrameSuspension suspensionOf(const Coroutine &C, unsigned Index,
                                    const FrameLayout &Layout) {
  const SuspendPoint &Point = C.Points[Index];
  const Value *Child = Point.calleeFrame();
  FrameSuspension Suspension{Point.State,
                             Point.Direct ? Point.States : 0,
                             calleeOf(Point).str(),
                             std::nullopt,
                             Child && !isa<AllocaInst>(Child),
                             std::nullopt,
                             placesOf(Point.Call->getDebugLoc()),
                             {},
                             0};
  for (unsigned Object : Layout.AtPoint[Index].set_bits()) {
    const Value *What = Layout.Objects[Object].What;
    Suspension.Live.push_back(Object);
    Suspension.Bytes += Layout.Objects[Object].Size;
    if (What == Child)
      Suspension.Child = Object;
    if (What == Point.calleeDescriptor())
      Suspension.Descriptor = Object;
  }
  return Suspension;
}

std::string describeMember(const FrameRecord &Record,
                           const FrameMember &Member) {
  std::string Text;
  for (const SourceVariable &V : Member.Variables) {
    Text += (Text.empty() ? "'" : ", '") + V.Name + "'";
    if (V.Where.Function != Record.Where.Function)
      Text += " of '" + V.Where.Function + "'";
    Text += V.Type.empty() ? "" : " (" + V.Type + ")";
  }
  if (!Text.empty())
    return Text;
  if (Member.Kind == FrameMember::Frame)
    return "the frame of '" + Member.Name + "'";
  if (!Member.Name.empty())
    return "'" + Member.Name + "'";
  Text = Member.Kind == FrameMember::Argument   ? "an argument"
         : Member.Kind == FrameMember::Variable ? "a variable"
         : Member.Kind == FrameMember::Result   ? "the result"
                                                : "a value";
  return Member.Line ? Text + " of line " + std::to_string(Member.Line) : Text;
}

/// The file that is compiled, with or without debug information.
static std::string unitOf(const Function &F) {
  if (const DISubprogram *Source = F.getSubprogram();
      Source && Source->getUnit())
    return pathOf(Source->getUnit()->getFile());
  return F.getParent()->getSourceFileName();
}

FrameRecord recordFrame(const Coroutine &C, const FrameLayout &Layout) {
  const FrameFacts &Facts = Layout.Facts;
  const ResultPlace None{0, 0, 1};
  FrameRecord Record{C.F.getName().str(),
                     {},
                     unitOf(C.F),
                     C.F.hasLocalLinkage(),
                     Facts.Size,
                     Facts.Align,
                     C.stateBytes(),
                     {Facts.ResultOffset, Facts.ResultSize, 1},
                     exchangePlace(C.F, Exchange::Value).value_or(None),
                     exchangePlace(C.F, Exchange::Error).value_or(None),
                     frameLimit(C.F),
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
    Record.Suspensions.push_back(suspensionOf(C, Point, Layout));
  return Record;
}

} // namespace coro
