//===-- Specialise.cpp - effect-specialise: generics by argument ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   yields_as(f) int map(int (*f)(int), int n) { return f(n); }
//   yields int g(int n);
//   yields int h(int n) { return map(g, n); }      becomes
//   yields int map<g>(...) { return g(n); }        and a call of that.
//
// A function whose effects follow from an argument is copied for each argument
// with which it yields; a copy's calls of the argument are direct, so that its
// frame holds the callee's like any other. The function itself stays what an
// ordinary compiler makes of it: for ordinary arguments, and for whoever calls
// it from elsewhere.
//
// The front end has marked each call: __coro_as says which argument decides,
// __coro_indirect with OwnPointer is a call of that argument. Works from the
// functions that name their arguments to the copies they need, and from those
// to the copies that they need, with the argument passed on.
//
//===----------------------------------------------------------------------===//

#include "Analysis/AsmLabels.h"
#include "Analysis/CallGraph.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/BindTask.h"
#include "Transforms/FoldFlag.h"
#include "Transforms/LowerGenerators.h"
#include "Transforms/Passes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include <deque>
#include <tuple>

#define DEBUG_TYPE "effect-specialise"

using namespace llvm;

STATISTIC(NumCopies, "Number of copies made for an argument");

namespace coro {

/// Copies of one generic, asked for by its own copies, after which there is no
/// end to be hoped for.
static constexpr unsigned MostNested = 256;

namespace {
/// What decides the effects of one version of a generic; none for the function
/// itself.
struct Decision {
  CallAs How = CallAs::Own;
  Function *Target = nullptr;
  uint64_t Number = 0;

  /// True for a copy.
  bool isKnown() const { return How != CallAs::Own; }
  /// True where the argument is called through its parameter.
  bool isPointer() const {
    return How == CallAs::Pointer || How == CallAs::Raising;
  }
};

class Specialiser {
  Module &M;
  const PassConfig &Config;
  DenseMap<std::tuple<Function *, CallAs, Function *, uint64_t>, Function *>
      Copies;
  /// The bodies to copy from, as they were.
  MapVector<Function *, Function *> Originals;
  struct Version {
    Function *F;
    Decision As;
    /// Whom F is a copy of, and for whom; null where it is none.
    Function *Generic;
    Function *Root;
    /// Copies of each generic on the way from Root to F.
    DenseMap<Function *, unsigned> Above;
  };
  std::deque<Version> Work;
  DenseMap<Function *, unsigned> Nested;

  void keepOriginals();
  void process(Version &V);
  void resolveArgument(Version &V);
  void resolveCalls(Version &V);
  void resolveMark(CallBase &Mark, Version &V);
  Decision decide(const CallBase &Mark, const Version &V);
  Function *copyFor(CallBase &Mark, Function &Generic, const Decision &As,
                    Version &V);
  void checkOrdinary(Function &F, StringRef Flag);

public:
  Specialiser(Module &M, const PassConfig &Config) : M(M), Config(Config) {}
  void run();
};
} // namespace

/// The function that a mark names.
static Function *namedIn(const CallBase &Mark, unsigned Operand) {
  return dyn_cast<Function>(Mark.getArgOperand(Operand)->stripPointerCasts());
}

void Specialiser::keepOriginals() {
  for (CallBase *Mark : callsOf(M, Marker::As)) {
    Function *Generic = namedIn(*Mark, 0);
    if (!Generic || Generic->isDeclaration() || Originals.count(Generic))
      continue;
    ValueToValueMapTy Map;
    Originals[Generic] = CloneFunction(Generic, Map);
  }
}

/// Labels of a body that data points to exist once.
static bool labelsAreData(const Function &F) {
  for (const BasicBlock &Block : F)
    if (Block.hasAddressTaken())
      for (const User *U : BlockAddress::lookup(&Block)->users())
        if (!isa<Instruction>(U))
          return true;
  return false;
}

static std::string nameOf(const Function &Generic, const Decision &As) {
  std::string Argument;
  if (As.How == CallAs::Function)
    Argument = As.Target->getName().str();
  else if (As.isPointer())
    Argument =
        (As.How == CallAs::Raising ? "*!" : "*") + std::to_string(As.Number);
  else
    Argument = std::to_string(static_cast<int64_t>(As.Number));
  return (Generic.getName() + "<" + Argument + ">").str();
}

/// A copy does what its argument does, in addition to what it always does.
static void recordEffects(Function &Copy, const Decision &As) {
  setGeneric(Copy, false);
  if (As.How == CallAs::Raising)
    return setExchange(Copy, Exchange::Error, As.Number >> 8,
                       uint64_t(1) << (As.Number & 255));
  if (As.How != CallAs::Function || isCoroutine(*As.Target)) {
    bool Waits = As.How != CallAs::Function || !neverWaits(*As.Target);
    bool WaitedBefore = isCoroutine(Copy) && !neverWaits(Copy);
    setCoroutine(Copy);
    setNeverWaits(Copy, !Waits && !WaitedBefore);
  }
  if (As.How != CallAs::Function)
    return;
  for (Exchange What : {Exchange::Value, Exchange::Received, Exchange::Error})
    if (std::optional<ResultPlace> Place = exchangePlace(*As.Target, What))
      setExchange(Copy, What, Place->Size, Place->Align);
}

static void makeLocal(Function &Copy, StringRef Name) {
  Copy.setName(Name);
  Copy.setComdat(nullptr);
  Copy.setLinkage(GlobalValue::InternalLinkage);
  Copy.setVisibility(GlobalValue::DefaultVisibility);
  Copy.setDLLStorageClass(GlobalValue::DefaultStorageClass);
  Copy.setDSOLocal(true);
  // The name that a debugger shows.
  if (DISubprogram *Program = Copy.getSubprogram())
    Program->replaceOperandWith(2, MDString::get(Copy.getContext(), Name));
}

Function *Specialiser::copyFor(CallBase &Mark, Function &Generic,
                               const Decision &As, Version &V) {
  Function *&Copy = Copies[{&Generic, As.How, As.Target, As.Number}];
  if (Copy)
    return Copy;
  Function &Caller = *Mark.getFunction();
  auto fail = [&](DiagID ID, ArrayRef<std::string> Arguments) {
    Config.report(makeProblem(ID, Caller, callThrough(Mark), Arguments),
                  Caller);
    return &Generic;
  };
  std::string Name = Generic.getName().str();
  auto Original = Originals.find(&Generic);
  if (Original == Originals.end())
    return fail(DiagID::GenericUnseen,
                {Name, As.Target ? "'" + As.Target->getName().str() + "'"
                                 : "its argument"});
  if (V.Above[&Generic] && ++Nested[&Generic] > MostNested) {
    // One function, one message.
    if (Nested[&Generic] == MostNested + 1)
      fail(DiagID::GenericWithoutEnd, {Name, std::to_string(MostNested)});
    return &Generic;
  }
  if (definesAsmLabel(Generic) || labelsAreData(Generic))
    return fail(DiagID::Unsupported,
                {"a label that exists once", Name,
                 "the function is copied for its argument"});
  ValueToValueMapTy Map;
  Copy = CloneFunction(Original->second, Map);
  ++NumCopies;
  makeLocal(*Copy, nameOf(Generic, As));
  recordEffects(*Copy, As);
  setCopy(*Copy, Generic, *V.Root);
  Version Next{Copy, As, &Generic, V.Root, V.Above};
  ++Next.Above[&Generic];
  Work.push_back(std::move(Next));
  return Copy;
}

Decision Specialiser::decide(const CallBase &Mark, const Version &V) {
  auto number = [&Mark](unsigned Operand) {
    const auto *Known = dyn_cast<ConstantInt>(Mark.getArgOperand(Operand));
    return Known ? Known->getZExtValue() : 0;
  };
  Decision As{static_cast<CallAs>(number(2)), namedIn(Mark, 1), number(3)};
  if (As.How == CallAs::Own)
    return V.As;
  if ((As.How == CallAs::Function &&
       !(As.Target && (isCoroutine(*As.Target) || raises(*As.Target)))) ||
      (As.How == CallAs::Flag && As.Number == 0))
    return Decision();
  return As;
}

/// Puts a function in the place of a mark.
static void replaceMark(CallBase &Mark, Function &By) {
  SmallVector<User *, 4> Users(Mark.users());
  for (User *U : Users) {
    auto *Call = dyn_cast<CallBase>(U);
    if (Call &&
        (Call->getCalledOperand() == &Mark || isMarker(Call, Marker::BlockOn)))
      Call->replaceUsesOfWith(&Mark, &By);
  }
  if (!Mark.use_empty() && isCoroutine(By))
    return eraseMarker(&Mark, descriptorOf(By));
  Mark.replaceAllUsesWith(&By);
  eraseCall(&Mark);
}

void Specialiser::resolveMark(CallBase &Mark, Version &V) {
  Function *Generic = namedIn(Mark, 0);
  if (!Generic) {
    Function &F = *Mark.getFunction();
    Config.report(makeProblem(DiagID::Unsupported, F, &Mark,
                              {"a generic of several versions",
                               F.getName().str(), "name one of them"}),
                  F);
    Mark.replaceAllUsesWith(PoisonValue::get(Mark.getType()));
    return eraseCall(&Mark);
  }
  Decision As = decide(Mark, V);
  Function *By = As.isKnown() ? copyFor(Mark, *Generic, As, V) : Generic;
  SmallVector<CallBase *, 2> Blocking;
  for (User *U : Mark.users())
    if (isMarker(U, Marker::BlockOn))
      Blocking.push_back(cast<CallBase>(U));
  replaceMark(Mark, *By);
  for (CallBase *Call : Blocking)
    checkBlockOn(*Call, Config);
}

/// Calls of the argument itself.
void Specialiser::resolveArgument(Version &V) {
  for (CallBase *Mark : callsOf(*V.F, Marker::Indirect)) {
    const auto *Limit = dyn_cast<ConstantInt>(Mark->getArgOperand(1));
    if (!Limit || Limit->getZExtValue() != OwnPointer)
      continue;
    if (V.As.How == CallAs::Pointer) {
      Mark->setArgOperand(1, ConstantInt::get(Limit->getType(), V.As.Number));
      continue;
    }
    if (V.As.How == CallAs::Raising) {
      Type *Pointer = Mark->getType();
      FunctionCallee Raising = declareMarker(
          M, Marker::Raising, FunctionType::get(Pointer, {Pointer}, false));
      Mark->replaceAllUsesWith(
          IRBuilder<>(Mark).CreateCall(Raising, {Mark->getArgOperand(0)}));
      eraseCall(Mark);
      continue;
    }
    if (V.As.How == CallAs::Function) {
      replaceMark(*Mark, *V.As.Target);
      continue;
    }
    Mark->replaceAllUsesWith(Mark->getArgOperand(0));
    eraseCall(Mark);
  }
}

void Specialiser::resolveCalls(Version &V) {
  for (CallBase *Mark : callsOf(*V.F, Marker::As))
    resolveMark(*Mark, V);
}

/// What suspends in a function that yields where its flag is not 0, when it is.
void Specialiser::checkOrdinary(Function &F, StringRef Flag) {
  SmallVector<CallBase *, 4> Suspending;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I);
        Call &&
        (yieldingCallee(*Call) || isMarker(Call, Marker::Suspend) ||
         isMarker(Call, Marker::Self) || isMarker(Call, Marker::Yield) ||
         isMarker(Call, Marker::Indirect)))
      Suspending.push_back(Call);
  for (CallBase *Call : Suspending) {
    Config.report(makeProblem(DiagID::SuspendsUnasked, F, Call,
                              {F.getName().str(), Flag.str()}),
                  F);
    // One wrong call, one message.
    if (!Call->use_empty())
      Call->replaceAllUsesWith(PoisonValue::get(Call->getType()));
    eraseCall(Call);
  }
}

void Specialiser::process(Version &V) {
  std::string Flag;
  if (IntrinsicInst *Found = flagOf(*V.F)) {
    Flag = flagName(*Found).str();
    foldFlag(*Found, V.As.Number, /*Checked=*/!V.As.isKnown());
  }
  resolveArgument(V);
  resolveCalls(V);
  if (!Flag.empty() && !isCoroutine(*V.F))
    checkOrdinary(*V.F, Flag);
}

void Specialiser::run() {
  for (Function &F : M)
    if (!F.isDeclaration())
      Work.push_back(
          {&F, Decision(), nullptr, &F, DenseMap<Function *, unsigned>()});
  keepOriginals();
  while (!Work.empty()) {
    Version V = std::move(Work.front());
    Work.pop_front();
    process(V);
  }
  for (auto &[Generic, Original] : Originals) {
    setGeneric(*Generic, false);
    Original->eraseFromParent();
  }
}

PreservedAnalyses Specialise::run(Module &M, ModuleAnalysisManager &) {
  if (none_of(M, [](const Function &F) { return isGeneric(F); }))
    return PreservedAnalyses::all();
  Specialiser(M, Config).run();
  return PreservedAnalyses::none();
}

} // namespace coro
