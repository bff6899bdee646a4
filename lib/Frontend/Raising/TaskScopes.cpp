//===-- TaskScopes.cpp - Local tasks on unwind paths ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A task that a function joins, races or waits for is bound before and over
// afterwards: neither needs anybody. One that it resumes itself, with coro_any,
// coro_poll, coro_next or coro_send, may be suspended while the function waits
// for something else. Where the function then unwinds, nobody would end it:
//
//   coro_task(f) t;     becomes     coro_task(f) t;
//                                   void *guard [[cleanup(__coro_task_leave)]]
//                                       = __coro_task_enter(frame, 1, sizeof
//                                       t);
//
// Not where anything else is done with its address: it may be somebody else's
// by then. See Transforms/LeaveTasks.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/TaskScopes.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Tasks/TaskFrames.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace coro {

static FunctionDecl *functionOfVariable(const VarDecl &D) {
  ASTContext &Context = D.getASTContext();
  return D.isLocalVarDecl() && !D.isStaticLocal()
             ? taskFunction(Context.getBaseElementType(D.getType()))
             : nullptr;
}

/// The variable of which E is the address, or one of whose elements it is.
static const VarDecl *variableBehind(const Expr &E) {
  const Expr *At = E.IgnoreParenCasts();
  // The frame is in an unnamed union with the result.
  while (const auto *Member = dyn_cast<MemberExpr>(At))
    At = Member->getBase()->IgnoreParenCasts();
  if (const auto *Call = dyn_cast<CallExpr>(At);
      Call && isCallOf(*At, FrameOfMarker))
    return variableBehind(*Call->getArg(0));
  if (const auto *Address = dyn_cast<UnaryOperator>(At);
      Address && Address->getOpcode() == UO_AddrOf)
    At = Address->getSubExpr()->IgnoreParenCasts();
  while (const auto *Element = dyn_cast<ArraySubscriptExpr>(At))
    At = Element->getBase()->IgnoreParenCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(At);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

namespace {
/// Finds out what is done with each local task.
class TaskUses : public EvaluatedVisitor<TaskUses> {
  using Base = EvaluatedVisitor<TaskUses>;

public:
  llvm::SmallSetVector<const VarDecl *, 4> Resumed;
  llvm::SmallPtrSet<const VarDecl *, 4> Shared;
  llvm::SmallVector<DeclStmt *, 4> Declares;

  explicit TaskUses(const ASTContext &Context) : EvaluatedVisitor(Context) {}

  bool TraverseCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee || !Callee->getIdentifier() ||
        !Callee->getName().starts_with("__coro_"))
      return Base::TraverseCallExpr(Call);
    static constexpr llvm::StringLiteral Resuming[] = {
        "__coro_wait", "__coro_any", "__coro_poll", "__coro_next"};
    for (Expr *Argument : Call->arguments()) {
      const VarDecl *D = variableBehind(*Argument);
      if (!D || !functionOfVariable(*D))
        TraverseStmt(Argument);
      else if (llvm::is_contained(Resuming, Callee->getName()))
        Resumed.insert(D);
    }
    return true;
  }
  /// t.result and the like are no use of its address.
  bool TraverseMemberExpr(MemberExpr *Member) {
    const auto *Ref =
        dyn_cast<DeclRefExpr>(Member->getBase()->IgnoreParenCasts());
    return (Ref && !Member->isArrow()) || Base::TraverseMemberExpr(Member);
  }
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (const auto *D = dyn_cast<VarDecl>(Ref->getDecl()))
      Shared.insert(D);
    return true;
  }
  bool TraverseVarDecl(VarDecl *D) {
    // coro_send keeps the task's address for the length of its expression.
    if (D->getInit() && D->getName() == "__coro_sent_to")
      if (const VarDecl *Task = variableBehind(*D->getInit())) {
        Resumed.insert(Task);
        return true;
      }
    return Base::TraverseVarDecl(D);
  }
  bool VisitDeclStmt(DeclStmt *S) {
    Declares.push_back(S);
    return true;
  }
};
} // namespace

static Expr *number(ASTContext &Context, uint64_t Value, SourceLocation Where) {
  QualType T = Context.UnsignedLongTy;
  return IntegerLiteral::Create(
      Context, llvm::APInt(Context.getTypeSize(T), Value), T, Where);
}

/// Its first element, where it is an array of them.
static Expr *addressOf(ASTContext &Context, VarDecl &D, QualType Task) {
  SourceLocation Where = D.getLocation();
  auto *Ref =
      DeclRefExpr::Create(Context, NestedNameSpecifierLoc(), SourceLocation(),
                          &D, false, Where, D.getType(), VK_LValue);
  auto *Address = UnaryOperator::Create(
      Context, Ref, UO_AddrOf, Context.getPointerType(D.getType()), VK_PRValue,
      OK_Ordinary, Where, false, FPOptionsOverride());
  return implicitCast(Context, Context.getPointerType(Task), CK_BitCast,
                      Address);
}

static Decl *guardOf(const FunctionDecl &F, VarDecl &D) {
  ASTContext &Context = F.getASTContext();
  SourceLocation Where = D.getLocation();
  QualType Task = Context.getBaseElementType(D.getType());
  uint64_t Size = Context.getTypeSizeInChars(Task).getQuantity();
  uint64_t All = Context.getTypeSizeInChars(D.getType()).getQuantity();
  Expr *Arguments[] = {
      taskFrame(Context, addressOf(Context, D, Task), *functionOfVariable(D)),
      number(Context, All / Size, Where), number(Context, Size, Where)};
  auto *Guard = VarDecl::Create(
      Context, const_cast<FunctionDecl *>(&F), Where, Where,
      &Context.Idents.get("__coro_guard"), Context.VoidPtrTy,
      Context.getTrivialTypeSourceInfo(Context.VoidPtrTy), SC_None);
  Guard->setImplicit();
  Guard->setInit(callMarker(Context, *findMarker(Context, "__coro_task_enter"),
                            Arguments, Where));
  Guard->addAttr(CleanupAttr::CreateImplicit(
      Context, findMarker(Context, "__coro_task_leave")));
  Guard->addAttr(NoDebugAttr::CreateImplicit(Context));
  return Guard;
}

void guardTasks(Unit &U, const FunctionDecl &F) {
  ASTContext &Context = U.CI.getASTContext();
  if (!declaredYields(F) || !F.doesThisDeclarationHaveABody() ||
      !findMarker(Context, "__coro_task_enter"))
    return;
  TaskUses Uses(Context);
  Uses.TraverseStmt(F.getBody());
  for (DeclStmt *Declares : Uses.Declares) {
    llvm::SmallVector<Decl *, 4> All;
    for (Decl *D : Declares->decls()) {
      All.push_back(D);
      auto *Task = dyn_cast<VarDecl>(D);
      if (Task && Uses.Resumed.contains(Task) && !Uses.Shared.contains(Task) &&
          functionOfVariable(*Task) && !Task->getType()->isVariableArrayType())
        All.push_back(guardOf(F, *Task));
    }
    if (All.size() > 1)
      Declares->setDeclGroup(
          DeclGroupRef::Create(Context, All.data(), All.size()));
  }
}

} // namespace coro
