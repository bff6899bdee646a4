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

/// The first byte, at the low end, to where it is stored first.
Value *StateIndex::rotate(IRBuilderBase &B, Value *Raw, unsigned Left) const {
  if (!BigEndian)
    return Raw;
  return B.CreateOr(B.CreateShl(Raw, Left),
                    B.CreateLShr(Raw, 8 * Bytes - Left));
}

Value *StateIndex::encode(IRBuilderBase &B, Value *Number) const {
  Value *Wide = B.CreateZExtOrTrunc(Number, type());
  if (Bytes == 1)
    return Wide;
  auto bits = [&](uint64_t Value) { return ConstantInt::get(type(), Value); };
  Value *First =
      B.CreateOr(B.CreateAnd(Wide, bits(WideMark - 1)), bits(WideMark));
  Value *Rest = B.CreateShl(B.CreateLShr(Wide, LowBits), 8);
  return rotate(B, B.CreateOr(First, Rest), 8 * Bytes - 8);
}

Value *StateIndex::decode(IRBuilderBase &B, Value *Raw) const {
  if (Bytes == 1)
    return B.CreateZExt(Raw, B.getInt32Ty());
  Value *Ordered = B.CreateZExt(rotate(B, Raw, 8), B.getInt32Ty());
  Value *First = B.CreateAnd(Ordered, B.getInt32(WideMark - 1));
  return B.CreateOr(First, B.CreateShl(B.CreateLShr(Ordered, 8), LowBits));
}

} // namespace coro
