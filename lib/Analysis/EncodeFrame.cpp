//===-- EncodeFrame.cpp - A frame record as bytes -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For debuggers, tools, and a program that wants to say where its own tasks
// are. docs/abi.md has the format; tools/coro_frames/records.py reads it. Each
// record is complete in itself, so that linkers may join and drop sections as
// they like, and says its length, so that readers can pass over it.
//
// All numbers are ULEB128: small, and the same on every machine. Most text is
// the same file and function again, so it is kept once and pointed to.
//
//===----------------------------------------------------------------------===//

#include "Analysis/EncodeFrame.h"
#include "coro/abi.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace coro {

namespace {
class Encoder {
  std::string Strings, Fields;
  raw_string_ostream OS{Fields};
  StringMap<uint64_t> Known;

  void number(uint64_t N) { encodeULEB128(N, OS); }
  void text(StringRef Text);
  void place(const SourcePlace &Where);
  void exchanged(const ResultPlace &Place);
  void member(const FrameMember &Member);
  void suspension(const FrameSuspension &Suspension, BitVector &Live);

public:
  /// The empty text is the first: a field 0 is none.
  Encoder() : Strings(1, '\0') { Known[""] = 0; }
  std::string encode(const FrameRecord &Record);
};
} // namespace

void Encoder::text(StringRef Text) {
  auto [It, New] = Known.try_emplace(Text, Strings.size());
  if (New)
    Strings.append(Text.begin(), Text.end()).push_back('\0');
  number(It->second);
}

void Encoder::place(const SourcePlace &Where) {
  text(Where.Function);
  text(Where.File);
  number(Where.Line);
  number(Where.Column);
}

void Encoder::exchanged(const ResultPlace &Place) {
  number(Place.Offset);
  number(Place.Size);
}

void Encoder::member(const FrameMember &Member) {
  number(Member.Kind);
  text(Member.Name);
  number(Member.Offset);
  number(Member.Size);
  number(Member.Align);
  number(Member.Line);
  number(Member.Variables.size());
  for (const SourceVariable &V : Member.Variables) {
    text(V.Name);
    text(V.Type);
    place(V.Where);
  }
}

/// Live is what the suspension before keeps, of which little changes.
void Encoder::suspension(const FrameSuspension &Suspension, BitVector &Live) {
  number(Suspension.State);
  number(Suspension.States);
  text(Suspension.Callee);
  number(Suspension.Child ? *Suspension.Child + 1 : 0);
  number(Suspension.Boxed);
  number(Suspension.Descriptor ? *Suspension.Descriptor + 1 : 0);
  number(Suspension.Where.size());
  for (const SourcePlace &Where : Suspension.Where)
    place(Where);
  BitVector Changed = Live;
  Live.reset();
  for (unsigned Member : Suspension.Live)
    Live.set(Member);
  Changed ^= Live;
  number(Changed.count());
  for (unsigned Member : Changed.set_bits())
    number(Member);
}

std::string Encoder::encode(const FrameRecord &Record) {
  text(Record.Symbol);
  place(Record.Where);
  text(Record.Unit);
  number(Record.IsLocal);
  number(Record.Size);
  number(Record.Align);
  number(Record.StateSize);
  number(Record.MostAlive);
  number(Record.Limit ? *Record.Limit + 1 : 0);
  exchanged(Record.Result);
  exchanged(Record.Yielded);
  exchanged(Record.Error);
  number(Record.Members.size());
  for (const FrameMember &Member : Record.Members)
    member(Member);
  number(Record.Suspensions.size());
  BitVector Live(Record.Members.size());
  for (const FrameSuspension &Suspension : Record.Suspensions)
    suspension(Suspension, Live);

  std::string Body, Whole;
  raw_string_ostream BodyOS(Body);
  encodeULEB128(Strings.size(), BodyOS);
  BodyOS << Strings << OS.str();
  raw_string_ostream WholeOS(Whole);
  WholeOS << "coro" << char(CORO_RECORD_VERSION);
  encodeULEB128(BodyOS.str().size(), WholeOS);
  WholeOS << Body;
  return WholeOS.str();
}

std::string encodeFrame(const FrameRecord &Record) {
  return Encoder().encode(Record);
}

} // namespace coro
