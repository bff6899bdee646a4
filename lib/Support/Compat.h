//===-- Compat.h - Every difference between LLVM 19 and 22 ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The only file that may ask for the version. IR first; what needs clang's
// headers is in Frontend/ClangCompat.h.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_SUPPORT_COMPAT_H
#define CORO_SUPPORT_COMPAT_H

#include "llvm/Analysis/AliasAnalysis.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/IR/BasicBlock.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"

#if LLVM_VERSION_MAJOR >= 22
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif

namespace coro {

/// Which variables have escaped before an instruction; the name differs.
#if LLVM_VERSION_MAJOR >= 22
using EscapeAnalysis = llvm::EarliestEscapeAnalysis;
#else
using EscapeAnalysis = llvm::EarliestEscapeInfo;
#endif

/// Lifetime markers carry a size on 19 and none on 22.
inline llvm::CallInst *createLifetimeStart(llvm::IRBuilderBase &B,
                                           llvm::AllocaInst *Variable) {
#if LLVM_VERSION_MAJOR >= 22
  return B.CreateLifetimeStart(Variable);
#else
  return B.CreateLifetimeStart(Variable, B.getInt64(-1));
#endif
}

inline llvm::CallInst *createLifetimeEnd(llvm::IRBuilderBase &B,
                                         llvm::AllocaInst *Variable) {
#if LLVM_VERSION_MAJOR >= 22
  return B.CreateLifetimeEnd(Variable);
#else
  return B.CreateLifetimeEnd(Variable, B.getInt64(-1));
#endif
}

/// Of a parameter: the call does not keep the address.
inline llvm::Attribute noCapture(llvm::LLVMContext &Context) {
#if LLVM_VERSION_MAJOR >= 22
  return llvm::Attribute::getWithCaptureInfo(Context,
                                             llvm::CaptureInfo::none());
#else
  return llvm::Attribute::get(Context, llvm::Attribute::NoCapture);
#endif
}

/// A warning without a place in the IR.
inline void emitWarning(llvm::LLVMContext &Context, llvm::StringRef Text) {
#if LLVM_VERSION_MAJOR >= 22
  Context.diagnose(llvm::DiagnosticInfoGeneric(Text, llvm::DS_Warning));
#else
  // What emitError makes of its text there.
  Context.diagnose(llvm::DiagnosticInfoInlineAsm(Text, llvm::DS_Warning));
#endif
}

/// Whether DFAJumpThreading may be trusted: wrong results of it were mended
/// after 19.
inline constexpr bool HasReliableStateThreading = LLVM_VERSION_MAJOR >= 22;

/// The debug records by which V is the value of a variable.
inline llvm::SmallVector<llvm::DbgVariableRecord *, 4>
valueRecords(llvm::Value &V) {
  llvm::SmallVector<llvm::DbgVariableRecord *, 4> Records;
#if LLVM_VERSION_MAJOR >= 22
  llvm::findDbgValues(&V, Records);
#else
  llvm::SmallVector<llvm::DbgValueInst *, 1> Intrinsics;
  llvm::findDbgValues(Intrinsics, &V, &Records);
#endif
  return Records;
}

/// What the module is compiled for.
inline llvm::Triple targetTriple(const llvm::Module &M) {
#if LLVM_VERSION_MAJOR >= 22
  return M.getTargetTriple();
#else
  return llvm::Triple(M.getTargetTriple());
#endif
}

/// The operand of a lifetime marker that names the variable.
inline llvm::Value *lifetimeVariable(const llvm::CallBase &Marker) {
  return Marker.getArgOperand(Marker.arg_size() - 1);
}

} // namespace coro

#endif
