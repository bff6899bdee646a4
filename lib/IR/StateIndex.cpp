//===-- StateIndex.cpp - Where a frame says it is suspended ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/StateIndex.h"
#include "coro/abi.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static constexpr unsigned OneByteLast = CORO_STATE_CANCEL - 1;
/// Of a wide number's first byte: it is of a suspension; its bits of the
/// number.
static constexpr unsigned WideMark = 0x40, LowBits = 6;
static_assert(CORO_STATE_FIRST < WideMark && WideMark < CORO_STATE_CANCEL &&
              WideMark == 1u << LowBits);

StateIndex::StateIndex(const Function &F, uint64_t Last)
    : Context(F.getContext()), Bytes(Last <= OneByteLast        ? 1
                                     : Last < (256u << LowBits) ? 2
                                                                : 4),
      BigEndian(F.getParent()->getDataLayout().isBigEndian()) {}

IntegerType *StateIndex::type() const {
  return IntegerType::get(Context, 8 * Bytes);
}

ConstantInt *StateIndex::constant(uint64_t Number) const {
  uint64_t First = Number, Rest = 0;
  if (Bytes > 1 && Number >= CORO_STATE_FIRST) {
    First = WideMark | (Number & (WideMark - 1));
    Rest = Number >> LowBits;
  }
  unsigned Bits = 8 * Bytes;
  uint64_t Raw = BigEndian ? First << (Bits - 8) | Rest : First | Rest << 8;
  return ConstantInt::get(Context, APInt(Bits, Raw));
}

Value *StateIndex::encode(IRBuilderBase &B, Value *Number) const {
  if (auto *Known = dyn_cast<ConstantInt>(Number))
    return constant(Known->getZExtValue());
  Value *Wide = B.CreateZExtOrTrunc(Number, type());
  if (Bytes == 1)
    return Wide;
  Value *First =
      B.CreateOr(B.CreateAnd(Wide, ConstantInt::get(type(), WideMark - 1)),
                 ConstantInt::get(type(), WideMark));
  Value *Rest = B.CreateShl(B.CreateLShr(Wide, LowBits), 8);
  Value *Both = B.CreateOr(First, Rest);
  if (!BigEndian)
    return Both;
  // First to the top, and the rest down.
  return B.CreateIntrinsic(Intrinsic::fshr, {type()},
                           {Both, Both, ConstantInt::get(type(), 8)});
}

Value *StateIndex::decode(IRBuilderBase &B, Value *Raw) const {
  Type *Int32 = B.getInt32Ty();
  if (Bytes == 1)
    return B.CreateZExt(Raw, Int32);
  Value *Ordered = B.CreateZExt(Raw, Int32);
  if (BigEndian)
    Ordered =
        B.CreateZExt(B.CreateIntrinsic(Intrinsic::fshl, {type()},
                                       {Raw, Raw, ConstantInt::get(type(), 8)}),
                     Int32);
  Value *First = B.CreateAnd(Ordered, WideMark - 1);
  return B.CreateOr(First, B.CreateShl(B.CreateLShr(Ordered, 8), LowBits));
}

} // namespace coro
