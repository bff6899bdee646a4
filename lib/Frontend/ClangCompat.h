//===-- ClangCompat.h - Every difference between clang 19 and 22 *- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_CLANGCOMPAT_H
#define CORO_FRONTEND_CLANGCOMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/Basic/CodeGenOptions.h"
#include "clang/Basic/Version.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Sema/MultiplexExternalSemaSource.h"
#include "clang/Sema/Sema.h"
#include <memory>

namespace coro {

/// A code generator beside clang's own, for IR that is looked at and thrown
/// away.
inline std::unique_ptr<clang::CodeGenerator>
createCodeGenerator(clang::CompilerInstance &CI, llvm::StringRef Name,
                    const clang::CodeGenOptions &Options,
                    llvm::LLVMContext &Context,
                    clang::DiagnosticsEngine &Diags) {
#if CLANG_VERSION_MAJOR >= 22
  return clang::CreateLLVMCodeGen(Diags, Name, CI.getVirtualFileSystemPtr(),
                                  CI.getHeaderSearchOpts(),
                                  CI.getPreprocessorOpts(), Options, Context);
#else
  return std::unique_ptr<clang::CodeGenerator>(clang::CreateLLVMCodeGen(
      Diags, Name, &CI.getVirtualFileSystem(), CI.getHeaderSearchOpts(),
      CI.getPreprocessorOpts(), Options, Context));
#endif
}

/// The type that a record declares.
inline clang::QualType recordType(clang::ASTContext &Context,
                                  const clang::RecordDecl &Record) {
#if CLANG_VERSION_MAJOR >= 22
  return Context.getCanonicalTagType(&Record);
#else
  return Context.getRecordType(&Record);
#endif
}

/// Adds a source of declarations before one that is there already, which is
/// that of a precompiled header.
inline void addExternalSource(
    clang::ASTContext &Context,
    const llvm::IntrusiveRefCntPtr<clang::ExternalSemaSource> &Source) {
  auto *Old =
      static_cast<clang::ExternalSemaSource *>(Context.getExternalSource());
  if (!Old) {
    Context.setExternalSource(Source);
    return;
  }
#if CLANG_VERSION_MAJOR >= 22
  Context.setExternalSource(
      llvm::makeIntrusiveRefCnt<clang::MultiplexExternalSemaSource>(
          Source, llvm::IntrusiveRefCntPtr<clang::ExternalSemaSource>(Old)));
#else
  Context.setExternalSource(
      llvm::makeIntrusiveRefCnt<clang::MultiplexExternalSemaSource>(
          Source.get(), Old));
#endif
}

/// sizeof and its like, which evaluate an operand of variable length.
inline bool isSizeOrCount(const clang::UnaryExprOrTypeTraitExpr &E) {
#if CLANG_VERSION_MAJOR >= 22
  if (E.getKind() == clang::UETT_CountOf)
    return true;
#endif
  return E.getKind() == clang::UETT_SizeOf;
}

/// A break or continue that names what it leaves.
inline bool namesItsLoop(const clang::Stmt &S) {
#if CLANG_VERSION_MAJOR >= 22
  return llvm::cast<clang::LoopControlStmt>(S).hasLabelTarget();
#else
  (void)S;
  return false;
#endif
}

/// _Defer, of -fdefer-ts; before 22 there is none.
#if CLANG_VERSION_MAJOR >= 22
using DeferStmt = clang::DeferStmt;
inline clang::Stmt *deferredBody(DeferStmt *S) { return S->getBody(); }
#else
class DeferStmt;
inline clang::Stmt *deferredBody(DeferStmt *) { return nullptr; }
#endif
inline bool isDefer(const clang::Stmt &S) {
#if CLANG_VERSION_MAJOR >= 22
  return llvm::isa<clang::DeferStmt>(S);
#else
  (void)S;
  return false;
#endif
}

/// False where a value cannot be assigned to a T at all.
inline bool mayAssign(clang::Sema &S, clang::SourceLocation Where,
                      clang::QualType T, const clang::Expr &Given) {
  auto How = S.CheckAssignmentConstraints(Where, T, Given.getType());
#if CLANG_VERSION_MAJOR >= 22
  return How != clang::AssignConvertType::Incompatible;
#else
  return How != clang::Sema::Incompatible;
#endif
}

/// Has Sema ask the source as well.
inline void
addSemaSource(clang::Sema &S,
              llvm::IntrusiveRefCntPtr<clang::ExternalSemaSource> Source) {
#if CLANG_VERSION_MAJOR >= 22
  S.addExternalSource(std::move(Source));
#else
  S.addExternalSource(Source.get());
#endif
}

/// A diagnostics engine that says nothing.
inline std::unique_ptr<clang::DiagnosticsEngine>
createSilentDiagnostics(clang::CompilerInstance &CI,
                        clang::DiagnosticConsumer &Ignore) {
  clang::DiagnosticsEngine &Loud = CI.getDiagnostics();
#if CLANG_VERSION_MAJOR >= 22
  auto Silent = std::make_unique<clang::DiagnosticsEngine>(
      Loud.getDiagnosticIDs(), Loud.getDiagnosticOptions(), &Ignore,
      /*ShouldOwnClient=*/false);
#else
  auto Silent = std::make_unique<clang::DiagnosticsEngine>(
      Loud.getDiagnosticIDs(), &Loud.getDiagnosticOptions(), &Ignore,
      /*ShouldOwnClient=*/false);
#endif
  Silent->setSourceManager(&CI.getSourceManager());
  return Silent;
}

} // namespace coro

#endif
