//===-- VerifyLayout.cpp - Whether a layout keeps things apart ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: is there a moment at which two things that matter are on the same
// bytes, or one that is not where it must be? Asked with the option `verify`,
// of the offsets alone: what placed them is not believed.
//
//   each object       behind the state index, but for a child that shares it,
//                     aligned, inside of the frame; the places that the
//                     signature fixes are where it says
//   each suspension   what it keeps is disjoint, from the exchange area too
//   each pair of      disjoint where one is touched while the other is alive
//   variables
//
//===----------------------------------------------------------------------===//

#include "Analysis/VerifyLayout.h"

using namespace llvm;

namespace coro {

namespace {
struct Place {
  uint64_t Begin, End;
  /// Nothing for the exchange area.
  std::optional<unsigned> Object;
};

class LayoutVerifier {
  const Coroutine &C;
  const FrameLayout &Layout;
  raw_ostream &OS;
  bool Broken = false;

  void fault(const Twine &What) {
    OS << "coro: layout of " << C.F.getName() << ": " << What << '\n';
    Broken = true;
  }
  std::string name(unsigned Object) const {
    const FrameObject &O = Layout.Objects[Object];
    std::string Name;
    raw_string_ostream To(Name);
    O.What->printAsOperand(To, /*PrintType=*/false);
    To << " at " << O.Offset << '+' << O.Size;
    return Name;
  }
  std::string name(const Place &P) const {
    return P.Object ? name(*P.Object) : "the exchange area";
  }
  void checkObject(unsigned Object);
  void checkPoint(unsigned Point);
  void checkVariables();

public:
  LayoutVerifier(const Coroutine &C, const FrameLayout &Layout, raw_ostream &OS)
      : C(C), Layout(Layout), OS(OS) {}
  bool run();
};
} // namespace

/// Of a direct wait alone: see ObjectOffsets. The child's own things are behind
/// its state, which is as wide.
static bool sharesState(const Coroutine &C, const Value *Frame) {
  bool Shares = false;
  for (const SuspendPoint &Point : C.Points)
    if (Point.child() == Frame) {
      if (!Point.Direct || Point.childStates().bytes() != C.stateBytes())
        return false;
      Shares = true;
    }
  return Shares;
}

/// An error that is beside a result is written as the function returns, and a
/// function ends with one of the two.
static bool isWrittenLast(const FrameObject &O) {
  auto *A = dyn_cast<AllocaInst>(O.What);
  if (!A || !isErrorSlot(*A))
    return false;
  const Function &F = *A->getFunction();
  return structResultParameter(*F.getFunctionType(), F.getAttributes())
      .has_value();
}

void LayoutVerifier::checkObject(unsigned Object) {
  const FrameObject &O = Layout.Objects[Object];
  if (O.Size && O.Offset < C.stateBytes() && !sharesState(C, O.What))
    fault(name(Object) + " is on the state index");
  if (O.Offset % O.Align || Layout.Called.Align % O.Align)
    fault(name(Object) + " is not aligned");
  if (O.Offset + O.Size > Layout.Called.Size)
    fault(name(Object) + " ends behind the frame");
  auto *A = dyn_cast<AllocaInst>(O.What);
  if (A && isResultSlot(*A) && O.Offset != Layout.Facts.ResultOffset)
    fault(name(Object) + " is not where the result is");
  if (A && isErrorSlot(*A) &&
      O.Offset != exchangePlace(C.F, Exchange::Error)->Offset)
    fault(name(Object) + " is not where the error is");
}

void LayoutVerifier::checkPoint(unsigned Point) {
  std::vector<Place> Places;
  ExchangeArea Traded = exchangeArea(C.F);
  if (Traded.End > Traded.Begin)
    Places.push_back({Traded.Begin, Traded.End, std::nullopt});
  for (unsigned Object : Layout.AtPoint[Point].set_bits()) {
    const FrameObject &O = Layout.Objects[Object];
    if (O.Size && !isWrittenLast(O))
      Places.push_back({O.Offset, O.Offset + O.Size, Object});
  }
  llvm::sort(Places,
             [](const Place &A, const Place &B) { return A.Begin < B.Begin; });
  // Where any two overlap, two neighbours do.
  for (unsigned I = 1; I < Places.size(); ++I)
    if (Places[I].Begin < Places[I - 1].End)
      fault(name(Places[I - 1]) + " and " + name(Places[I]) +
            " overlap at suspension " + Twine(Point));
}

void LayoutVerifier::checkVariables() {
  std::vector<unsigned> Order;
  for (unsigned I = Layout.NumValues; I < Layout.Objects.size(); ++I)
    Order.push_back(I);
  llvm::sort(Order, [this](unsigned A, unsigned B) {
    return Layout.Objects[A].Offset < Layout.Objects[B].Offset;
  });
  for (unsigned I = 0; I < Order.size(); ++I) {
    const FrameObject &A = Layout.Objects[Order[I]];
    for (unsigned J = I + 1; J < Order.size(); ++J) {
      const FrameObject &B = Layout.Objects[Order[J]];
      if (B.Offset >= A.Offset + A.Size)
        break;
      if (isWrittenLast(A) || isWrittenLast(B))
        continue;
      if (B.Size && Layout.Memory.Conflicts[A.Variable][B.Variable])
        fault(name(Order[I]) + " and " + name(Order[J]) +
              " overlap while both are alive");
    }
  }
}

bool LayoutVerifier::run() {
  if (Layout.Called.Size > Layout.Facts.Size ||
      Layout.Facts.Size % Layout.Facts.Align)
    fault("its size is not a size");
  for (unsigned Object = 0; Object < Layout.Objects.size(); ++Object)
    checkObject(Object);
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    checkPoint(Point);
  checkVariables();
  return Broken;
}

bool verifyLayout(const Coroutine &C, const FrameLayout &Layout,
                  raw_ostream &OS) {
  return LayoutVerifier(C, Layout, OS).run();
}

} // namespace coro
