//===-- Markers.h - Typed views of marker calls -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The only reader of the markers' names.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_MARKERS_H
#define CORO_IR_MARKERS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Module.h"

namespace coro {

enum class Marker {
#define CORO_MARKER(Id, Name) Id,
#include "Support/Names.def"
};

/// Annotations that the front end leaves on functions and on the frame of a
/// task type.
inline constexpr llvm::StringLiteral YieldsAnnotation = "coro.yields";
inline constexpr llvm::StringLiteral LimitAnnotation = "coro.frame=";
inline constexpr llvm::StringLiteral ResultAnnotation = "coro.result=";
inline constexpr llvm::StringLiteral FrontEndAnnotation = "coro:";
/// What goes in and out of a generator's frame: "size,align".
inline constexpr llvm::StringLiteral ValueAnnotation = "coro.value=";
inline constexpr llvm::StringLiteral ReceivedAnnotation = "coro.received=";
inline constexpr llvm::StringLiteral TaskAnnotation = "coro.task=";

/// Variables that the front end declares where a generator hands a value out or
/// takes one in; a number for each type follows.
inline constexpr llvm::StringLiteral ValueVariable = "__coro_value";
inline constexpr llvm::StringLiteral ReceivedVariable = "__coro_received";
inline constexpr llvm::StringLiteral ConfigPrefix = "__coro_config_";

bool isMarkerName(llvm::StringRef Name);
bool isMarker(const llvm::Value *V, Marker M);

/// Every call of the marker in the module, in the order of the text.
llvm::SmallVector<llvm::CallBase *, 8> callsOf(llvm::Module &M, Marker Which);
llvm::SmallVector<llvm::CallBase *, 8> callsOf(llvm::Function &F, Marker Which);

/// The call that is made through a marker's result, or null. There is exactly
/// one where the header's macros or the front end wrote them together.
llvm::CallBase *callThrough(llvm::CallBase &MarkerCall);

/// The function whose task's frame V is, where the front end says so.
llvm::Function *taskOfFrame(const llvm::Value &V);

/// The marker's function, declared with this type if it is new.
llvm::FunctionCallee declareMarker(llvm::Module &M, Marker Which,
                                   llvm::FunctionType *Type);

/// Removes a marker function that has no uses left.
void dropUnusedMarkers(llvm::Module &M);

} // namespace coro

#endif
