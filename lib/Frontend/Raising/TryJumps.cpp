//===-- TryJumps.cpp - Jumps into coro_try and coro_shield ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang has checked all jumps before there was a guard to be jumped over. Where
// a statement stands is told by the coro_try and coro_shield blocks around it.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/TryJumps.h"
#include "Frontend/Raising/ShieldBlocks.h"
#include "Frontend/Report.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace coro {

void TryJumps::see(const Stmt &S) {
  if (const auto *Label = dyn_cast<LabelStmt>(&S))
    Labels[Label->getDecl()] = Now;
  else if (const auto *Case = dyn_cast<SwitchCase>(&S))
    Cases[Case] = Now;
  else if (const auto *Goto = dyn_cast<GotoStmt>(&S))
    Jumps.push_back({Goto, Now, Goto->getLabel(), nullptr});
  else if (isa<IndirectGotoStmt>(S))
    Jumps.push_back({&S, Now, nullptr, nullptr});
  else if (const auto *Address = dyn_cast<AddrLabelExpr>(&S))
    Addresses.push_back(Address->getLabel());
  else if (const auto *Asm = dyn_cast<GCCAsmStmt>(&S); Asm && Asm->isAsmGoto())
    Jumps.push_back({&S, Now, nullptr, nullptr});
  else if (const auto *Switch = dyn_cast<SwitchStmt>(&S))
    seeSwitch(*Switch);
}

void TryJumps::seeSwitch(const SwitchStmt &Switch) {
  for (const SwitchCase *Case = Switch.getSwitchCaseList(); Case;
       Case = Case->getNextSwitchCase())
    Jumps.push_back({&Switch, Now, nullptr, Case});
}

/// True where all blocks around one place are around the other too.
static bool isAround(llvm::ArrayRef<const IfStmt *> Outer,
                     llvm::ArrayRef<const IfStmt *> Inner) {
  return Outer.size() <= Inner.size() &&
         Outer == Inner.take_front(Outer.size());
}

/// Points to the block.
static void note(Unit &U, const IfStmt &Block, bool IsShield) {
  report(U.CI.getDiagnostics(), Block.getBeginLoc(), DiagID::BlockIsHere,
         {IsShield ? "coro_shield" : "coro_try"});
}

void TryJumps::checkInto(const Jump &Each, const Path &To) {
  if (isAround(To, Each.At))
    return;
  bool ToCase = Each.Case, IsShield = shieldedStatement(*To.back());
  report(U.CI.getDiagnostics(),
         ToCase ? Each.Case->getBeginLoc() : Each.From->getBeginLoc(),
         IsShield ? DiagID::JumpIntoShield : DiagID::JumpIntoTry,
         {ToCase ? "this label of a switch around it" : "this goto",
          F.getNameAsString()});
  note(U, *To.back(), IsShield);
}

void TryJumps::checkComputed(const Jump &Each) {
  for (const LabelDecl *Label : Addresses) {
    const Path &To = Labels[Label];
    if (To == Each.At)
      continue;
    const Path &Deeper = To.size() > Each.At.size() ? To : Each.At;
    bool IsShield = shieldedStatement(*Deeper.back());
    report(U.CI.getDiagnostics(), Each.From->getBeginLoc(),
           IsShield ? DiagID::ComputedJumpOverShield
                    : DiagID::ComputedJumpOverTry,
           {Label->getNameAsString()});
    note(U, *Deeper.back(), IsShield);
    return;
  }
}

void TryJumps::check() {
  for (const Jump &Each : Jumps)
    if (Each.Case)
      checkInto(Each, Cases[Each.Case]);
    else if (Each.To)
      checkInto(Each, Labels[Each.To]);
    else
      checkComputed(Each);
}

} // namespace coro
