//===-- Effects.cpp - What a declaration says of its effects --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/Effects.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral BoxedFact = "coro:boxed";
static constexpr llvm::StringLiteral PathOrTypeFacts[] = {
    "coro:yields_of:", "coro:resumes_with:", "coro:raises:", "coro:yields_as:",
    "coro:raises_as:"};
static constexpr llvm::StringLiteral TypeNames = "__coro_type_";

static llvm::StringRef prefixOf(Fact Kind) {
  return PathOrTypeFacts[static_cast<unsigned>(Kind)];
}

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

void markBoxed(ASTContext &Context, Decl &D, SourceRange Range) {
  addFact(Context, D, BoxedFact, Range);
}

/// Facts are text, so that a precompiled header keeps them. A type goes into
/// one as the name of a typedef, made here; types that are written alike share
/// one, so that messages say them as the program does.
static std::string nameOfType(ASTContext &Context, QualType T) {
  TranslationUnitDecl *TU = Context.getTranslationUnitDecl();
  for (unsigned Number = 0;; ++Number) {
    std::string Name = (TypeNames + llvm::Twine(Number)).str();
    IdentifierInfo &Id = Context.Idents.get(Name);
    DeclContext::lookup_result Known = TU->lookup(&Id);
    if (Known.empty()) {
      auto *Alias =
          TypedefDecl::Create(Context, TU, SourceLocation(), SourceLocation(),
                              &Id, Context.getTrivialTypeSourceInfo(T));
      Alias->setImplicit();
      TU->addDecl(Alias);
      return Name;
    }
    auto *Alias = dyn_cast<TypedefNameDecl>(Known.front());
    if (Alias && Context.hasSameType(Alias->getUnderlyingType(), T) &&
        Alias->getUnderlyingType().getAsString() == T.getAsString())
      return Name;
  }
}

static QualType typeOfName(ASTContext &Context, llvm::StringRef Name) {
  IdentifierInfo &Id = Context.Idents.get(Name);
  for (NamedDecl *D : Context.getTranslationUnitDecl()->lookup(&Id))
    if (auto *Alias = dyn_cast<TypedefNameDecl>(D))
      return Alias->getUnderlyingType();
  return QualType();
}

void markType(ASTContext &Context, Decl &D, Fact Kind, QualType T,
              SourceRange Range) {
  addFact(Context, D, (prefixOf(Kind) + nameOfType(Context, T)).str(), Range);
  if (!isa<FunctionDecl>(D))
    return;
  // The IR has to know how many bytes go from one function to the other.
  CResult Place = resultOf(Context, T);
  llvm::StringRef Annotation = Kind == Fact::Value      ? ValueAnnotation
                               : Kind == Fact::Received ? ReceivedAnnotation
                                                        : ErrorAnnotation;
  addFact(
      Context, D,
      (Annotation + llvm::Twine(Place.Size) + "," + llvm::Twine(Place.Align))
          .str(),
      Range);
}

void markPath(ASTContext &Context, Decl &D, Fact Kind, llvm::StringRef Path,
              SourceRange Range) {
  addFact(Context, D, (prefixOf(Kind) + Path).str(), Range);
}

void markGeneric(ASTContext &Context, const FunctionDecl &F) {
  for (const FunctionDecl *Each : F.redecls())
    if (!hasFact(*Each,
                 [](llvm::StringRef T) { return T == GenericAnnotation; }))
      addFact(Context, const_cast<FunctionDecl &>(*Each), GenericAnnotation,
              SourceRange());
}

void markFlag(ASTContext &Context, ParmVarDecl &Flag) {
  std::string Text = (FlagAnnotation + Flag.getName()).str();
  if (!hasFact(Flag, [&](llvm::StringRef T) { return T == Text; }))
    Flag.addAttr(AnnotateAttr::Create(Context, Text, nullptr, 0));
}

void markFrameLimit(ASTContext &Context, Decl &D, uint64_t Bytes,
                    SourceRange Range) {
  addFact(Context, D, (LimitAnnotation + llvm::Twine(Bytes)).str(), Range);
}

QualType pointerType(QualType T) {
  for (;;) {
    if (const auto *Atomic = T->getAs<AtomicType>())
      T = Atomic->getValueType();
    else if (T->isArrayType())
      T = T->getAsArrayTypeUnsafe()->getElementType();
    else if (T->isPointerType() && !T->isFunctionPointerType())
      T = T->getPointeeType();
    else
      return T;
  }
}

QualType asWritten(const ASTContext &Context, QualType T) {
  while (isa<TypeOfType, TypeOfExprType>(T.getTypePtr()))
    T = T.getSingleStepDesugaredType(Context);
  return T.getUnqualifiedType();
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

/// Adds what one fact says. Later ones do not undo earlier ones: that two
/// declarations disagree is reported elsewhere.
static void addTo(EffectSet &Effects, ASTContext &Context,
                  llvm::StringRef Text) {
  if (Text == YieldsAnnotation) {
    Effects.Waits = true;
    return;
  }
  if (Text == BoxedFact) {
    Effects.Boxed = true;
    return;
  }
  QualType *const Types[] = {&Effects.Value, &Effects.Received, &Effects.Error};
  for (auto [Kind, T] : llvm::enumerate(Types))
    if (T->isNull() && Text.consume_front(PathOrTypeFacts[Kind]))
      *T = typeOfName(Context, Text);
  if (Effects.YieldsAs.empty() && Text.consume_front(prefixOf(Fact::YieldsAs)))
    Effects.YieldsAs = Text.str();
  if (Effects.RaisesAs.empty() && Text.consume_front(prefixOf(Fact::RaisesAs)))
    Effects.RaisesAs = Text.str();
}

EffectSet ownEffects(const Decl &D) {
  EffectSet Effects;
  for (const auto *A : D.specific_attrs<AnnotateAttr>())
    if (!A->isInherited())
      addTo(Effects, D.getASTContext(), A->getAnnotation());
  for (const auto *A : D.specific_attrs<SuppressAttr>())
    if (!A->isInherited())
      for (llvm::StringRef Text : A->diagnosticIdentifiers())
        addTo(Effects, D.getASTContext(), Text);
  return Effects;
}

/// The declarations that speak of D: its own, and for a variable those of the
/// typedefs that it is declared with.
static void forEachSpeaker(const Decl &D,
                           llvm::function_ref<void(const Decl &)> Visit) {
  for (const Decl *Each : D.redecls())
    Visit(*Each);
  QualType T;
  if (const auto *Alias = dyn_cast<TypedefNameDecl>(&D))
    T = Alias->getUnderlyingType();
  else if (const auto *Value = dyn_cast<ValueDecl>(&D);
           Value && !isa<FunctionDecl>(D))
    T = Value->getType();
  if (T.isNull())
    return;
  for (const auto *Alias = pointerType(T)->getAs<TypedefType>(); Alias;
       Alias = Alias->getDecl()->getUnderlyingType()->getAs<TypedefType>())
    for (const Decl *Each : Alias->getDecl()->redecls())
      Visit(*Each);
}

EffectSet effectsOf(const Decl &D) {
  EffectSet Effects;
  forEachSpeaker(D, [&Effects](const Decl &Each) {
    hasFact(Each, [&](llvm::StringRef Text) {
      addTo(Effects, Each.getASTContext(), Text);
      return false;
    });
  });
  return Effects;
}

void EffectSet::add(const EffectSet &Other) {
  Waits |= Other.Waits;
  Boxed |= Other.Boxed;
  for (QualType EffectSet::*T :
       {&EffectSet::Value, &EffectSet::Received, &EffectSet::Error})
    if ((this->*T).isNull())
      this->*T = Other.*T;
  for (std::string EffectSet::*Path :
       {&EffectSet::YieldsAs, &EffectSet::RaisesAs})
    if ((this->*Path).empty())
      this->*Path = Other.*Path;
}

std::string EffectSet::print() const {
  llvm::SmallVector<std::string, 4> Words;
  auto add = [&Words](llvm::StringRef Word, llvm::StringRef Of) {
    Words.push_back(Of.empty() ? Word.str() : (Word + "(" + Of + ")").str());
  };
  if (Waits)
    add("yields", "");
  if (!Value.isNull())
    add("yields_of", Value.getAsString());
  if (!YieldsAs.empty())
    add("yields_as", YieldsAs);
  if (!Received.isNull())
    add("resumes_with", Received.getAsString());
  if (!Error.isNull())
    add("raises", Error.getAsString());
  if (!RaisesAs.empty())
    add("raises_as", RaisesAs);
  return llvm::join(Words, " ");
}

const Decl *yieldsDeclaration(const Decl &D) {
  const Decl *Found = nullptr;
  forEachSpeaker(D, [&Found](const Decl &Each) {
    if (!Found && hasFact(Each, [](llvm::StringRef Text) {
          return Text == YieldsAnnotation ||
                 Text.starts_with(prefixOf(Fact::Value));
        }))
      Found = &Each;
  });
  return Found;
}

bool declaredGeneric(const Decl &D) {
  return isa<FunctionDecl>(D) && !effectsOf(D).YieldsAs.empty();
}

bool mayRaise(const FunctionDecl &F) {
  EffectSet Effects = effectsOf(F);
  return Effects.raises() || !Effects.RaisesAs.empty();
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
