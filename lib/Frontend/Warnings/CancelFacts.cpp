//===-- CancelFacts.cpp - What functions say of being cancelled -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// coro_cancel_safe and coro_acquires.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/CancelFacts.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Warnings/QuietFacts.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral CancelSafe = "coro.cancel_safe";
static constexpr llvm::StringLiteral Acquires = "coro.acquires";
static constexpr llvm::StringLiteral YieldsElsewhere = "coro.yields_elsewhere";

const Decl *cancelSafeDeclaration(const FunctionDecl &F) {
  return quietlySaid(F, CancelSafe);
}

const Decl *acquiresDeclaration(const FunctionDecl &F) {
  return quietlySaid(F, Acquires);
}

void markYieldsElsewhere(ASTContext &Context, Decl &D, SourceRange Range) {
  addQuietFact(Context, D, YieldsElsewhere, Range);
}

bool safeForNothing(const FunctionDecl &F) {
  return saysQuietly(F, CancelSafe) && !effectsOf(F).suspends() &&
         !declaredGeneric(F) && !quietlySaid(F, YieldsElsewhere);
}

static bool isFunction(const Decl &D) { return isa<FunctionDecl>(D); }

namespace {
struct CancelSafeAttribute final
    : FactAttribute<CancelSafe, isFunction, DiagID::NotOnPointers> {
  CancelSafeAttribute()
      : FactAttribute("coro_cancel_safe", "coro::cancel_safe") {}
};
struct AcquiresAttribute final
    : FactAttribute<Acquires, isFunction, DiagID::NotOnPointers> {
  AcquiresAttribute() : FactAttribute("coro_acquires", "coro::acquires") {}
};
} // namespace

static ParsedAttrInfoRegistry::Add<CancelSafeAttribute>
    RegisterSafe("coro_cancel_safe", "a function that loses nothing");
static ParsedAttrInfoRegistry::Add<AcquiresAttribute>
    RegisterAcquires("coro_acquires", "a result that must not be lost");

} // namespace coro
