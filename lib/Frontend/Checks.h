//===-- Checks.h - What is wrong with a program's effects -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_CHECKS_H
#define CORO_FRONTEND_CHECKS_H

#include "Frontend/Unit.h"
#include "llvm/ADT/DenseMap.h"

namespace coro {

/// A use of a function that yields, or of one that yields as its argument does.
struct YieldingCall {
  /// Null for the function that the caller's own argument is.
  const clang::FunctionDecl *Callee;
  clang::SourceLocation Where;
  /// Through coro_try_box, or as if: the callee's frame is not in the caller's.
  bool Boxed = false;
  /// What a generic is called with, where that is a function.
  const clang::FunctionDecl *Given = nullptr;
  /// The caller's own argument decides.
  bool AsOwn = false;
};

/// Calls between functions that yield, as the unit has shown them so far. Keys
/// and callees are canonical declarations.
using YieldingCalls = llvm::MapVector<const clang::FunctionDecl *,
                                      llvm::SmallVector<YieldingCall, 8>>;

/// Checks the attributes and the body of a function, and adds its calls, and
/// each place that needs to know the size of a callee's frame.
void checkFunction(Unit &U, const clang::FunctionDecl &F, YieldingCalls &Calls,
                   std::vector<YieldingCall> &FrameUses);

/// Checks a function declaration's attributes.
void checkDeclaration(Unit &U, const clang::FunctionDecl &F);

/// Checks what a declaration says in yields_as and raises_as, and what the body
/// does with the argument.
void checkGeneric(Unit &U, const clang::FunctionDecl &F);

/// Reports commas between the operands of coro_yield, coro_yield_receive and
/// coro_send that are too many.
void checkOperands(Unit &U, const clang::VarDecl &D);

/// Reports cycles among the calls: each frame would contain itself.
void checkRecursion(Unit &U, const YieldingCalls &Calls);

/// Reports callees whose frame has no known size at the end of the unit.
void checkFramesKnown(Unit &U, llvm::ArrayRef<YieldingCall> FrameUses);

/// Checks what a struct or union of the program does with task types.
void checkRecord(Unit &U, clang::RecordDecl &Record);

/// Reports what a function needs that the executor it is given to does not
/// offer.
void checkOffered(Unit &U);

// Warnings about functions that yield and are defined in this unit, once all of
// it is known. Coroutines are in the order of the text.

/// Warns of calls in them that block the thread.
void checkBlocking(Unit &U,
                   llvm::ArrayRef<const clang::FunctionDecl *> Coroutines);

/// Warns of locks held where they may suspend.
void checkLocks(Unit &U,
                llvm::ArrayRef<const clang::FunctionDecl *> Suspending);

/// Warns of what is lost where they are cancelled and say that nothing is, and,
/// where asked for, of tasks they cancel that do not say so.
void checkCancelSafety(Unit &U,
                       llvm::ArrayRef<const clang::FunctionDecl *> Suspending);

/// Reports tasks in local variables that are started and left behind, copied,
/// started again or used before; in functions with no other errors.
void checkLinearity(Unit &U, const clang::FunctionDecl &F);

/// Reports what is given to children of scopes and goes before they do, and
/// children that are used where their scope has ended.
void checkScopes(Unit &U, const clang::FunctionDecl &F);

/// Whether a call of F can give a task to another thread.
bool handsOver(const clang::FunctionDecl &F);

/// Warns of tasks given to another thread with what belongs to one.
void checkSends(Unit &U);

/// Warns of `yields` on what cannot suspend.
void checkUnusedEffects(Unit &U,
                        llvm::ArrayRef<const clang::FunctionDecl *> Coroutines);
/// A function in a field that says otherwise of it: allowed in a constant table
/// that only generics are given, which see through it.
struct MixedField {
  const clang::VarDecl *Table;
  const clang::FieldDecl *Field;
  const clang::Expr *Function;
};

/// Checks that function pointers keep what they say of effects, in a
/// declaration at file scope with all that is in it. Adds the fields that only
/// a generic may read.
void checkPointers(Unit &U, clang::Decl &D, std::vector<MixedField> &Mixed);

/// Reports tables given to generics that read other fields of them, which hold
/// what they do not say.
void checkGivenTables(Unit &U, llvm::ArrayRef<MixedField> Mixed);

/// Reports those whose field no generic of the unit reads.
void checkMixedFields(Unit &U, llvm::ArrayRef<MixedField> Mixed);

} // namespace coro

#endif
