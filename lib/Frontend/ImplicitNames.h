//===-- ImplicitNames.h - Names whose type depends on where ------*- C++
//-*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_IMPLICITNAMES_H
#define CORO_FRONTEND_IMPLICITNAMES_H

#include "clang/Sema/ExternalSemaSource.h"
#include "clang/Sema/Sema.h"

namespace coro {

/// Finds the names that the header's macros use and nobody declares:
///
///   __coro_value       of the type that the enclosing generator yields
///   __coro_value_type  that type
///   __coro_received    of the type that it is resumed with
///   __coro_config_*    0: a name that no -fplugin-arg-coro-config gives
///
/// So clang itself checks coro_yield(v) as it checks an assignment.
class ImplicitNames : public clang::ExternalSemaSource {
  clang::Sema &S;

  llvm::DenseMap<clang::QualType, clang::TypedefDecl *> ValueTypes;

  clang::SourceLocation LastMistake;

  clang::NamedDecl *variable(clang::DeclarationNameInfo Name,
                             clang::Scope *Inside, bool IsValue);
  clang::NamedDecl *valueType();
  clang::NamedDecl *zero(clang::DeclarationNameInfo Name);

public:
  explicit ImplicitNames(clang::Sema &S) : S(S) {}
  bool LookupUnqualified(clang::LookupResult &Result,
                         clang::Scope *Where) override;
};

} // namespace coro

#endif
