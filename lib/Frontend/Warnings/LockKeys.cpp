//===-- LockKeys.cpp - Which lock an expression names ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/LockKeys.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace coro {

LockKey pointee(const LockKey &Pointer) {
  llvm::StringRef Path = Pointer;
  return Path.consume_back("&") ? Path.str() : Pointer + "^";
}

static LockKey addressOf(const LockKey &Object) {
  llvm::StringRef Path = Object;
  return Path.consume_back("^") ? Path.str() : Object + "&";
}

static std::optional<LockKey> keyOfName(const ValueDecl &D) {
  if (const auto *P = dyn_cast<ParmVarDecl>(&D))
    return "<" + std::to_string(P->getFunctionScopeIndex()) + ">";
  const auto *V = dyn_cast<VarDecl>(&D);
  if (!V)
    return std::nullopt;
  LockKey Key = V->getNameAsString();
  if (V->isLocalVarDecl())
    Key += "#" + std::to_string(V->getLocation().getRawEncoding());
  return Key;
}

std::optional<LockKey> keyOf(const Expr &Given) {
  const Expr *E = Given.IgnoreParenCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return keyOfName(*Ref->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    std::optional<LockKey> Base = keyOf(*Member->getBase());
    if (Base && Member->isArrow())
      Base = pointee(*Base);
    // What is anonymous has no name on the way to what is not.
    std::string Name = Member->getMemberDecl()->getNameAsString();
    return !Base || Name.empty() ? Base : *Base + "." + Name;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    std::optional<LockKey> Base = keyOf(*Element->getBase());
    std::optional<LockKey> Index = keyOf(*Element->getIdx());
    if (Base && Index)
      return *Base + "[" + *Index + "]";
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    std::optional<LockKey> Inner = keyOf(*Unary->getSubExpr());
    if (Inner && Unary->getOpcode() == UO_AddrOf)
      return addressOf(*Inner);
    if (Inner && Unary->getOpcode() == UO_Deref)
      return pointee(*Inner);
  }
  if (const auto *Literal = dyn_cast<IntegerLiteral>(E))
    return llvm::toString(Literal->getValue(), 10, /*Signed=*/false);
  return std::nullopt;
}

std::optional<LockKey> inCaller(const LockKey &Key,
                                llvm::ArrayRef<const Expr *> Arguments) {
  LockKey Result;
  llvm::StringRef Rest = Key;
  if (Rest.contains('#'))
    return std::nullopt;
  while (!Rest.empty()) {
    if (!Rest.consume_front("<")) {
      // An address and what it points to take each other away.
      if (Rest.starts_with("^") && llvm::StringRef(Result).ends_with("&"))
        Result.pop_back();
      else
        Result += Rest.front();
      Rest = Rest.drop_front();
      continue;
    }
    unsigned Index;
    if (Rest.consumeInteger(10, Index) || !Rest.consume_front(">") ||
        Index >= Arguments.size())
      return std::nullopt;
    std::optional<LockKey> Argument = keyOf(*Arguments[Index]);
    if (!Argument)
      return std::nullopt;
    Result += *Argument;
  }
  return Result;
}

std::string printKey(const LockKey &Key, const FunctionDecl &F) {
  std::string Text;
  llvm::StringRef Rest = Key;
  while (!Rest.empty()) {
    unsigned Number;
    if (Rest.consume_front("#")) {
      Rest.consumeInteger(10, Number);
    } else if (Rest.consume_front("<")) {
      Rest.consumeInteger(10, Number);
      Rest.consume_front(">");
      Text += Number < F.getNumParams()
                  ? F.getParamDecl(Number)->getNameAsString()
                  : "?";
    } else if (Rest.consume_front("^.")) {
      Text += "->";
    } else if (Rest.consume_front("^")) {
      Text.insert(0, "*");
    } else if (Rest.consume_front("&")) {
      Text.insert(0, "&");
    } else {
      Text += Rest.front();
      Rest = Rest.drop_front();
    }
  }
  return Text;
}

} // namespace coro
