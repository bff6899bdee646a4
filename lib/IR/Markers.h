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
/// What a function raises: "size,align".
inline constexpr llvm::StringLiteral ErrorAnnotation = "coro.error=";
/// On a function for which clang makes unwind edges only because of us.
inline constexpr llvm::StringLiteral EdgesAnnotation = "coro.edges";
/// On one that yields where the program itself asked for exceptions.
inline constexpr llvm::StringLiteral StopsAnnotation = "coro.stops";
/// On one that clang has generated although the unit may not use it.
inline constexpr llvm::StringLiteral HeldAnnotation = "coro.held";
inline constexpr llvm::StringLiteral TaskAnnotation = "coro.task=";
/// On a function that yields as an argument does, and, where that argument is
/// an integer, on the parameter: its name follows.
inline constexpr llvm::StringLiteral GenericAnnotation = "coro.generic";
inline constexpr llvm::StringLiteral FlagAnnotation = "coro.flag=";

/// __coro_as(generic, function, how, number): which argument decides.
enum class CallAs : uint64_t {
  Function = 1, // `function`, which yields
  Own = 2,      // what decides for the caller
  Flag = 3,     // the integer `number`
  Pointer = 4,  // a pointer to any function whose frame takes `number` bytes
  Raising = 5   // a pointer to an ordinary function that raises; `number` is
                // the size of what it raises, and in the low byte the logarithm
                // of its alignment
};
/// Operand bundle of a suspension in a spelled-out wait: the callee's frame
/// and, where it is known at run time only, its descriptor.
inline constexpr llvm::StringLiteral CalleeBundle = "coro.callee";

/// Metadata of a suspension that a pass has put in a shield: nobody is
/// cancelled there.
inline constexpr llvm::StringLiteral ShieldedSuspension = "coro.shielded";

/// The limit of an __coro_indirect that calls what decides for its caller.
inline constexpr uint64_t OwnPointer = 0;

/// Variables that the front end declares where a generator hands a value out or
/// takes one in; a number for each type follows.
inline constexpr llvm::StringLiteral ValueVariable = "__coro_value";
inline constexpr llvm::StringLiteral ReceivedVariable = "__coro_received";
inline constexpr llvm::StringLiteral ConfigPrefix = "__coro_config_";

/// The text of an annotation, which is a string in a constant of its own; empty
/// for anything else.
llvm::StringRef annotationText(const llvm::Value *V);

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
