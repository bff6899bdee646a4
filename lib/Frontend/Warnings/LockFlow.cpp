//===-- LockFlow.cpp - Which locks are held where -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A forward analysis over clang's control flow graph. The state at a point is
// the set of locks that are held on EVERY way to it, so that what is locked and
// unlocked under the same condition raises no alarm:
//
//     if (shared) lock(&m);        { }  and  { m }  meet in  { }
//     wait();                      fine
//     if (shared) unlock(&m);
//
// At a branch on the result of a lock function, one way has the lock and the
// other has not; the result may have been kept in a variable. Unlocking what is
// not known to be held may be unlocking anything, under another name: then
// nothing is held. The same where a function is called that does so, or where
// an unknown one is given a lock by its address.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/LockFlow.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Warnings/LockCalls.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Analysis/CFG.h"

using namespace clang;

namespace coro {

namespace {
/// What is known at a point.
struct State {
  std::vector<HeldLock> Held;
  /// Variables with the result of a call that may have locked.
  std::vector<std::pair<const VarDecl *, const CallExpr *>> Results;

  const HeldLock *find(const LockKey &Key) const {
    auto It =
        llvm::find_if(Held, [&](const HeldLock &H) { return H.Key == Key; });
    return It == Held.end() ? nullptr : &*It;
  }
  bool holds(const LockKey &Key) const { return find(Key); }
  void add(const LockKey &Key, SourceLocation Since) {
    if (!holds(Key))
      Held.push_back({Key, Since});
  }
  void remove(const LockKey &Key) {
    llvm::erase_if(Held, [&](const HeldLock &H) { return H.Key == Key; });
  }
  const CallExpr *resultIn(const VarDecl *V) const {
    for (const auto &[Variable, Call] : Results)
      if (Variable == V)
        return Call;
    return nullptr;
  }
  void setResult(const VarDecl *V, const CallExpr *Call) {
    llvm::erase_if(Results, [V](const auto &R) { return R.first == V; });
    if (Call)
      Results.push_back({V, Call});
  }
  /// Keeps what the other way knows as well. True if that changed anything.
  bool meet(const State &Other) {
    size_t Before = Held.size() + Results.size();
    bool Earlier = false;
    llvm::erase_if(Held, [&](HeldLock &H) {
      const HeldLock *Same = Other.find(H.Key);
      if (Same && Same->Since < H.Since) {
        H.Since = Same->Since;
        Earlier = true;
      }
      return !Same;
    });
    llvm::erase_if(Results, [&](const auto &R) {
      return !llvm::is_contained(Other.Results, R);
    });
    return Earlier || Held.size() + Results.size() != Before;
  }
};

using SuspensionVisitor = llvm::function_ref<void(const LockedSuspension &)>;

class Flow {
  LockFlow &All;
  const FunctionDecl &F;
  ASTContext &Context;
  std::unique_ptr<CFG> Graph;
  /// By block; nothing where no way has led yet.
  std::vector<std::optional<State>> In;
  SuspensionVisitor *Visit = nullptr;

  void suspend(const State &S, const Suspension &At,
               llvm::ArrayRef<const Expr *> Arguments,
               const LockCall &Says) const;
  void call(State &S, SourceLocation Where, const FunctionDecl *Callee,
            llvm::ArrayRef<const Expr *> Arguments,
            std::optional<Suspension> Suspends);
  void unlock(State &S, const LockKey &Key);
  void step(State &S, const CFGElement &Element);
  void keepResult(State &S, const VarDecl *To, const Expr *From) const;
  void branch(State &S, const Expr *Condition, bool Taken) const;
  const CallExpr *resultOf(const State &S, const Expr *E) const;
  bool flowInto(const CFGBlock *Block, const State &S);
  State stateAt(const CFGBlock &Block) const;

public:
  /// Something was unlocked that was not known to be held.
  bool UnlocksOther = false;

  Flow(LockFlow &All, const FunctionDecl &F);
  void run();
  void visitSuspensions(SuspensionVisitor V);
  std::vector<HeldLock> heldAtExit() const;
};
} // namespace

Flow::Flow(LockFlow &All, const FunctionDecl &F)
    : All(All), F(F), Context(F.getASTContext()) {
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true; // cleanup functions are among them
  Graph = CFG::buildCFG(&F, F.getBody(), &Context, Options);
}

void Flow::suspend(const State &S, const Suspension &At,
                   llvm::ArrayRef<const Expr *> Arguments,
                   const LockCall &Says) const {
  if (!Visit)
    return;
  LockedSuspension Found{At, {}};
  for (const HeldLock &H : S.Held) {
    // Like a wait for a condition: it is given the lock, to unlock it.
    bool Given = llvm::is_contained(Says.Unlocks, H.Key) ||
                 llvm::any_of(Arguments, [&](const Expr *E) {
                   std::optional<LockKey> Key = keyOf(*E);
                   return Key && pointee(*Key) == H.Key;
                 });
    if (!Given)
      Found.Held.push_back(H);
  }
  if (!Found.Held.empty())
    (*Visit)(Found);
}

void Flow::unlock(State &S, const LockKey &Key) {
  if (S.holds(Key)) {
    S.remove(Key);
    return;
  }
  S.Held.clear();
  UnlocksOther = true;
}

void Flow::call(State &S, SourceLocation Where, const FunctionDecl *Callee,
                llvm::ArrayRef<const Expr *> Arguments,
                std::optional<Suspension> Suspends) {
  LockCall Says = Callee ? lockCall(*Callee, Arguments) : LockCall();
  const FunctionDecl *Definition = nullptr;
  const LockSummary *Does = !Says.Known && Callee && Callee->hasBody(Definition)
                                ? &All.summaryOf(*Definition)
                                : nullptr;
  // One that unlocks may do so before it suspends.
  if (Suspends && !(Does && Does->Unlocks))
    suspend(S, *Suspends, Arguments, Says);
  for (const LockKey &Key : Says.Unlocks)
    unlock(S, Key);
  for (const LockKey &Key : Says.Locks)
    S.add(Key, Where);
  if (Says.Known)
    return;
  if (Does) {
    if (Does->Unlocks) {
      S.Held.clear();
      UnlocksOther = true;
    }
    for (const HeldLock &H : Does->Acquires)
      if (std::optional<LockKey> Key = inCaller(H.Key, Arguments))
        S.add(*Key, Where);
    return;
  }
  for (const Expr *E : Arguments)
    if (std::optional<LockKey> Key = keyOf(*E))
      S.remove(pointee(*Key));
}

void Flow::keepResult(State &S, const VarDecl *To, const Expr *From) const {
  S.setResult(To, From ? resultOf(S, From) : nullptr);
}

void Flow::step(State &S, const CFGElement &Element) {
  if (auto Cleanup = Element.getAs<CFGCleanupFunction>()) {
    const VarDecl *V = Cleanup->getVarDecl();
    const FunctionDecl *Called = V->getAttr<CleanupAttr>()->getFunctionDecl();
    std::optional<Suspension> Suspends;
    if (declaredYields(*Called))
      Suspends = {V->getLocation(), Called};
    call(S, V->getLocation(), Called, {}, Suspends);
    if (!Called->hasBody())
      S.Held.clear();
    return;
  }
  auto Part = Element.getAs<CFGStmt>();
  if (!Part)
    return;
  const Stmt *Statement = Part->getStmt();
  if (const auto *Call = dyn_cast<CallExpr>(Statement)) {
    llvm::SmallVector<const Expr *, 4> Arguments(Call->arguments());
    call(S, Call->getBeginLoc(), Call->getDirectCallee(), Arguments,
         suspensionAt(Context, *Call));
  } else if (const auto *Declares = dyn_cast<DeclStmt>(Statement)) {
    for (const Decl *D : Declares->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        keepResult(S, V, V->getInit());
  } else if (const auto *Op = dyn_cast<BinaryOperator>(Statement)) {
    const auto *To = dyn_cast<DeclRefExpr>(Op->getLHS()->IgnoreParens());
    if (Op->isAssignmentOp() && To)
      keepResult(S, dyn_cast<VarDecl>(To->getDecl()),
                 Op->getOpcode() == BO_Assign ? Op->getRHS() : nullptr);
  }
}

/// The call that an expression's value is the result of, where it is one that
/// may have locked.
const CallExpr *Flow::resultOf(const State &S, const Expr *E) const {
  E = E->IgnoreParenCasts();
  if (const auto *Op = dyn_cast<BinaryOperator>(E);
      Op && Op->getOpcode() == BO_Assign)
    return resultOf(S, Op->getRHS());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return S.resultIn(dyn_cast<VarDecl>(Ref->getDecl()));
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return nullptr;
  llvm::SmallVector<const Expr *, 4> Arguments(Call->arguments());
  LockCall Says = lockCall(*Callee, Arguments);
  return Says.Tries.empty() && Says.Locks.empty() ? nullptr : Call;
}

/// The condition holds, or not, on the way that was taken.
void Flow::branch(State &S, const Expr *Condition, bool Taken) const {
  const Expr *E = Condition->IgnoreParenCasts();
  // The last operand is the one that decides here.
  if (const auto *Op = dyn_cast<BinaryOperator>(E); Op && Op->isLogicalOp())
    return branch(S, Op->getRHS(), Taken);
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && Call->getNumArgs() == 2 && Call->getDirectCallee() &&
      Call->getDirectCallee()->getBuiltinID() == Builtin::BI__builtin_expect)
    return branch(S, Call->getArg(0), Taken);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return branch(S, Not->getSubExpr(), !Taken);
  if (const auto *Op = dyn_cast<BinaryOperator>(E); Op && Op->isEqualityOp()) {
    Expr::EvalResult Value;
    bool Equal = Taken == (Op->getOpcode() == BO_EQ);
    if (!Op->getRHS()->EvaluateAsInt(Value, Context))
      return;
    bool Zero = Value.Val.getInt() == 0;
    if (Zero || Equal)
      branch(S, Op->getLHS(), Zero ? !Equal : true);
    return;
  }
  const CallExpr *Call = resultOf(S, E);
  if (!Call)
    return;
  llvm::SmallVector<const Expr *, 4> Arguments(Call->arguments());
  LockCall Says = lockCall(*Call->getDirectCallee(), Arguments);
  for (const LockKey &Key : Says.Tries)
    if (Taken == Says.TrySuccess)
      S.add(Key, Call->getBeginLoc());
    else
      S.remove(Key);
  // What locks returns an error where it could not.
  for (const LockKey &Key : Says.Locks)
    if (Taken && !Call->getType()->isBooleanType())
      S.remove(Key);
}

State Flow::stateAt(const CFGBlock &Block) const {
  return In[Block.getBlockID()].value_or(State());
}

bool Flow::flowInto(const CFGBlock *Block, const State &S) {
  std::optional<State> &Known = In[Block->getBlockID()];
  if (Known)
    return Known->meet(S);
  Known = S;
  return true;
}

void Flow::run() {
  if (!Graph)
    return;
  In.assign(Graph->getNumBlockIDs(), std::nullopt);
  State Entry;
  for (const LockKey &Key : heldOnEntry(F))
    Entry.add(Key, F.getLocation());
  In[Graph->getEntry().getBlockID()] = Entry;
  std::vector<const CFGBlock *> Work = {&Graph->getEntry()};
  while (!Work.empty()) {
    const CFGBlock *Block = Work.back();
    Work.pop_back();
    State After = stateAt(*Block);
    for (const CFGElement &Element : *Block)
      step(After, Element);
    const auto *Condition =
        dyn_cast_or_null<Expr>(Block->getTerminatorCondition());
    bool TwoWays = Block->succ_size() == 2 && Condition &&
                   !isa_and_nonnull<SwitchStmt>(Block->getTerminatorStmt());
    unsigned Way = 0;
    for (const CFGBlock *Next : Block->succs()) {
      State Along = After;
      if (TwoWays)
        branch(Along, Condition, Way == 0);
      ++Way;
      if (Next && flowInto(Next, Along))
        Work.push_back(Next);
    }
  }
}

void Flow::visitSuspensions(SuspensionVisitor V) {
  if (!Graph)
    return;
  Visit = &V;
  // The entry has the highest number, as a rule what comes first the higher.
  std::vector<const CFGBlock *> Blocks(Graph->begin(), Graph->end());
  for (const CFGBlock *Block : llvm::reverse(Blocks)) {
    if (!In[Block->getBlockID()])
      continue;
    State S = stateAt(*Block);
    for (const CFGElement &Element : *Block)
      step(S, Element);
  }
  Visit = nullptr;
}

std::vector<HeldLock> Flow::heldAtExit() const {
  return Graph ? stateAt(Graph->getExit()).Held : std::vector<HeldLock>();
}

const LockSummary &LockFlow::summaryOf(const FunctionDecl &F) {
  std::unique_ptr<LockSummary> &Place = Known[&F];
  if (!Place) {
    // What calls itself is looked at as if the inner call did nothing.
    Place = std::make_unique<LockSummary>();
    LockSummary *Summary = Place.get();
    Flow Body(*this, F);
    Body.run();
    Summary->Acquires = Body.heldAtExit();
    Summary->Unlocks = Body.UnlocksOther;
    return *Summary;
  }
  return *Place;
}

void LockFlow::suspensions(const FunctionDecl &F, SuspensionVisitor Visit) {
  Flow Body(*this, F);
  Body.run();
  Body.visitSuspensions(Visit);
}

} // namespace coro
