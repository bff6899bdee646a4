//===-- LockCalls.cpp - What a call does to locks -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/LockCalls.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

namespace {
enum class Does { Locks, Tries, Unlocks, Keeps };
struct LockRow {
  llvm::StringRef Name;
  Does What;
};
} // namespace

static constexpr LockRow Rows[] = {
#define CORO_LOCK(Name, What) {Name, Does::What},
#include "Frontend/Warnings/Locks.def"
};

/// The lock that an attribute's argument names: by the lock or its address.
static std::optional<LockKey> keyOfCapability(const Expr &E) {
  std::optional<LockKey> Key = keyOf(E);
  return Key && E.getType()->isPointerType() ? pointee(*Key) : Key;
}

/// A lock that belongs to a task, not to a thread: who finds it taken waits and
/// does not block. The name of its capability says so, as that of coro_mutex.
static bool isTasks(const Expr &E) {
  QualType T = E.getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const TagDecl *Tag = T->getAsTagDecl();
  const auto *A = Tag ? Tag->getAttr<CapabilityAttr>() : nullptr;
  return A && A->getName().starts_with("task ");
}

template <typename Attribute>
static void addCapabilities(const Attribute &A,
                            llvm::ArrayRef<const Expr *> Arguments,
                            std::vector<LockKey> &To) {
  for (const Expr *E : A.args()) {
    if (isTasks(*E))
      continue;
    std::optional<LockKey> Key = keyOfCapability(*E);
    if (Key)
      Key = inCaller(*Key, Arguments);
    To.push_back(Key.value_or(""));
  }
}

/// A constant condition: the value that try_acquire_capability names.
static bool isTrue(const Expr &E, const ASTContext &Context) {
  bool Value = false;
  return E.EvaluateAsBooleanCondition(Value, Context) && Value;
}

LockCall lockCall(const FunctionDecl &Callee,
                  llvm::ArrayRef<const Expr *> Arguments) {
  LockCall Call;
  for (const auto *A : Callee.specific_attrs<AcquireCapabilityAttr>())
    addCapabilities(*A, Arguments, Call.Locks);
  for (const auto *A : Callee.specific_attrs<ReleaseCapabilityAttr>())
    addCapabilities(*A, Arguments, Call.Unlocks);
  for (const auto *A : Callee.specific_attrs<TryAcquireCapabilityAttr>()) {
    addCapabilities(*A, Arguments, Call.Tries);
    Call.TrySuccess = isTrue(*A->getSuccessValue(), Callee.getASTContext());
  }
  Call.Known = !Call.Locks.empty() || !Call.Unlocks.empty() ||
               !Call.Tries.empty() || Callee.hasAttr<RequiresCapabilityAttr>();
  if (Call.Known || !Callee.getIdentifier() || Arguments.empty())
    return Call;
  const auto *Row = llvm::find_if(
      Rows, [&](const LockRow &R) { return R.Name == Callee.getName(); });
  if (Row == std::end(Rows))
    return Call;
  Call.Known = true;
  if (Row->What == Does::Keeps)
    return Call;
  std::optional<LockKey> Key = keyOf(*Arguments[0]);
  std::vector<LockKey> &To = Row->What == Does::Locks   ? Call.Locks
                             : Row->What == Does::Tries ? Call.Tries
                                                        : Call.Unlocks;
  To.push_back(Key ? pointee(*Key) : "");
  return Call;
}

std::vector<LockKey> heldOnEntry(const FunctionDecl &F) {
  std::vector<LockKey> Held;
  for (const auto *A : F.specific_attrs<RequiresCapabilityAttr>())
    for (const Expr *E : A->args()) {
      std::optional<LockKey> Key = keyOfCapability(*E);
      if (Key && !isTasks(*E))
        Held.push_back(*Key);
    }
  return Held;
}

} // namespace coro
