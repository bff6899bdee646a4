//===-- TaskTypes.cpp - struct coro_task_f, complete on demand ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// To the program a task type is
//
//   struct coro_task_f {
//     union {
//       unsigned char coro_frame_bytes[Size];     // all of it
//       struct { char gap[ResultOffset]; R result; };
//       struct { char gap[ValueOffset]; T yielded; };     of a generator
//     };
//   } _Alignas(Align);
//
// The bytes are annotated with the function's name. An access to them in the IR
// then says which function's task it is, which is how coro_poll and coro_erase
// find the code.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Tasks/TaskTypes.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/Scratch.h"
#include "IR/Markers.h"
#include "coro/abi.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Sema/Scope.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral Prefix = "coro_task_",
                                     FrameBytes = "coro_frame_bytes";

static bool isTaskFrame(const Decl &Member) {
  return llvm::any_of(Member.specific_attrs<AnnotateAttr>(),
                      [](const AnnotateAttr *A) {
                        return A->getAnnotation().starts_with(TaskAnnotation);
                      });
}

/// True for what define() below has completed.
static bool isLaidOut(const RecordDecl &Record) {
  return llvm::any_of(Record.decls(), [](const Decl *D) {
    const auto *Member = dyn_cast<IndirectFieldDecl>(D);
    return Member && isTaskFrame(*Member->getAnonField());
  });
}

void reportOwnTaskType(DiagnosticsEngine &Diags, RecordDecl &Record,
                       const FunctionDecl &F) {
  if (Record.isInvalidDecl())
    return;
  std::string Name = F.getNameAsString();
  report(Diags, Record.getLocation(), DiagID::OwnTaskType, {Name});
  report(Diags, F.getLocation(), DiagID::DeclaredHere, {Name});
  // No member of it is missed then.
  Record.setInvalidDecl();
}

void declareTaskType(Sema &S, FunctionDecl &F) {
  if (!F.getIdentifier())
    return;
  TranslationUnitDecl *TU = S.Context.getTranslationUnitDecl();
  std::string Name = (Prefix + F.getName()).str();
  IdentifierInfo &Id = S.Context.Idents.get(Name);
  for (NamedDecl *Known : TU->lookup(&Id))
    if (auto *Record = dyn_cast<RecordDecl>(Known)) {
      // Named before the function was: now it is known what it is.
      if (!Record->isCompleteDefinition())
        Record->setHasExternalLexicalStorage(true);
      else if (!isLaidOut(*Record))
        reportOwnTaskType(S.Diags, *Record, F);
      return;
    }
  RecordDecl *Task = S.Context.buildImplicitRecord(Name);
  // "forward declaration of struct coro_task_f" then points at f.
  Task->setLocation(F.getLocation());
  Task->setHasExternalLexicalStorage(true);
  TU->addDecl(Task);
  if (S.TUScope)
    S.PushOnScopeChains(Task, S.TUScope, false);
}

/// The function that a task type's name speaks of, whether it yields or not.
static FunctionDecl *namedFunction(const RecordDecl &Task) {
  llvm::StringRef Name = Task.getName();
  if (!Name.consume_front(Prefix))
    return nullptr;
  ASTContext &Context = Task.getASTContext();
  IdentifierInfo &Id = Context.Idents.get(Name);
  for (NamedDecl *D : Context.getTranslationUnitDecl()->lookup(&Id))
    if (auto *F = dyn_cast<FunctionDecl>(D))
      return F;
  return nullptr;
}

FunctionDecl *taskFunction(const RecordDecl &Task) {
  FunctionDecl *F = namedFunction(Task);
  return F && declaredYields(*F) ? F : nullptr;
}

bool isTaskFrame(const Expr &E) {
  const auto *Member = dyn_cast<MemberExpr>(&E);
  return Member && isTaskFrame(*Member->getMemberDecl());
}

FunctionDecl *functionOfTask(const Expr &Frame) {
  const Expr &E = *Frame.IgnoreParenImpCasts();
  if (isCallOf(E, FrameOfMarker)) {
    const Expr *Named = cast<CallExpr>(E).getArg(1)->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Named);
    return Ref ? dyn_cast<FunctionDecl>(const_cast<ValueDecl *>(Ref->getDecl()))
               : nullptr;
  }
  const auto *Member = dyn_cast<MemberExpr>(&E);
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || !Field->getIdentifier() || Field->getName() != FrameBytes)
    return nullptr;
  const RecordDecl *Task = Field->getParent();
  // The frame is a member of an unnamed union.
  while (Task && !Task->getIdentifier())
    Task = dyn_cast<RecordDecl>(Task->getDeclContext());
  return Task ? taskFunction(*Task) : nullptr;
}

FunctionDecl *taskFunction(QualType T) {
  const RecordDecl *Record = T->getAsRecordDecl();
  if (!Record || !Record->getIdentifier())
    return nullptr;
  // Not a struct of the program's with such a name.
  const RecordDecl *Definition = Record->getDefinition();
  IdentifierInfo &Bytes =
      T->getAsRecordDecl()->getASTContext().Idents.get(FrameBytes);
  if (Definition && Definition->lookup(&Bytes).empty())
    return nullptr;
  return taskFunction(*Record);
}

static FieldDecl *addField(RecordDecl &To, llvm::StringRef Name, QualType T) {
  ASTContext &Context = To.getASTContext();
  IdentifierInfo *Id = Name.empty() ? nullptr : &Context.Idents.get(Name);
  auto *Field =
      FieldDecl::Create(Context, &To, To.getLocation(), To.getLocation(), Id, T,
                        Context.getTrivialTypeSourceInfo(T, To.getLocation()),
                        nullptr, false, ICIS_NoInit);
  Field->setAccess(AS_public);
  Field->setImplicit(Name.empty());
  To.addDecl(Field);
  return Field;
}

static QualType bytes(ASTContext &Context, uint64_t Count) {
  return Context.getConstantArrayType(Context.UnsignedCharTy,
                                      llvm::APInt(64, Count), nullptr,
                                      ArraySizeModifier::Normal, 0);
}

/// A struct or union without a name, as a member of To.
static RecordDecl *openAnonymous(RecordDecl &To, TagTypeKind Kind) {
  ASTContext &Context = To.getASTContext();
  auto *Inner = RecordDecl::Create(Context, Kind, &To, To.getLocation(),
                                   To.getLocation(), nullptr);
  Inner->setAnonymousStructOrUnion(true);
  Inner->setImplicit();
  Inner->startDefinition();
  To.addDecl(Inner);
  return Inner;
}

static FieldDecl *closeAnonymous(RecordDecl &To, RecordDecl &Inner) {
  Inner.completeDefinition();
  return addField(To, "", recordType(To.getASTContext(), Inner));
}

/// Makes the members of nested anonymous records visible in To.
static void addIndirect(RecordDecl &To, llvm::ArrayRef<FieldDecl *> Path) {
  ASTContext &Context = To.getASTContext();
  auto **Chain = new (Context) NamedDecl *[Path.size()];
  std::copy(Path.begin(), Path.end(), Chain);
  FieldDecl *Last = Path.back();
  auto *Indirect = IndirectFieldDecl::Create(
      Context, &To, To.getLocation(), Last->getIdentifier(), Last->getType(),
      {Chain, Path.size()});
  Indirect->setAccess(AS_public);
  Indirect->setImplicit();
  To.addDecl(Indirect);
}

namespace {
/// A member at a place of the frame that the signature fixes.
struct PlacedMember {
  const char *Name;
  QualType T;
  uint64_t Offset;
};
} // namespace

/// The members besides the bytes: what the task hands out and takes in.
static llvm::SmallVector<PlacedMember, 4> membersOf(ASTContext &Context,
                                                    const FunctionDecl &F) {
  llvm::SmallVector<PlacedMember, 4> Members;
  QualType Returned = F.getReturnType().getUnqualifiedType();
  CResult Size = resultOf(Context, Returned);
  ResultPlace Result = resultPlace(Size.Size, Size.Align);
  if (!Returned->isVoidType())
    Members.push_back({"result", Returned, Result.Offset});
  EffectSet Effects = effectsOf(F);
  std::optional<ResultPlace> Error;
  if (!Effects.Error.isNull()) {
    CResult Each = resultOf(Context, Effects.Error);
    Error = resultPlace(Each.Size, Each.Align);
    Members.push_back({"error", Effects.Error, Error->Offset});
  }
  for (auto [Name, T] : {std::pair("yielded", Effects.Value),
                         std::pair("coro_received", Effects.Received)})
    if (!T.isNull()) {
      CResult Each = resultOf(Context, T);
      Members.push_back(
          {Name, T,
           placeBehind(endArea(Result, Error), Each.Size, Each.Align).Offset});
    }
  return Members;
}

/// struct { char gap[Offset]; T name; } in Union; the way to the last of it.
static llvm::SmallVector<FieldDecl *, 4> addPlaced(RecordDecl &Union,
                                                   const PlacedMember &Member) {
  ASTContext &Context = Union.getASTContext();
  RecordDecl *Shifted = openAnonymous(Union, TagTypeKind::Struct);
  std::string Gap = std::string("coro_before_") + Member.Name;
  addField(*Shifted, Gap, bytes(Context, Member.Offset));
  FieldDecl *Field = addField(*Shifted, Member.Name, Member.T);
  llvm::SmallVector<FieldDecl *, 4> Path = {closeAnonymous(Union, *Shifted),
                                            Field};
  addIndirect(Union, Path);
  return Path;
}

static void define(RecordDecl &Task, const FunctionDecl &F,
                   const FrameFacts &Facts, llvm::StringRef Symbol) {
  ASTContext &Context = Task.getASTContext();
  Task.startDefinition();
  Task.addAttr(AlignedAttr::CreateImplicit(
      Context, true,
      IntegerLiteral::Create(Context, llvm::APInt(32, Facts.Align),
                             Context.UnsignedIntTy, Task.getLocation()),
      Task.getLocation(), AlignedAttr::GNU_aligned));
  RecordDecl *Union = openAnonymous(Task, TagTypeKind::Union);
  FieldDecl *Bytes = addField(*Union, FrameBytes, bytes(Context, Facts.Size));
  Bytes->addAttr(AnnotateAttr::CreateImplicit(
      Context, (TaskAnnotation + Symbol).str(), nullptr, 0));
  llvm::SmallVector<llvm::SmallVector<FieldDecl *, 4>, 4> Paths = {{Bytes}};
  for (const PlacedMember &Member : membersOf(Context, F))
    Paths.push_back(addPlaced(*Union, Member));
  FieldDecl *Whole = closeAnonymous(Task, *Union);
  for (llvm::SmallVector<FieldDecl *, 4> &Path : Paths) {
    Path.insert(Path.begin(), Whole);
    addIndirect(Task, Path);
  }
  Task.completeDefinition();
  Task.setHasExternalLexicalStorage(false);
}

/// The frame's facts as a declaration alone promises them.
static FrameFacts promised(ASTContext &Context, const FunctionDecl &F,
                           uint64_t Limit) {
  CResult Result = resultOf(Context, F.getReturnType());
  ResultPlace Place = resultPlace(Result.Size, Result.Align);
  // A promise too small for the members is reported where f is compiled.
  for (const PlacedMember &Member : membersOf(Context, F))
    Limit = std::max(Limit, Member.Offset + resultOf(Context, Member.T).Size);
  return {llvm::alignTo(Limit, CORO_CONTRACT_ALIGN), CORO_CONTRACT_ALIGN,
          Place.Offset, Place.Size};
}

void TaskTypeSource::CompleteType(TagDecl *Tag) {
  auto *Task = dyn_cast<RecordDecl>(Tag);
  FunctionDecl *F = Task ? taskFunction(*Task) : nullptr;
  if (!F || Task->isBeingDefined() || Task->isCompleteDefinition())
    return;
  if (F->getReturnType()->isIncompleteType() &&
      !F->getReturnType()->isVoidType())
    return;
  ASTContext &Context = U.CI.getASTContext();
  std::string Symbol = U.symbol(*F);
  if (std::optional<uint64_t> Limit = declaredFrameLimit(*F)) {
    define(*Task, *F, promised(Context, *F, *Limit), Symbol);
    return;
  }
  const FunctionDecl *Definition = nullptr;
  if (!F->hasBody(Definition) || Definition->willHaveBody())
    return;
  // No code can be generated from a program with errors. That the type is
  // complete keeps one error from becoming many.
  FrameFacts Unknown = promised(Context, *F, 1);
  if (U.CI.getDiagnostics().hasErrorOccurred()) {
    define(*Task, *F, Unknown, Symbol);
    return;
  }
  std::vector<Problem> Problems;
  std::optional<FrameFacts> Facts = layOut(U, *F, false, Problems);
  if (!Facts) {
    for (Problem &P : Problems) {
      Problem Note;
      Note.ID = DiagID::InTaskType;
      Note.Function = P.Function;
      Note.Arguments = {F->getNameAsString()};
      P.Notes.push_back(std::move(Note));
      U.report(P);
    }
    define(*Task, *F, Unknown, Symbol);
    return;
  }
  U.PromisedSize[Symbol] = Facts->Size;
  define(*Task, *F, *Facts, Symbol);
}

bool TaskTypeSource::MaybeDiagnoseMissingCompleteType(SourceLocation Where,
                                                      QualType T) {
  ASTContext &Context = U.CI.getASTContext();
  const auto *Task = dyn_cast_or_null<RecordDecl>(
      Context.getBaseElementType(T)->getAsTagDecl());
  if (!Task || !Task->getName().starts_with(Prefix))
    return false;
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  std::string Name = Task->getName().drop_front(Prefix.size()).str();
  const FunctionDecl *F = namedFunction(*Task);
  if (!F)
    report(Diags, Where, DiagID::TaskOfNothing, {Name});
  else if (!declaredYields(*F) && declaredGeneric(*F))
    report(Diags, F->getLocation(), DiagID::TaskOfGeneric, {Name});
  else if (!declaredYields(*F))
    report(Diags, F->getLocation(), DiagID::TaskOfPlain, {Name});
  else if (!F->getReturnType()->isIncompleteType() ||
           F->getReturnType()->isVoidType())
    report(Diags, Where, DiagID::TaskTooEarly, {Name});
  else
    return false;
  return true;
}

} // namespace coro
