//===-- CheckTaskTypes.cpp - What records do with task types --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Looks at each struct and union as clang completes it. A program may not lay
// out a task type itself. And a frame is aligned: code that uses it relies on
// that, whatever the record around it says of packing.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/NeedFacts.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"

using namespace clang;

namespace coro {

/// The function of a task that values of the type contain, or null.
static const FunctionDecl *taskWithin(const ASTContext &Context, QualType T) {
  const RecordDecl *Record = Context.getBaseElementType(T)->getAsRecordDecl();
  if (!Record || !Record->getDefinition())
    return nullptr;
  if (const FunctionDecl *F = taskFunction(*Record))
    return F;
  for (const FieldDecl *Field : Record->getDefinition()->fields())
    if (const FunctionDecl *F = taskWithin(Context, Field->getType()))
      return F;
  return nullptr;
}

static bool isPacked(const RecordDecl &Record) {
  return Record.hasAttr<PackedAttr>() ||
         Record.hasAttr<MaxFieldAlignmentAttr>() ||
         llvm::any_of(Record.fields(), [](const FieldDecl *Field) {
           return Field->hasAttr<PackedAttr>();
         });
}

static void checkPacking(Unit &U, const RecordDecl &Record) {
  ASTContext &Context = U.CI.getASTContext();
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(&Record);
  uint64_t Whole = Context.toBits(Layout.getAlignment());
  for (const FieldDecl *Field : Record.fields()) {
    if (Field->getType()->isIncompleteType())
      continue;
    uint64_t Needed =
        Context.getTypeAlign(Context.getBaseElementType(Field->getType()));
    if (Whole >= Needed &&
        Layout.getFieldOffset(Field->getFieldIndex()) % Needed == 0)
      continue;
    const FunctionDecl *F = taskWithin(Context, Field->getType());
    if (!F)
      continue;
    DiagnosticsEngine &Diags = U.CI.getDiagnostics();
    report(Diags, Field->getLocation(), DiagID::PackedTask,
           {F->getNameAsString(), std::to_string(Needed / 8)});
    report(Diags, F->getLocation(), DiagID::DeclaredHere,
           {F->getNameAsString()});
  }
}

/// What CORO_EXECUTOR runs, at its place in the list.
static void noteClosedSlots(Unit &U, const RecordDecl &Record) {
  for (const FieldDecl *Field : Record.fields())
    if (isClosedSlot(*Field))
      if (const FunctionDecl *F = taskFunction(Field->getType()))
        U.ExecutorUses.push_back(
            {F, U.CI.getSourceManager().getFileLoc(Field->getLocation()),
             "a closed set", /*OneTask=*/false});
}

void checkRecord(Unit &U, RecordDecl &Record) {
  if (U.CI.getLangOpts().CPlusPlus || U.ByName.empty() ||
      Record.isInvalidDecl() || !Record.isCompleteDefinition())
    return;
  if (const FunctionDecl *F = taskFunction(Record))
    reportOwnTaskType(U.CI.getDiagnostics(), Record, *F);
  else if (isPacked(Record))
    checkPacking(U, Record);
  if (Record.isUnion())
    noteClosedSlots(U, Record);
}

} // namespace coro
