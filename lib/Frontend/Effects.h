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

/// True where any declaration of the function or pointer says `yields`.
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
void markFrameLimit(clang::ASTContext &Context, clang::Decl &D, uint64_t Bytes,
                    clang::SourceRange Range);

/// Why a function that yields has no versions for several processors.
inline constexpr llvm::StringLiteral MultiversionReason =
    "its parts would be chosen one by one; choose in a function that does not "
    "yield and call that";

/// The function pointer in arrays of, and pointers to, function pointers.
clang::QualType pointerType(clang::QualType T);

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
