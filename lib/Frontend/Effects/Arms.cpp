//===-- Arms.cpp - What a join or a race waits for ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// coro_join(&a, &b, ...) takes addresses of any types, so C checks nothing, and
// a pointer in the IR does not say what it points to. So each argument (arm) is
// checked here, and rewritten before clang generates code for it:
//
//   &task     a coro_task(f)              __coro_frame_of(&task, f)
//   &future   begins with a coro_future   &future
//   &shared   begins with a coro_shared   __coro_shared_arm(&shared)
//   &any      a coro_any_task             __coro_any_arm(&any)
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/Arms.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskFrames.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include <map>

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral AnyArm = "__coro_any_arm";
static constexpr llvm::StringLiteral SharedArm = "__coro_shared_arm";

namespace {
struct Combinator {
  llvm::StringLiteral Marker, Word;
  unsigned FirstArm;
  bool TakesOne;
};

class ArmChecker {
  Unit &U;
  ASTContext &Context;
  const Combinator &C;
  CallExpr &Call;

  bool say(const Expr &At, DiagID ID, llvm::ArrayRef<std::string> Arguments,
           llvm::ArrayRef<FixItHint> Edits = {}) {
    report(U.CI.getDiagnostics(), At.getBeginLoc(), ID, Arguments, Edits);
    return false;
  }
  std::string word() const { return C.Word.str(); }
  bool checkShape(const Expr &Arm);
  bool checkPointee(const Expr &Arm, QualType Pointee);
  bool checkTwice();
  void rewrite(unsigned Index);

public:
  ArmChecker(Unit &U, const Combinator &C, CallExpr &Call)
      : U(U), Context(U.CI.getASTContext()), C(C), Call(Call) {}
  void run();
};
} // namespace

static constexpr Combinator Combinators[] = {
    {"__coro_wait", "coro_wait", 1, true},
    {"__coro_join", "coro_join", 1, false},
    {"__coro_any", "coro_any", 1, false},
    {"__coro_race", "coro_race", 1, false},
    {"__coro_timeout", "coro_timeout", 2, true},
    {"__coro_cancel", "coro_cancel", 1, false},
};

static const Combinator *combinatorOf(const FunctionDecl &Callee) {
  if (Callee.getIdentifier())
    for (const Combinator &C : Combinators)
      if (Callee.getName() == C.Marker)
        return &C;
  return nullptr;
}

static const Expr &bare(const Expr &Arm) { return *Arm.IgnoreParenImpCasts(); }

static bool isRecord(QualType T, llvm::StringRef Name) {
  const RecordDecl *Record = T->getAsRecordDecl();
  return Record && Record->getIdentifier() && Record->getName() == Name;
}

/// True for the struct of this name and for one that begins with it; a union
/// without a name begins with the first of its members.
static bool beginsWith(QualType T, llvm::StringRef Name) {
  if (isRecord(T, Name))
    return true;
  const RecordDecl *Record = T->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  return Record && (Record->isStruct() || Record->isAnonymousStructOrUnion()) &&
         !Record->field_empty() &&
         beginsWith((*Record->field_begin())->getType(), Name);
}

/// &x->future, the one with which a coro_shared begins: of that itself, or of a
/// coro_spawned, which has it in a union without a name.
static bool namesShared(const Expr *Arm) {
  const auto *Address = dyn_cast<UnaryOperator>(Arm->IgnoreParenCasts());
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return false;
  const Expr *Inner = Address->getSubExpr()->IgnoreParens();
  const auto *Member = dyn_cast<MemberExpr>(Inner);
  if (!Member || !isRecord(Member->getType(), "coro_future"))
    return false;
  const auto *Record =
      dyn_cast<RecordDecl>(Member->getMemberDecl()->getDeclContext());
  if (Record && Record->isAnonymousStructOrUnion())
    Record = dyn_cast<RecordDecl>(Record->getDeclContext());
  return Record && Record->getIdentifier() &&
         (Record->getName() == "coro_shared" ||
          Record->getName() == "coro_spawned");
}

static bool isFuture(QualType T) { return beginsWith(T, "coro_future"); }

static bool canWaitFor(QualType T) {
  return taskFunction(T) || isFuture(T) || isRecord(T, "coro_any_task");
}

/// An arm is an address, and not that of an array's first element by accident.
bool ArmChecker::checkShape(const Expr &Arm) {
  QualType T = bare(Arm).getType();
  std::string Type = T.getUnqualifiedType().getAsString();
  if (Arm.isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNull))
    return say(Arm, DiagID::ArmIsNull, {word()});
  if (canWaitFor(T))
    return say(Arm, DiagID::ArmNeedsAddress, {word(), Type},
               FixItHint::CreateInsertion(Arm.getBeginLoc(), "&"));
  if (T->isArrayType())
    return say(Arm,
               canWaitFor(Context.getBaseElementType(T))
                   ? DiagID::ArmIsArray
                   : DiagID::ArmNotWaitable,
               {word(), Type});
  if (!T->isPointerType())
    return say(Arm, DiagID::ArmNotWaitable, {word(), Type});
  return checkPointee(Arm, T->getPointeeType());
}

bool ArmChecker::checkPointee(const Expr &Arm, QualType Pointee) {
  std::string Type = bare(Arm).getType().getUnqualifiedType().getAsString();
  if (!canWaitFor(Pointee))
    return say(Arm, DiagID::ArmNotWaitable, {word(), Type});
  bool IsPair = isRecord(Pointee, "coro_any_task");
  if (Pointee.isConstQualified() && !IsPair)
    return say(Arm, DiagID::ArmIsConst, {word(), Type});
  FunctionDecl *Task = taskFunction(Pointee);
  if (!Task || !effectsOf(*Task).isGenerator() || C.Word == "coro_cancel")
    return true;
  say(Arm, DiagID::ArmIsGenerator, {word(), Task->getNameAsString()});
  report(U.CI.getDiagnostics(), yieldsDeclaration(*Task)->getLocation(),
         DiagID::HasEffectsHere,
         {Task->getNameAsString(), effectsOf(*Task).print()});
  return false;
}

/// The same expression, without side effects, is the same thing.
bool ArmChecker::checkTwice() {
  std::map<llvm::FoldingSetNodeID, const Expr *> Seen;
  for (unsigned I = C.FirstArm; I < Call.getNumArgs(); ++I) {
    const Expr &Arm = *Call.getArg(I);
    if (Arm.HasSideEffects(Context))
      continue;
    llvm::FoldingSetNodeID ID;
    bare(Arm).Profile(ID, Context, /*Canonical=*/true);
    auto [First, IsNew] = Seen.try_emplace(ID, &Arm);
    if (IsNew)
      continue;
    say(Arm, DiagID::ArmTwice, {word()});
    return say(*First->second, DiagID::FirstArm, {});
  }
  return true;
}

void ArmChecker::rewrite(unsigned Index) {
  Expr *Arm = Call.getArg(Index);
  QualType Pointee = Arm->getType()->getPointeeType();
  if (FunctionDecl *Task = taskFunction(Pointee)) {
    Call.setArg(Index, taskFrame(Context, Arm, *Task));
    return;
  }
  bool IsPair = isRecord(Pointee, "coro_any_task");
  bool IsShared = beginsWith(Pointee, "coro_shared") || namesShared(Arm);
  // What cancels a shared one itself has no wait of its own.
  if (!IsPair && (!IsShared || C.Word == "coro_cancel"))
    return;
  Arm = implicitCast(Context, Context.VoidPtrTy, CK_BitCast, Arm);
  if (FunctionDecl *Marker = findMarker(Context, IsPair ? AnyArm : SharedArm))
    Arm = callMarker(Context, *Marker, {Arm}, Arm->getExprLoc());
  Call.setArg(Index, Arm);
}

void ArmChecker::run() {
  if (C.TakesOne && Call.getNumArgs() > C.FirstArm + 1) {
    say(*Call.getArg(C.FirstArm + 1), DiagID::OneArm, {word()});
    return;
  }
  bool Good = true;
  for (unsigned I = C.FirstArm; I < Call.getNumArgs(); ++I) {
    if (isCallOf(*Call.getArg(I), FrameOfMarker) ||
        isCallOf(*Call.getArg(I), AnyArm) ||
        isCallOf(*Call.getArg(I), SharedArm))
      return;
    Good &= checkShape(*Call.getArg(I));
  }
  if (!Good || !checkTwice())
    return;
  for (unsigned I = C.FirstArm; I < Call.getNumArgs(); ++I)
    rewrite(I);
}

llvm::StringRef waitingWord(const FunctionDecl &Callee) {
  const Combinator *C = combinatorOf(Callee);
  return C ? llvm::StringRef(C->Word) : "";
}

void checkArms(Unit &U, const FunctionDecl &Callee, CallExpr &Call) {
  if (const Combinator *C = combinatorOf(Callee))
    ArmChecker(U, *C, Call).run();
}

} // namespace coro
