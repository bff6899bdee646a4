//===-- ThreadFacts.cpp - What declarations say of threads ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// coro_blocking, coro_local and coro_sends.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/ThreadFacts.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Warnings/QuietFacts.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral Blocking = "coro.blocking";
static constexpr llvm::StringLiteral Local = "coro.local";
static constexpr llvm::StringLiteral Sends = "coro.sends";

/// The first typedef a type is written with that says it.
static const TypedefNameDecl *aliasSays(QualType T, llvm::StringRef Fact) {
  for (const auto *Alias = T->getAs<TypedefType>(); Alias;
       Alias = Alias->getDecl()->getUnderlyingType()->getAs<TypedefType>())
    if (quietlySaid(*Alias->getDecl(), Fact))
      return Alias->getDecl();
  return nullptr;
}

const Decl *blockingDeclaration(const Decl &D) {
  if (const Decl *Own = quietlySaid(D, Blocking))
    return Own;
  const auto *Value = dyn_cast<ValueDecl>(&D);
  return Value && !isa<FunctionDecl>(D)
             ? aliasSays(pointerType(Value->getType()), Blocking)
             : nullptr;
}

using Seen = llvm::SmallPtrSet<const Type *, 8>;

static const NamedDecl *localIn(QualType T, Seen &Visited) {
  while (true) {
    if (const TypedefNameDecl *Alias = aliasSays(T, Local))
      return Alias;
    if (T->isArrayType())
      T = T->getAsArrayTypeUnsafe()->getElementType();
    else if (T->isPointerType())
      T = T->getPointeeType();
    else
      break;
  }
  if (!Visited.insert(T.getCanonicalType().getTypePtr()).second)
    return nullptr;
  const TagDecl *Tag = T->getAsTagDecl();
  if (!Tag)
    return nullptr;
  if (quietlySaid(*Tag, Local))
    return Tag;
  const auto *Record = dyn_cast<RecordDecl>(Tag);
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record)
    return nullptr;
  for (const FieldDecl *Field : Record->fields()) {
    if (saysQuietly(*Field, Local))
      return Field;
    if (const NamedDecl *Found = localIn(Field->getType(), Visited))
      return Found;
  }
  return nullptr;
}

const NamedDecl *localDeclaration(QualType T) {
  Seen Visited;
  return localIn(T, Visited);
}

const NamedDecl *localDeclaration(const ValueDecl &D) {
  if (quietlySaid(D, Local))
    return &D;
  return localDeclaration(D.getType());
}

bool sendsArgument(const ParmVarDecl &P) {
  const auto *F = dyn_cast<FunctionDecl>(P.getDeclContext());
  if (!F)
    return saysQuietly(P, Sends);
  for (const FunctionDecl *Each : F->redecls())
    if (P.getFunctionScopeIndex() < Each->getNumParams() &&
        saysQuietly(*Each->getParamDecl(P.getFunctionScopeIndex()), Sends))
      return true;
  return false;
}

static bool isFunctionPointer(QualType T) {
  return pointerType(T.getCanonicalType())->isFunctionPointerType();
}

static bool mayBlock(const Decl &D) {
  if (const auto *Alias = dyn_cast<TypedefNameDecl>(&D))
    return isFunctionPointer(Alias->getUnderlyingType());
  if (isa<VarDecl, FieldDecl>(D))
    return isFunctionPointer(cast<ValueDecl>(D).getType());
  return isa<FunctionDecl>(D);
}
static bool mayBeLocal(const Decl &D) {
  return isa<TagDecl, TypedefNameDecl, VarDecl, FieldDecl>(D);
}
static bool maySend(const Decl &D) { return isa<ParmVarDecl>(D); }

namespace {
struct BlockingAttribute final
    : FactAttribute<Blocking, mayBlock, DiagID::WrongSubject> {
  BlockingAttribute() : FactAttribute("coro_blocking", "coro::blocking") {}
};
struct LocalAttribute final
    : FactAttribute<Local, mayBeLocal, DiagID::WrongLocalSubject> {
  LocalAttribute() : FactAttribute("coro_local", "coro::local") {}
};
struct SendsAttribute final
    : FactAttribute<Sends, maySend, DiagID::WrongSendsSubject> {
  SendsAttribute() : FactAttribute("coro_sends", "coro::sends") {}
};
} // namespace

static ParsedAttrInfoRegistry::Add<BlockingAttribute>
    RegisterBlocking("coro_blocking", "a function that blocks its thread");
static ParsedAttrInfoRegistry::Add<LocalAttribute>
    RegisterLocal("coro_local", "what must not cross to another thread");
static ParsedAttrInfoRegistry::Add<SendsAttribute>
    RegisterSends("coro_sends", "an argument that goes to another thread");

} // namespace coro
