//===-- PathFacts.h - What is known on one path of a function ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_PATHFACTS_H
#define CORO_FRONTEND_PATHFACTS_H

#include "Frontend/Linearity/ConditionKeys.h"
#include "Frontend/Linearity/ValueRange.h"

namespace coro {

/// A value in terms of a key: the key's own, or whether that is in Range.
struct PathValue {
  enum { Unknown, Constant, Same, Within } Kind = Unknown;
  int64_t Number = 0;
  /// Of Same and Within; of Constant where it is what a key is known to be.
  std::optional<KeyId> Key;
  ValueRange Range;

  static PathValue constant(int64_t Number);
  static PathValue same(KeyId Key);
  static PathValue within(KeyId Key, ValueRange Range);
  static PathValue computed(clang::BinaryOperatorKind Op, const PathValue &L,
                            const PathValue &R);
  /// Whether this value is one of those.
  PathValue isIn(const ValueRange &Wanted) const;
};

/// What the conditions that were passed say of variables and expressions, and
/// with that, which branches cannot be taken any more. A copyable value; where
/// it is not sure that two conditions differ it takes them to agree, so a path
/// that it calls impossible may be possible, and a path that it allows is.
class PathFacts {
public:
  explicit PathFacts(Keys &All) : All(&All) {}

  /// Where in the graph we are, to tell one test of a condition from the next.
  unsigned Block = 0;

  PathValue valueOf(const clang::Expr *E) const;

  /// Takes the branch on which E is true, or false. False: it cannot be taken.
  bool assume(const clang::Expr *E, bool True);
  /// Takes the branch on which E is one of these.
  bool assume(const clang::Expr *E, const ValueRange &Range);

  /// What a statement does to variables, its operands being done. Counting is
  /// followed exactly as far as Bound.
  void execute(const clang::Stmt &S, int64_t Bound);
  void declare(const clang::VarDecl &Var);

  /// A poll of the task gave a new status, which is one of these. It is the
  /// call's value; or whether it is CORO_YIELDED is; or Call is null.
  void newStatus(const clang::Expr *Call, bool IsYielded,
                 const ValueRange &Possible);
  const ValueRange &status() const { return Status; }
  void narrowStatus(const ValueRange &To) { Status = Status.intersect(To); }

  /// Forgets what no condition can ask for any more.
  template <typename Predicate> void keepIf(Predicate Wanted) {
    llvm::erase_if(Bindings, [&](const Binding &B) { return !Wanted(B.Var); });
    llvm::erase_if(Facts, [&](const Fact &F) {
      return !Wanted(F.Key) && llvm::none_of(Bindings, [&](const Binding &B) {
        return B.To.Key == F.Key;
      });
    });
  }

  void encode(std::vector<int64_t> &To) const;

private:
  struct Fact {
    KeyId Key;
    ValueRange Range;
    unsigned SetBy; // block
  };
  /// A variable whose value is that of another key.
  struct Binding {
    KeyId Var;
    PathValue To;
  };

  Keys *All;
  llvm::SmallVector<Fact, 4> Facts;       // ascending keys
  llvm::SmallVector<Binding, 2> Bindings; // ascending variables
  ValueRange Status;
  const clang::Expr *StatusCall = nullptr;
  bool StatusIsYielded = false;

  const Fact *find(KeyId Key) const;
  ValueRange rangeOf(KeyId Key) const;
  void set(KeyId Key, ValueRange Range);
  PathValue valueOfKey(KeyId Key) const;
  PathValue valueOfComparison(const clang::BinaryOperator &Op) const;
  PathValue valueOfOperator(const clang::BinaryOperator &Op) const;
  PathValue valueOfUnary(const clang::UnaryOperator &Op) const;
  std::optional<bool> truth(const PathValue &V) const;
  bool assume(const PathValue &V, const ValueRange &Range);
  ValueRange rangeOf(const PathValue &V) const;
  void store(KeyId To, const PathValue &V, const ValueRange &Known);
  void assign(const clang::Expr &To, const PathValue &V);
  void assignTo(const clang::BinaryOperator &Op, int64_t Bound);
  void step(const clang::Expr &To, int64_t By, int64_t Bound);
  template <typename Predicate> void forgetIf(Predicate Stale);
};

} // namespace coro

#endif
