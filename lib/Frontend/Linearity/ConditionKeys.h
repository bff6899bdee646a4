//===-- ConditionKeys.h - Expressions that have the same value --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_CONDITIONKEYS_H
#define CORO_FRONTEND_CONDITIONKEYS_H

#include "Frontend/Linearity/TaskPlaces.h"
#include "Frontend/Linearity/ValueRange.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <vector>

namespace coro {

/// Stands for all expressions that have the same value as long as nothing in
/// them is assigned: every `n`, every `p->flags & 1`. A pair of keys has one as
/// well, for the sign of their difference.
using KeyId = unsigned;

/// The status of the task's last poll.
constexpr KeyId StatusKey = 0;

struct KeyInfo {
  /// The values that its type has.
  ValueRange Full = ValueRange::all();
  /// Variables and members in it.
  llvm::SmallVector<const clang::ValueDecl *, 2> Mentions;
  /// The variable, where the key is nothing else.
  const clang::VarDecl *Variable = nullptr;
  /// The place in a local variable, where the key is its value.
  std::optional<Place> Where;
  /// May change without an assignment that can be seen: memory reached through
  /// a pointer, what a call returns, a variable whose address was taken.
  bool Opaque = false;

  bool mentions(const clang::ValueDecl *D) const {
    return llvm::is_contained(Mentions, D);
  }
};

/// The keys of one function.
class Keys {
  clang::ASTContext &Context;
  std::map<llvm::FoldingSetNodeID, KeyId> ByProfile;
  std::map<std::pair<KeyId, KeyId>, KeyId> ByPair;
  std::vector<KeyInfo> Infos;
  llvm::DenseMap<const clang::VarDecl *, KeyId> ByVariable;
  llvm::DenseMap<const clang::Expr *, std::optional<KeyId>> ByExpr;
  llvm::DenseMap<const clang::Expr *, std::optional<int64_t>> Constants;

  KeyId create(KeyInfo Info);
  std::optional<KeyId> findKey(const clang::Expr *E);

public:
  /// Where set, gets each key that is asked for.
  llvm::DenseSet<KeyId> *Asked = nullptr;
  /// Variables whose address somebody has.
  llvm::DenseSet<const clang::VarDecl *> Exposed;

  explicit Keys(clang::ASTContext &Context) : Context(Context) {
    create({}); // StatusKey
  }
  clang::ASTContext &context() const { return Context; }

  /// None for what has another value each time: i++, a poll.
  std::optional<KeyId> keyOf(const clang::Expr *E);
  KeyId keyOf(const clang::VarDecl &Var);
  /// Of A - B, where A < B.
  KeyId difference(KeyId A, KeyId B);
  std::optional<int64_t> constant(const clang::Expr *E);

  const KeyInfo &info(KeyId Key) const { return Infos[Key]; }
};

/// The expression without what does not change its value.
const clang::Expr *stripped(clang::ASTContext &Context, const clang::Expr *E);

/// The variable or member that an assignment to E changes; null if unknown.
const clang::ValueDecl *changedBy(clang::ASTContext &Context,
                                  const clang::Expr *E);

} // namespace coro

#endif
