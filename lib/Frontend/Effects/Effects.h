//===-- Effects.h - What a declaration says of its effects ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_EFFECTS_H
#define CORO_FRONTEND_EFFECTS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace coro {

/// What a function may do beside return, as its declaration says. Types are
/// null where it does not.
struct EffectSet {
  bool Waits = false;       // yields
  bool Boxed = false;       // coro_boxed
  clang::QualType Value;    // yields_of(T)
  clang::QualType Received; // resumes_with(R)
  clang::QualType Error;    // raises(E)
  /// The argument whose effects it has: "f", "ops->next", "flag". Empty for
  /// none.
  std::string YieldsAs, RaisesAs;

  bool suspends() const { return Waits || isGenerator(); }
  bool isGenerator() const { return !Value.isNull(); }
  bool raises() const { return !Error.isNull(); }
  /// Adds what another declaration says; a type that is there already stays.
  void add(const EffectSet &Other);
  /// As the source would write it: "yields yields_of(int)".
  std::string print() const;
};

/// What all declarations of a function or pointer, and the typedefs it is
/// declared with, say together.
EffectSet effectsOf(const clang::Decl &D);

/// The same of one declaration alone, without those before it.
EffectSet ownEffects(const clang::Decl &D);

/// True where the declaration of a function says that its effects follow from
/// an argument: yields_as.
bool declaredGeneric(const clang::Decl &D);

/// True where a function says that it raises, or that it does as an argument
/// does.
bool mayRaise(const clang::FunctionDecl &F);

/// True where any declaration of the function or pointer says that it suspends:
/// `yields` or `yields_of`.
bool declaredYields(const clang::Decl &D);

/// The declaration that says it, or null.
const clang::Decl *yieldsDeclaration(const clang::Decl &D);

/// N of coro_frame(N), on a function or pointer.
std::optional<uint64_t> declaredFrameLimit(const clang::Decl &D);

/// The same, of this declaration alone, where it is not inherited.
std::optional<uint64_t> ownFrameLimit(const clang::Decl &D);

/// Marks a declaration. Functions are annotated so that the IR shows it;
/// pointers carry it in the AST only.
void markYields(clang::ASTContext &Context, clang::Decl &D,
                clang::SourceRange Range);
void markBoxed(clang::ASTContext &Context, clang::Decl &D,
               clang::SourceRange Range);
/// Effects that name a type or an argument.
enum class Fact { Value, Received, Error, YieldsAs, RaisesAs };
void markType(clang::ASTContext &Context, clang::Decl &D, Fact Kind,
              clang::QualType T, clang::SourceRange Range);
void markPath(clang::ASTContext &Context, clang::Decl &D, Fact Kind,
              llvm::StringRef Path, clang::SourceRange Range);
/// Says to the passes that a function's effects follow from an argument.
void markGeneric(clang::ASTContext &Context, const clang::FunctionDecl &F);
/// The same of the argument, where it is an integer.
void markFlag(clang::ASTContext &Context, clang::ParmVarDecl &Flag);
void markFrameLimit(clang::ASTContext &Context, clang::Decl &D, uint64_t Bytes,
                    clang::SourceRange Range);

/// Why a function that yields has no versions for several processors.
inline constexpr llvm::StringLiteral MultiversionReason =
    "its parts would be chosen one by one; choose in a function that does not "
    "yield and call that";

/// The function pointer in arrays of, and pointers to, function pointers, which
/// may be atomic.
clang::QualType pointerType(clang::QualType T);

/// The type itself, as the program writes it: our macros say __typeof__(T).
clang::QualType asWritten(const clang::ASTContext &Context, clang::QualType T);

/// Size and alignment of a result, in bytes; 0 and 1 for void.
struct CResult {
  uint64_t Size, Align;
};
CResult resultOf(const clang::ASTContext &Context, clang::QualType T);

/// Says on each declaration of a function that yields, where its result is,
/// once that type is complete.
void markResult(clang::ASTContext &Context, const clang::FunctionDecl &F);

} // namespace coro

#endif
