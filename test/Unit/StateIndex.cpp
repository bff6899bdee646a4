// RUN: %unit/StateIndex
//===-- StateIndex.cpp - Numbers of states into frames and back -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/StateIndex.cpp"
#include "check.h"
#include "llvm/IR/Module.h"
#include <set>

using namespace coro;
using namespace llvm;

namespace {
struct Machine {
  LLVMContext Context;
  Module M{"m", Context};
  Function *F;
  bool BigEndian;

  explicit Machine(bool BigEndian) : BigEndian(BigEndian) {
    M.setDataLayout(BigEndian ? "E-m:e-i64:64" : "e-m:e-i64:64");
    F = Function::Create(FunctionType::get(Type::getVoidTy(Context), false),
                         GlobalValue::ExternalLinkage, "f", &M);
  }
  /// The byte that comes first in memory.
  unsigned firstByte(const ConstantInt &Raw) const {
    unsigned Bits = Raw.getBitWidth();
    return Raw.getValue().lshr(BigEndian ? Bits - 8 : 0).getZExtValue() & 0xff;
  }
};
} // namespace

static void widthIsTheFewestBytes() {
  Machine Little(false);
  CHECK(StateIndex(*Little.F, 3).bytes() == 1);
  CHECK(StateIndex(*Little.F, 127).bytes() == 1);
  CHECK(StateIndex(*Little.F, 128).bytes() == 2);
  CHECK(StateIndex(*Little.F, 16383).bytes() == 2);
  CHECK(StateIndex(*Little.F, 16384).bytes() == 4);
}

/// For each width and byte order.
static void numbersComeBack() {
  for (bool BigEndian : {false, true})
    for (uint64_t Last : {127u, 128u, 16383u, 16384u, 100000u}) {
      Machine Target(BigEndian);
      StateIndex States(*Target.F, Last);
      IRBuilder<> B(Target.Context);
      std::set<uint64_t> Seen;
      for (uint64_t Number = 0; Number <= Last; ++Number) {
        ConstantInt *Raw = States.constant(Number);
        CHECK(Seen.insert(Raw->getZExtValue()).second);
        unsigned First = Target.firstByte(*Raw);
        CHECK(!(First & CORO_STATE_CANCEL));
        CHECK((First == 0) == (Number == CORO_STATE_UNSTARTED));
        if (Number < CORO_STATE_FIRST) {
          CHECK(First == Number);
          continue;
        }
        CHECK(States.encode(B, B.getInt32(Number)) == Raw);
        CHECK(States.decode(B, Raw) == B.getInt32(Number));
      }
    }
}

int main() {
  widthIsTheFewestBytes();
  numbersComeBack();
}
