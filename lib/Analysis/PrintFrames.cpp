//===-- PrintFrames.cpp - Frame records as text and JSON ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/PrintFrames.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace coro {

static StringRef kindName(FrameMember::KindOf Kind) {
  switch (Kind) {
  case FrameMember::Argument:
    return "argument";
  case FrameMember::Value:
    return "value";
  case FrameMember::Variable:
    return "variable";
  case FrameMember::Frame:
    return "frame";
  case FrameMember::Result:
    return "result";
  }
  llvm_unreachable("all kinds have a name");
}

void printFrame(const FrameRecord &Record, raw_ostream &OS) {
  OS << "frame of " << Record.Symbol << ": " << Record.Size << " bytes, align "
     << Record.Align << ", " << Record.Suspensions.size()
     << " suspensions, at most " << Record.MostAlive << " alive\n";
  for (unsigned I = 0; I < Record.Members.size(); ++I) {
    const FrameMember &Member = Record.Members[I];
    OS << "  " << Member.Offset << "+" << Member.Size << " "
       << kindName(Member.Kind)
       << (Member.Kind == FrameMember::Frame ? " of " : " ")
       << (Member.Name.empty() ? "-" : Member.Name) << " at";
    for (unsigned At = 0; At < Record.Suspensions.size(); ++At)
      if (is_contained(Record.Suspensions[At].Live, I))
        OS << ' ' << At;
    OS << '\n';
  }
}

namespace {
class JsonFrames {
  json::OStream J;

  void text(StringRef Key, StringRef Text) {
    if (!Text.empty())
      J.attribute(Key, json::fixUTF8(Text));
  }
  void number(StringRef Key, uint64_t Value) {
    if (Value)
      J.attribute(Key, int64_t(Value));
  }
  void place(const SourcePlace &Where);
  void exchanged(StringRef Key, const ResultPlace &Place);
  void member(const FrameMember &Member);
  void suspension(const FrameSuspension &Suspension);
  void frame(const FrameRecord &Record);

public:
  explicit JsonFrames(raw_ostream &OS) : J(OS) {}
  void print(ArrayRef<FrameRecord> Records);
};
} // namespace

void JsonFrames::place(const SourcePlace &Where) {
  text("function", Where.Function);
  text("file", Where.File);
  number("line", Where.Line);
  number("column", Where.Column);
}

void JsonFrames::exchanged(StringRef Key, const ResultPlace &Place) {
  if (Place.Size)
    J.attributeObject(Key, [&] {
      J.attribute("offset", int64_t(Place.Offset));
      J.attribute("size", int64_t(Place.Size));
    });
}

void JsonFrames::member(const FrameMember &Member) {
  J.object([&] {
    J.attribute("kind", kindName(Member.Kind));
    text("name", Member.Name);
    J.attribute("offset", int64_t(Member.Offset));
    J.attribute("size", int64_t(Member.Size));
    J.attribute("align", int64_t(Member.Align));
    J.attribute("why", Member.Why);
    number("line", Member.Line);
    J.attributeArray("variables", [&] {
      for (const SourceVariable &V : Member.Variables)
        J.object([&] {
          text("name", V.Name);
          text("type", V.Type);
          place(V.Where);
        });
    });
  });
}

void JsonFrames::suspension(const FrameSuspension &Suspension) {
  J.object([&] {
    J.attribute("state", int64_t(Suspension.State));
    number("states", Suspension.States);
    text("callee", Suspension.Callee);
    if (Suspension.Child)
      J.attribute("child", int64_t(*Suspension.Child));
    if (Suspension.Boxed)
      J.attribute("boxed", true);
    if (Suspension.Descriptor)
      J.attribute("descriptor", int64_t(*Suspension.Descriptor));
    J.attributeArray("where", [&] {
      for (const SourcePlace &Where : Suspension.Where)
        J.object([&] { place(Where); });
    });
    J.attributeArray("live", [&] {
      for (unsigned Member : Suspension.Live)
        J.value(int64_t(Member));
    });
    J.attribute("bytes", int64_t(Suspension.Bytes));
  });
}

void JsonFrames::frame(const FrameRecord &Record) {
  J.object([&] {
    text("symbol", Record.Symbol);
    place(Record.Where);
    J.attribute("mostAlive", int64_t(Record.MostAlive));
    J.attribute("size", int64_t(Record.Size));
    J.attribute("align", int64_t(Record.Align));
    J.attribute("stateSize", int64_t(Record.StateSize));
    if (Record.Limit)
      J.attribute("limit", int64_t(*Record.Limit));
    exchanged("result", Record.Result);
    exchanged("yielded", Record.Yielded);
    exchanged("error", Record.Error);
    text("unit", Record.Unit);
    if (Record.IsLocal)
      J.attribute("local", true);
    J.attributeArray("members", [&] {
      for (const FrameMember &Member : Record.Members)
        member(Member);
    });
    J.attributeArray("suspensions", [&] {
      for (const FrameSuspension &Suspension : Record.Suspensions)
        suspension(Suspension);
    });
  });
}

void JsonFrames::print(ArrayRef<FrameRecord> Records) {
  J.object([&] {
    J.attribute("version", 1);
    J.attributeArray("frames", [&] {
      for (const FrameRecord &Record : Records)
        frame(Record);
    });
  });
}

void printFramesAsJson(ArrayRef<FrameRecord> Records, raw_ostream &OS) {
  JsonFrames(OS).print(Records);
  OS << '\n';
}

} // namespace coro
