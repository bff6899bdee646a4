//===-- FrameSection.cpp - Frame records in the object --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The records go to the section .debug.coro. Its name makes it debug
// information to every linker and to strip, which drop and split it off with
// the rest; it is no part of what is loaded. -gz compresses what is called
// .debug_ something, which this is not: a program can read its own records.
// LLVM gives a variable with a section of its own memory at run time, whatever
// it is called, so the section is written as assembly.
//
// The assembly names no symbol: nothing is kept alive by being described, and
// links of bitcode have nothing to rename.
//
//===----------------------------------------------------------------------===//

#include "Transforms/FrameSection.h"
#include "Analysis/EncodeFrame.h"
#include "IR/Parts.h"
#include "Support/Compat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

/// Pairs of a function's name and its record.
static constexpr const char *RecordsName = "coro.records";

static bool hasDebugInformation(const DICompileUnit *Unit) {
  return Unit->getEmissionKind() != DICompileUnit::NoDebug;
}

/// A function without a source of its own, which the compiler has made, goes
/// with the rest of its unit.
bool wantsRecord(const Function &F, const PassConfig &Config) {
  const Module &M = *F.getParent();
  if (Config.IsScratch || !targetTriple(M).isOSBinFormatELF())
    return false;
  if (Config.Opts.Records)
    return true;
  if (const DISubprogram *Source = F.getSubprogram())
    return hasDebugInformation(Source->getUnit());
  return any_of(M.debug_compile_units(), hasDebugInformation);
}

void keepRecord(Module &M, const FrameRecord &Record) {
  LLVMContext &C = M.getContext();
  M.getOrInsertNamedMetadata(RecordsName)
      ->addOperand(MDNode::get(C, {MDString::get(C, Record.Symbol),
                                   MDString::get(C, encodeFrame(Record))}));
}

static bool hasParts(const Module &M, StringRef Symbol) {
  for (StringRef Suffix : {StartSuffix, PollSuffix, CancelSuffix, BindSuffix})
    if (const Function *Part = M.getFunction((Symbol + Suffix).str());
        Part && !Part->isDeclaration())
      return true;
  const GlobalVariable *Descriptor =
      M.getGlobalVariable((Symbol + DescriptorSuffix).str(),
                          /*AllowInternal=*/true);
  return Descriptor && Descriptor->hasInitializer();
}

/// Text of an assembler's string. Three digits: one more would belong to it.
static void addEscaped(std::string &Text, StringRef Bytes) {
  for (char Byte : Bytes) {
    if (isPrint(Byte) && Byte != '"' && Byte != '\\') {
      Text += Byte;
      continue;
    }
    Text += '\\';
    for (unsigned Shift : {6, 3, 0})
      Text += "01234567"[static_cast<unsigned char>(Byte) >> Shift & 7];
  }
}

void writeRecords(Module &M) {
  NamedMDNode *Kept = M.getNamedMetadata(RecordsName);
  if (!Kept)
    return;
  std::string Text;
  for (const MDNode *Pair : Kept->operands()) {
    if (!hasParts(M, cast<MDString>(Pair->getOperand(0))->getString()))
      continue;
    Text += "\t.ascii\t\"";
    addEscaped(Text, cast<MDString>(Pair->getOperand(1))->getString());
    Text += "\"\n";
  }
  Kept->eraseFromParent();
  // What the section was before stays so: with -S nobody parses this here.
  if (!Text.empty())
    M.appendModuleInlineAsm("\t.pushsection\t.debug.coro,\"\",%progbits\n" +
                            Text + "\t.popsection\n");
}

} // namespace coro
