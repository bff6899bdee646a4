//===-- Unit.h - What the front end knows of one compilation ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_UNIT_H
#define CORO_FRONTEND_UNIT_H

#include "Support/Diagnostics.h"
#include "Support/Options.h"
#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace coro {

/// Fields that lead on from a parameter, or from a table.
using FieldChain = llvm::SmallVector<const clang::FieldDecl *, 2>;

/// What a function does with a table that a parameter points to.
struct TableUses {
  /// Fields that it reads, and where.
  std::vector<std::pair<FieldChain, clang::SourceLocation>> Reads;
  /// Whom it gives the table, or what these fields of it are or point to.
  std::vector<std::pair<FieldChain, const clang::FunctionDecl *>> PassedOn;
};

/// A table that is given to a generic.
struct GivenTable {
  const clang::DeclRefExpr *Table;
  const clang::Expr *Given;
  const clang::FunctionDecl *Generic; // its canonical declaration
};

/// Lives from the start of a compilation to its end, beside clang's instance.
struct Unit {
  clang::CompilerInstance &CI;
  Options Opts;

  /// Functions that yield, by the name they have in the IR.
  llvm::StringMap<const clang::FunctionDecl *> ByName;
  /// Ordinary functions that raise, in the same way.
  llvm::StringMap<const clang::FunctionDecl *> Raising;
  /// The fields at the end of a generic's path.
  llvm::SmallPtrSet<const clang::FieldDecl *, 8> GenericFields;
  /// What generics do with the tables they are given beside calling the field
  /// that their path names, by their canonical declarations.
  llvm::DenseMap<const clang::FunctionDecl *, TableUses> UsesOfTables;
  /// Tables given to generics that hold a function which one field denies.
  std::vector<GivenTable> GivenTables;
  /// Bytes that a task type was given, by the same name.
  llvm::StringMap<uint64_t> PromisedSize;

  /// What a named executor runs, which offers nothing that CORO_NEEDS names.
  struct ExecutorUse {
    const clang::FunctionDecl *F;
    clang::SourceLocation Where;
    std::string Executor;
    bool OneTask;
  };
  std::vector<ExecutorUse> ExecutorUses;

  /// The calls of coro_cancel_now: in which function, of whose task, by their
  /// names in the IR.
  struct CancelNow {
    std::string Caller, Task;
    clang::SourceLocation Where;
  };
  std::vector<CancelNow> CancelNows;

  /// How many problems of a kind were found in a function of that name.
  std::map<std::pair<DiagID, std::string>, unsigned> Located;

  Unit(clang::CompilerInstance &CI, const Options &Opts) : CI(CI), Opts(Opts) {}

  /// The name of a function in the IR, which an asm label may change.
  std::string symbolName(const clang::FunctionDecl &F);
  /// The same, and it is then one that yields.
  std::string symbol(const clang::FunctionDecl &F);

  /// Emits what a pass found, at the source line it is about.
  void report(const Problem &P);
};

} // namespace coro

#endif
