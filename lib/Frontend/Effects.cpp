//===-- Effects.cpp - What a declaration says of its effects --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

/// Functions carry `annotate`, which reaches the IR. On a variable that would
/// put code into the program, so pointers carry an attribute without meaning to
/// the compiler.
static bool hasFact(const Decl &D,
                    llvm::function_ref<bool(llvm::StringRef)> Matches,
                    bool Inherited = true) {
  for (const auto *A : D.specific_attrs<AnnotateAttr>())
    if ((Inherited || !A->isInherited()) && Matches(A->getAnnotation()))
      return true;
  for (const auto *A : D.specific_attrs<SuppressAttr>())
    for (llvm::StringRef Text : A->diagnosticIdentifiers())
      if (Matches(Text))
        return true;
  return false;
}

static void addFact(ASTContext &Context, Decl &D, llvm::StringRef Fact,
                    SourceRange Range) {
  if (isa<FunctionDecl>(D)) {
    D.addAttr(AnnotateAttr::Create(Context, Fact, nullptr, 0, Range));
    return;
  }
  char *Kept = new (Context) char[Fact.size()];
  std::copy(Fact.begin(), Fact.end(), Kept);
  llvm::StringRef Texts[] = {llvm::StringRef(Kept, Fact.size())};
  D.addAttr(SuppressAttr::CreateImplicit(Context, Texts, 1, Range));
}

void markYields(ASTContext &Context, Decl &D, SourceRange Range) {
  addFact(Context, D, YieldsAnnotation, Range);
}

void markFrameLimit(ASTContext &Context, Decl &D, uint64_t Bytes,
                    SourceRange Range) {
  addFact(Context, D, (LimitAnnotation + llvm::Twine(Bytes)).str(), Range);
}

QualType pointerType(QualType T) {
  while (T->isArrayType() ||
         (T->isPointerType() && !T->isFunctionPointerType()))
    T = T->isPointerType() ? T->getPointeeType()
                           : T->getAsArrayTypeUnsafe()->getElementType();
  return T;
}

CResult resultOf(const ASTContext &Context, QualType T) {
  if (T->isVoidType() || T->isIncompleteType())
    return {0, 1};
  return {uint64_t(Context.getTypeSizeInChars(T).getQuantity()),
          uint64_t(Context.getTypeAlignInChars(T).getQuantity())};
}

void markResult(ASTContext &Context, const FunctionDecl &F) {
  if (F.getReturnType()->isIncompleteType() && !F.getReturnType()->isVoidType())
    return;
  CResult Result = resultOf(Context, F.getReturnType());
  std::string Fact = (ResultAnnotation + llvm::Twine(Result.Size) + "," +
                      llvm::Twine(Result.Align))
                         .str();
  for (const FunctionDecl *Each : F.redecls())
    if (!hasFact(*Each, [](llvm::StringRef T) {
          return T.starts_with(ResultAnnotation);
        }))
      addFact(Context, const_cast<FunctionDecl &>(*Each), Fact, SourceRange());
}

const Decl *yieldsDeclaration(const Decl &D) {
  for (const Decl *Each : D.redecls())
    if (hasFact(*Each, [](llvm::StringRef T) { return T == YieldsAnnotation; }))
      return Each;
  // A variable of a typedef that says it.
  if (const auto *Value = dyn_cast<ValueDecl>(&D);
      Value && !isa<FunctionDecl>(D))
    for (const auto *T = Value->getType()->getAs<TypedefType>(); T;
         T = T->getDecl()->getUnderlyingType()->getAs<TypedefType>())
      if (const Decl *Found = yieldsDeclaration(*T->getDecl()))
        return Found;
  return nullptr;
}

bool declaredYields(const Decl &D) { return yieldsDeclaration(D); }

static std::optional<uint64_t> readLimit(llvm::StringRef Fact) {
  uint64_t N;
  if (!Fact.consume_front(LimitAnnotation) || Fact.getAsInteger(10, N))
    return std::nullopt;
  return N;
}

std::optional<uint64_t> ownFrameLimit(const Decl &D) {
  std::optional<uint64_t> Limit;
  hasFact(
      D,
      [&Limit](llvm::StringRef Text) {
        if (auto N = readLimit(Text))
          Limit = N;
        return false;
      },
      /*Inherited=*/false);
  return Limit;
}

std::optional<uint64_t> declaredFrameLimit(const Decl &D) {
  std::optional<uint64_t> Limit;
  for (const Decl *Each : D.redecls())
    hasFact(*Each, [&Limit](llvm::StringRef Text) {
      auto N = readLimit(Text);
      if (N)
        Limit = N;
      return N.has_value();
    });
  if (const auto *Value = dyn_cast<ValueDecl>(&D);
      !Limit && Value && !isa<FunctionDecl>(D))
    for (const auto *T = pointerType(Value->getType())->getAs<TypedefType>();
         T && !Limit;
         T = T->getDecl()->getUnderlyingType()->getAs<TypedefType>())
      Limit = declaredFrameLimit(*T->getDecl());
  return Limit;
}

} // namespace coro
