//===-- PrintSuspends.cpp - Suspending calls as text and JSON -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a macro does is printed where the program uses it. People get lines and
// columns as in clang's messages. Editors get what the language server protocol
// wants: lines from 0, characters from 0 in units of UTF-16, ends exclusive,
// and files as URIs.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Editor/PrintSuspends.h"
#include "clang/Basic/FileManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace clang;

namespace coro {

static llvm::StringRef verb(SuspendingCall::KindOf Kind) {
  switch (Kind) {
  case SuspendingCall::Call:
  case SuspendingCall::Next:
    return " waits";
  case SuspendingCall::Suspend:
    return " suspends";
  case SuspendingCall::Yield:
    return " yields";
  case SuspendingCall::Cleanup:
    return " waits at the end of this variable's scope";
  case SuspendingCall::Raise:
    return " may raise";
  }
  llvm_unreachable("all kinds have a verb");
}

static llvm::StringRef kindName(SuspendingCall::KindOf Kind) {
  switch (Kind) {
  case SuspendingCall::Call:
    return "call";
  case SuspendingCall::Suspend:
    return "suspend";
  case SuspendingCall::Yield:
    return "yield";
  case SuspendingCall::Next:
    return "next";
  case SuspendingCall::Cleanup:
    return "cleanup";
  case SuspendingCall::Raise:
    return "raise";
  }
  llvm_unreachable("all kinds have a name");
}

void printSuspends(const SourceManager &SM,
                   llvm::ArrayRef<SuspendingCall> Calls,
                   llvm::raw_ostream &OS) {
  for (const SuspendingCall &Each : Calls) {
    if (Each.Kind == SuspendingCall::Raise)
      continue;
    PresumedLoc Where = SM.getPresumedLoc(SM.getFileLoc(Each.Whole.getBegin()));
    OS << Where.getFilename() << ':' << Where.getLine() << ':'
       << Where.getColumn() << ": in '" << Each.In->getName() << "': '"
       << Each.Name << '\'';
    OS << verb(Each.Kind);
    if (Each.Kind == SuspendingCall::Next)
      OS << " for '" << Each.Callee->getNameAsString() << '\'';
    if (Each.Callee) {
      PresumedLoc Declared =
          SM.getPresumedLoc(SM.getFileLoc(Each.Callee->getLocation()));
      OS << " (declared " << Declared.getFilename() << ':' << Declared.getLine()
         << ')';
    }
    OS << '\n';
  }
}

/// Units of UTF-16 in a piece of UTF-8. Bytes that are none count as one each.
static int64_t utf16Length(llvm::StringRef Text) {
  int64_t Units = 0;
  for (unsigned char Byte : Text)
    // The first byte of a character, and a second unit for four of them.
    Units += ((Byte & 0xC0) != 0x80) + (Byte >= 0xF0);
  return Units;
}

static std::string uriOf(llvm::StringRef Path) {
  std::string URI = "file://";
  for (char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      URI += C;
    else
      URI += "%" + llvm::utohexstr(static_cast<unsigned char>(C), false, 2);
  }
  return URI;
}

namespace {
class JsonPrinter {
  const SourceManager &SM;
  const LangOptions &LangOpts;
  llvm::json::OStream J;

  std::string uri(FileID File) const;
  void position(llvm::StringRef Key, SourceLocation Where);
  SourceLocation endOf(SourceLocation Begin, SourceLocation LastToken) const;
  void range(llvm::StringRef Key, SourceRange R);
  void declaration(const NamedDecl &D);
  void call(const SuspendingCall &Each);

public:
  JsonPrinter(const SourceManager &SM, const LangOptions &LangOpts,
              llvm::raw_ostream &OS)
      : SM(SM), LangOpts(LangOpts), J(OS) {}
  void print(llvm::ArrayRef<SuspendingCall> Calls);
};
} // namespace

std::string JsonPrinter::uri(FileID File) const {
  OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
  if (!Entry)
    return "";
  llvm::SmallString<128> Path(Entry->getName());
  SM.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, true);
  return uriOf(Path);
}

void JsonPrinter::position(llvm::StringRef Key, SourceLocation Where) {
  FileID File = SM.getFileID(Where);
  unsigned Offset = SM.getFileOffset(Where);
  llvm::StringRef Text = SM.getBufferData(File);
  unsigned Column = SM.getColumnNumber(File, Offset) - 1;
  llvm::StringRef Before = Text.substr(Offset - Column, Column);
  // A mark at the file's beginning is not a part of an editor's text.
  if (Offset == Column)
    Before.consume_front("\xEF\xBB\xBF");
  J.attributeObject(Key, [&] {
    J.attribute("line", int64_t(SM.getLineNumber(File, Offset)) - 1);
    J.attribute("character", utf16Length(Before));
  });
}

SourceLocation JsonPrinter::endOf(SourceLocation Begin,
                                  SourceLocation LastToken) const {
  while (LastToken.isMacroID())
    LastToken = SM.isMacroArgExpansion(LastToken)
                    ? SM.getImmediateSpellingLoc(LastToken)
                    : SM.getImmediateExpansionRange(LastToken).getEnd();
  // A macro may put together what stands far apart, or the wrong way round.
  if (SM.getFileID(LastToken) != SM.getFileID(Begin) || LastToken < Begin)
    LastToken = Begin;
  return Lexer::getLocForEndOfToken(LastToken, 0, SM, LangOpts);
}

void JsonPrinter::range(llvm::StringRef Key, SourceRange R) {
  SourceLocation Begin = SM.getFileLoc(R.getBegin());
  J.attributeObject(Key, [&] {
    position("start", Begin);
    position("end", endOf(Begin, R.getEnd()));
  });
}

void JsonPrinter::declaration(const NamedDecl &D) {
  J.attributeObject("location", [&] {
    J.attribute("uri", uri(SM.getFileID(SM.getFileLoc(D.getLocation()))));
    range("range", D.getLocation());
  });
}

void JsonPrinter::call(const SuspendingCall &Each) {
  J.object([&] {
    J.attribute("kind", kindName(Each.Kind));
    J.attribute("effect", Each.Effect);
    J.attributeObject("location", [&] {
      J.attribute("uri",
                  uri(SM.getFileID(SM.getFileLoc(Each.Whole.getBegin()))));
      range("range", Each.Whole);
    });
    range("selectionRange", Each.Selection);
    J.attributeObject("callee", [&] {
      J.attribute("name", Each.Kind == SuspendingCall::Next
                              ? Each.Callee->getNameAsString()
                              : Each.Name);
      if (Each.Callee)
        declaration(*Each.Callee);
    });
    J.attributeObject("function", [&] {
      J.attribute("name", Each.In->getName());
      declaration(*Each.In);
    });
  });
}

void JsonPrinter::print(llvm::ArrayRef<SuspendingCall> Calls) {
  J.object([&] {
    J.attribute("version", 1);
    J.attribute("positionEncoding", "utf-16");
    J.attribute("uri", uri(SM.getMainFileID()));
    J.attributeArray("suspends", [&] {
      for (const SuspendingCall &Each : Calls)
        if (Each.Kind != SuspendingCall::Raise)
          call(Each);
    });
    J.attributeArray("raises", [&] {
      for (const SuspendingCall &Each : Calls)
        if (Each.Kind == SuspendingCall::Raise)
          call(Each);
    });
  });
}

void printSuspendsAsJson(const SourceManager &SM, const LangOptions &LangOpts,
                         llvm::ArrayRef<SuspendingCall> Calls,
                         llvm::raw_ostream &OS) {
  JsonPrinter(SM, LangOpts, OS).print(Calls);
  OS << '\n';
}

} // namespace coro
