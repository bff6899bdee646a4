//===-- LoopCompat.h - Compat.h, of loops -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Apart from Compat.h because of what it includes.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_SUPPORT_LOOPCOMPAT_H
#define CORO_SUPPORT_LOOPCOMPAT_H

#include "llvm/Config/llvm-config.h"
#include "llvm/Transforms/Utils/LoopPeel.h"

namespace coro {

/// Puts a copy of one turn in front of a loop in loop-simplify and LCSSA form.
inline void peelFirstTurn(llvm::Loop &L, llvm::LoopInfo &LI,
                          llvm::ScalarEvolution &SE, llvm::DominatorTree &DT,
                          llvm::AssumptionCache &AC) {
  llvm::ValueToValueMapTy Map;
#if LLVM_VERSION_MAJOR >= 22
  llvm::peelLoop(&L, 1, /*PeelLast=*/false, &LI, &SE, DT, &AC,
                 /*PreserveLCSSA=*/true, Map);
#else
  llvm::peelLoop(&L, 1, &LI, &SE, DT, &AC, /*PreserveLCSSA=*/true, Map);
#endif
}

} // namespace coro

#endif
