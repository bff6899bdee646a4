//===-- PlainBoxes.cpp - Plain calls in frames from an allocator ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a refusal can be raised, a call needs no coro_try_box to say it:
//
//     f(arguments)        becomes
//
//     ({
//       _Bool ran;
//       T returned;
//       ((typeof(&f))__coro_try_box(&ran, &returned, ..., f))(arguments);
//       if (ran) ; else coro_raise(CORO_NO_MEMORY);
//       returned;
//     })
//
// When a function is compiled, what follows it in the file is not known. So a
// call of a coro_boxed function that is not defined yet takes a box, whether or
// not that turns out to call back.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/PlainBoxes.h"
#include "Frontend/Effects/BoxedCalls.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Raising/TryBlocks.h"
#include "coro/error.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral TryBoxName = "__coro_try_box";

static bool isCoroError(QualType T) {
  const auto *Enum = T.isNull() ? nullptr : T->getAs<EnumType>();
  return Enum && Enum->getDecl()->getName() == "coro_error";
}

bool mayRaiseRefusal(const Caller &From) {
  return isCoroError(From.Own.Error) &&
         findMarker(From.U.CI.getASTContext(), TryBoxName);
}

bool mayCallBack(const Caller &From, const FunctionDecl &Callee) {
  if (!effectsOf(Callee).Boxed)
    return false;
  const FunctionDecl *Self = From.F.getCanonicalDecl();
  llvm::SmallVector<const FunctionDecl *, 8> Work = {Callee.getCanonicalDecl()};
  llvm::DenseSet<const FunctionDecl *> Seen;
  if (!Callee.isDefined())
    return true;
  while (!Work.empty()) {
    const FunctionDecl *F = Work.pop_back_val();
    if (F == Self)
      return true;
    auto Made = From.Calls.find(F);
    if (!Seen.insert(F).second || Made == From.Calls.end())
      continue;
    for (const YieldingCall &Call : Made->second)
      if (Call.Callee && !(Call.Boxed && effectsOf(*Call.Callee).Boxed))
        Work.push_back(Call.Callee);
  }
  return false;
}

std::string otherThanTryBox(const FunctionDecl &Caller) {
  EffectSet Own = effectsOf(Caller);
  std::string Name = "'" + Caller.getNameAsString() + "'";
  if (!Own.raises())
    return ", or declare " + Name + " with 'raises(coro_error)'";
  std::string Why = ": a refusal is a coro_error, ";
  return isCoroError(Own.Error) ? Why + "which cannot be raised here"
                                : Why + "and " + Name + " raises '" +
                                      Own.Error.getAsString() + "'";
}

namespace {
class Boxer {
  Unit &U;
  ASTContext &Context;
  const FunctionDecl &F;
  llvm::DenseMap<const Stmt *, const PlainBox *> Boxes;
  SourceLocation Where;

  VarDecl *local(llvm::StringRef Name, QualType T);
  DeclRefExpr *name(VarDecl &D);
  Expr *address(VarDecl &D);
  Expr *load(VarDecl &D);
  Expr *number(uint64_t Value, QualType T);
  void callInBox(const PlainBox &Box, VarDecl &Ran, VarDecl *Returned);
  Stmt *raiseUnless(const PlainBox &Box, VarDecl &Ran);
  Expr *boxed(const PlainBox &Box);

public:
  Boxer(Unit &U, const FunctionDecl &F, llvm::ArrayRef<PlainBox> All)
      : U(U), Context(U.CI.getASTContext()), F(F) {
    for (const PlainBox &Box : All)
      Boxes[Box.Call] = &Box;
  }
  void walk(Stmt *&Place);
};
} // namespace

VarDecl *Boxer::local(llvm::StringRef Name, QualType T) {
  auto *D = VarDecl::Create(Context, const_cast<FunctionDecl *>(&F), Where,
                            Where, &Context.Idents.get(Name), T,
                            Context.getTrivialTypeSourceInfo(T), SC_None);
  D->setImplicit();
  D->addAttr(NoDebugAttr::CreateImplicit(Context));
  return D;
}

DeclRefExpr *Boxer::name(VarDecl &D) {
  return DeclRefExpr::Create(Context, NestedNameSpecifierLoc(),
                             SourceLocation(), &D, false, Where, D.getType(),
                             VK_LValue);
}

Expr *Boxer::address(VarDecl &D) {
  return UnaryOperator::Create(Context, name(D), UO_AddrOf,
                               Context.getPointerType(D.getType()), VK_PRValue,
                               OK_Ordinary, Where, false, FPOptionsOverride());
}

Expr *Boxer::load(VarDecl &D) {
  return implicitCast(Context, D.getType(), CK_LValueToRValue, name(D));
}

Expr *Boxer::number(uint64_t Value, QualType T) {
  return IntegerLiteral::Create(
      Context, llvm::APInt(Context.getTypeSize(T), Value), T, Where);
}

/// Makes the call one in a box.
void Boxer::callInBox(const PlainBox &Box, VarDecl &Ran, VarDecl *Returned) {
  FunctionDecl *Marker = findMarker(Context, TryBoxName);
  llvm::SmallVector<Expr *, 8> Arguments = {
      address(Ran),
      Returned ? implicitCast(Context, Context.VoidPtrTy, CK_BitCast,
                              address(*Returned))
               : implicitCast(Context, Context.VoidPtrTy, CK_NullToPointer,
                              number(0, Context.IntTy))};
  for (const ParmVarDecl *Number : Marker->parameters().drop_front(2))
    Arguments.push_back(number(0, Number->getType()));
  Expr *Callee = Box.Call->getCallee();
  Arguments.push_back(Callee);
  CallExpr *Marked = callMarker(Context, *Marker, Arguments, Where);
  markBoxedResult(U, *Marked, Box.Callee);
  QualType T = Callee->getType();
  Box.Call->setCallee(CStyleCastExpr::Create(
      Context, T, VK_PRValue, CK_BitCast, Marked, nullptr, FPOptionsOverride(),
      Context.getTrivialTypeSourceInfo(T, Where), Where, Where));
}

Stmt *Boxer::raiseUnless(const PlainBox &Box, VarDecl &Ran) {
  Expr *Raise = raise(U, const_cast<VarDecl *>(Box.Catching), Box.Error,
                      number(CORO_NO_MEMORY, Context.IntTy), Where);
  return IfStmt::Create(Context, Where, IfStatementKind::Ordinary, nullptr,
                        nullptr, load(Ran), Where, Where,
                        new (Context) NullStmt(Where), Where, Raise);
}

Expr *Boxer::boxed(const PlainBox &Box) {
  Where = Box.Call->getBeginLoc();
  QualType T = Box.Call->getType();
  VarDecl *Ran = local("__coro_ran", Context.BoolTy);
  VarDecl *Returned = T->isVoidType()
                          ? nullptr
                          : local("__coro_returned", T.getUnqualifiedType());
  callInBox(Box, *Ran, Returned);
  llvm::SmallVector<Stmt *, 5> All;
  for (VarDecl *D : {Ran, Returned})
    if (D)
      All.push_back(new (Context) DeclStmt(DeclGroupRef(D), Where, Where));
  All.push_back(Box.Call);
  All.push_back(raiseUnless(Box, *Ran));
  if (Returned)
    All.push_back(load(*Returned));
  auto *Block = CompoundStmt::Create(Context, All, FPOptionsOverride(), Where,
                                     Box.Call->getEndLoc());
  return new (Context)
      StmtExpr(Block, T, Where, Box.Call->getEndLoc(), /*TemplateDepth=*/0);
}

void Boxer::walk(Stmt *&Place) {
  if (!Place)
    return;
  for (Stmt *&Child : Place->children())
    walk(Child);
  if (const PlainBox *Box = Boxes.lookup(Place))
    Place = boxed(*Box);
}

void boxCalls(Unit &U, const FunctionDecl &F, llvm::ArrayRef<PlainBox> Boxes) {
  if (Boxes.empty())
    return;
  Stmt *Body = F.getBody();
  Boxer(U, F, Boxes).walk(Body);
}

} // namespace coro
