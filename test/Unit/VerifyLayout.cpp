// RUN: %unit/VerifyLayout 2>&1 | %filecheck %s
// CHECK: in f: slot 4+4 is overwritten before it is read
//===-- VerifyLayout.cpp - A damaged layout does not pass -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/VerifyLayout.h"
#include "Transforms/FramePlacer.h"
#include "check.h"
#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SourceMgr.h"

using namespace coro;

/// Two values and two variables, all alive at the first suspension; a value of
/// its own at the second.
static constexpr const char *Text = R"(
define i32 @f(i32 %a, i32 %b) !coro.yields !0 {
  %v = alloca i32
  %w = alloca i32
  call void @llvm.lifetime.start.p0(i64 4, ptr %v)
  call void @llvm.lifetime.start.p0(i64 4, ptr %w)
  call void @use(ptr %v)
  call void @use(ptr %w)
  br label %first
first:
  call void @coro.point(i32 1)
  br label %between
between:
  call void @llvm.lifetime.end.p0(i64 4, ptr %v)
  call void @llvm.lifetime.end.p0(i64 4, ptr %w)
  %sum = add i32 %a, %b
  br label %second
second:
  call void @coro.point(i32 1)
  br label %last
last:
  ret i32 %sum
}
declare void @use(ptr)
declare void @coro.point(i32)
declare void @llvm.lifetime.start.p0(i64, ptr)
declare void @llvm.lifetime.end.p0(i64, ptr)
!0 = !{}
)";

namespace {
struct Example {
  llvm::LLVMContext Context;
  std::unique_ptr<llvm::Module> M;
  Options Opts;

  Example() {
    llvm::SMDiagnostic Wrong;
    M = llvm::parseAssemblyString(Text, Wrong, Context);
    CHECK(M);
    Opts.Verify = true;
  }
  llvm::Function &function() { return *M->getFunction("f"); }
};
} // namespace

/// Whether the verifier complains of the example's layout after this damage.
static bool complains(llvm::function_ref<void(FrameLayout &)> Damage) {
  Example E;
  Coroutine C(E.function());
  FrameLayout Layout(C, E.Opts);
  CHECK(Layout.Objects.size() == 5 && Layout.NumValues == 3);
  Damage(Layout);
  return verifyLayout(C, Layout, llvm::nulls());
}

/// Whether code placed by such a layout is found out.
static bool placedWrongly(llvm::function_ref<void(FrameLayout &)> Damage) {
  Example E;
  unsigned Errors = 0;
  E.Context.setDiagnosticHandlerCallBack(
      [](const llvm::DiagnosticInfo *, void *Count) {
        ++*static_cast<unsigned *>(Count);
      },
      &Errors);
  Coroutine C(E.function());
  FrameLayout Layout(C, E.Opts);
  Damage(Layout);
  FramePlacer(C, Layout, E.Opts).run();
  return Errors > 0;
}

static void aGoodLayoutPasses() {
  CHECK(!complains([](FrameLayout &) {}));
  CHECK(!placedWrongly([](FrameLayout &) {}));
}

static void valuesThatCrossTogetherAreApart() {
  CHECK(complains(
      [](FrameLayout &L) { L.Objects[1].Offset = L.Objects[0].Offset; }));
  CHECK(placedWrongly(
      [](FrameLayout &L) { L.Objects[1].Offset = L.Objects[0].Offset; }));
}

static void valuesThatCrossApartMayShare() {
  CHECK(!complains(
      [](FrameLayout &L) { L.Objects[2].Offset = L.Objects[0].Offset; }));
}

static void variablesAliveTogetherAreApart() {
  auto Damage = [](FrameLayout &L) {
    L.Objects[4].Offset = L.Objects[3].Offset;
  };
  CHECK(complains(Damage));
  // Also where no suspension keeps them.
  CHECK(complains([&](FrameLayout &L) {
    Damage(L);
    for (llvm::BitVector &Alive : L.AtPoint)
      Alive.reset();
  }));
}

static void objectsAreInPlace() {
  CHECK(complains([](FrameLayout &L) { L.Objects[0].Offset = 0; }));
  CHECK(complains([](FrameLayout &L) { L.Objects[2].Offset += 1; }));
  CHECK(complains([](FrameLayout &L) { L.Objects[0].Offset = L.Called.Size; }));
  CHECK(complains([](FrameLayout &L) { L.Called.Size -= 4; }));
}

static void aSlotThatIsNeverWrittenIsNotRead() {
  Example E;
  Coroutine C(E.function());
  FrameLayout Layout(C, E.Opts);
  PlacedObjects Placed;
  llvm::IRBuilder<> B(E.function().back().getTerminator());
  llvm::Value *Frame = E.function().getEntryBlock().getFirstNonPHI();
  Placed.SlotAccesses[B.CreateLoad(B.getInt32Ty(), Frame)] = 0;
  CHECK(verifyPlacement(C, Layout, Placed, llvm::nulls()));
}

static void aVariableMayNotWriteAKeptSlot() {
  Example E;
  Coroutine C(E.function());
  FrameLayout Layout(C, E.Opts);
  llvm::BasicBlock &Entry = E.function().getEntryBlock();
  auto *Address = &Entry.front();
  PlacedObjects Placed;
  llvm::IRBuilder<> B(Address->getNextNode());
  Placed.SlotAccesses[B.CreateStore(B.getInt32(0), Address)] = 0;
  B.SetInsertPoint(E.function().back().getTerminator());
  Placed.SlotAccesses[B.CreateLoad(B.getInt32Ty(), Address)] = 0;
  CHECK(!verifyPlacement(C, Layout, Placed, llvm::nulls()));
  Placed.Addresses.push_back({Address, 3});
  CHECK(!verifyPlacement(C, Layout, Placed, llvm::nulls()));
  Layout.Objects[3].Offset = Layout.Objects[0].Offset;
  CHECK(verifyPlacement(C, Layout, Placed, llvm::nulls()));
}

int main() {
  aGoodLayoutPasses();
  valuesThatCrossTogetherAreApart();
  valuesThatCrossApartMayShare();
  variablesAliveTogetherAreApart();
  objectsAreInPlace();
  aSlotThatIsNeverWrittenIsNotRead();
  aVariableMayNotWriteAKeptSlot();
}
