//===-- TaskEvents.cpp - What a function does to its tasks ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Walks a body once, from the outside in, so that each mention of a task is
// seen with what is done to it: in coro_poll(&t, &cx), which the header makes
// __coro_poll((&t)->coro_frame_bytes, &cx), the call takes the whole of its
// first argument, and the `&` is no address that escapes. Whatever is not known
// to be harmless hands the task over.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/TaskEvents.h"
#include "Frontend/MarkerCalls.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace coro {

using Kind = TaskEventKind;

namespace {
struct MarkerRow {
  llvm::StringLiteral Name;
  TaskEventKind Kind;
  llvm::StringLiteral Verb;
};

constexpr MarkerRow Markers[] = {
#define CORO_TASK_EVENT(Name, Kind, Verb) {Name, TaskEventKind::Kind, Verb},
#include "Frontend/Linearity/TaskEvents.def"
};

class Walker {
  ASTContext &Context;
  TaskEvents &Events;
  llvm::DenseSet<const Expr *> Discarded;

  void add(Kind What, const Expr *At, Place Where, llvm::StringRef Verb) {
    Events.add(At, {What, std::move(Where), At, Verb});
  }
  void call(const CallExpr &Call);
  void marker(const CallExpr &Call, const MarkerRow &Row);
  bool start(const CallExpr &Call);
  bool clear(const CallExpr &Call);
  void declare(const VarDecl &Var);
  void cast(const CastExpr &Cast);
  void read(const CastExpr &Cast, const Place &P);
  void assign(const BinaryOperator &Op);
  void discard(const Stmt *S);
  void discardIn(const Stmt &S);
  void indices(const Expr *E);
  void children(const Stmt &S) {
    for (const Stmt *Child : S.children())
      visit(Child);
  }
  bool expression(const Expr &E);
  bool handOver(const Expr &E);

public:
  bool Trusted = true;

  Walker(ASTContext &Context, TaskEvents &Events)
      : Context(Context), Events(Events) {}
  void visit(const Stmt *S);
};
} // namespace

/// A place that a task is in or that is in a task.
static bool concernsTasks(const Place &P) {
  return taskAround(P) || holdsTask(typeOf(P));
}

static llvm::StringRef calleeName(const CallExpr &Call) {
  const FunctionDecl *F = Call.getDirectCallee();
  return F && F->getIdentifier() ? F->getName() : llvm::StringRef();
}

/// What TaskFrames wrapped, for the IR to see whose frame it is.
static const Expr *unwrapped(const Expr *E) {
  return isCallOf(*E, FrameOfMarker)
             ? cast<CallExpr>(E->IgnoreParenImpCasts())->getArg(0)
             : E;
}

/// A frame as an argument, without what says whose it is (TaskFrames).
static const Expr *bareFrame(const Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    const auto *Cast = dyn_cast<CastExpr>(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    if (Cast &&
        (Cast->getCastKind() == CK_BitCast || Cast->getCastKind() == CK_NoOp))
      E = Cast->getSubExpr();
    else if (Call && isCallOf(*Call, FrameOfMarker))
      E = Call->getArg(0);
    else
      return E;
  }
}

/// The task whose frame or address is an argument.
static std::optional<Place> taskArgument(ASTContext &Context, const Expr *E) {
  std::optional<Place> P = pointeeOf(Context, bareFrame(E));
  return P ? taskAround(*P) : std::nullopt;
}

/// The subscripts in the name of a place are expressions of their own.
void Walker::indices(const Expr *E) {
  E = unwrapped(E)->IgnoreParens();
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    visit(Element->getIdx());
    indices(Element->getBase());
  } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    indices(Member->getBase());
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    indices(Unary->getSubExpr());
  } else if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    indices(Cast->getSubExpr());
  }
}

void Walker::marker(const CallExpr &Call, const MarkerRow &Row) {
  unsigned Tasks = 0;
  size_t First = Events.All.size();
  for (const Expr *Argument : Call.arguments()) {
    std::optional<Place> Task = taskArgument(Context, Argument);
    if (!Task) {
      // Another arm that may end a wait for one.
      Tasks += Argument->getType()->isPointerType();
      visit(Argument);
      continue;
    }
    ++Tasks;
    indices(bareFrame(Argument));
    add(Row.Kind, &Call, *Task, Row.Verb);
  }
  for (TaskEvent &Event : llvm::MutableArrayRef(Events.All).drop_front(First)) {
    if (Event.At != &Call)
      continue;
    Event.Among = Tasks > 1;
    Event.Discarded = Discarded.contains(&Call);
  }
}

/// ((typeof(&f))__coro_bind(t->coro_frame_bytes, f))(arguments...)
bool Walker::start(const CallExpr &Call) {
  const auto *Bind = dyn_cast<CallExpr>(Call.getCallee()->IgnoreParenCasts());
  if (!Bind || calleeName(*Bind) != "__coro_bind" || !Bind->getNumArgs())
    return false;
  std::optional<Place> Task = taskArgument(Context, Bind->getArg(0));
  if (!Task)
    return false;
  indices(bareFrame(Bind->getArg(0)));
  for (const Expr *Argument : Call.arguments())
    visit(Argument);
  add(Kind::Start, &Call, *Task, "started");
  return true;
}

bool Walker::clear(const CallExpr &Call) {
  llvm::StringRef Name = calleeName(Call);
  Name.consume_front("__builtin_");
  Name.consume_front("__");
  if ((Name != "memset" && Name != "bzero" && Name != "memset_chk") ||
      !Call.getNumArgs())
    return false;
  const Expr *To = Call.getArg(0)->IgnoreParenImpCasts();
  std::optional<Place> P = pointeeOf(Context, To);
  if (!P)
    P = placeOf(Context, To); // an array's name
  if (!P || !concernsTasks(*P))
    return false;
  indices(Call.getArg(0));
  for (const Expr *Argument : llvm::drop_begin(Call.arguments()))
    visit(Argument);
  add(Kind::Clear, &Call, *P, "overwritten");
  return true;
}

void Walker::call(const CallExpr &Call) {
  llvm::StringRef Name = calleeName(Call);
  for (const MarkerRow &Row : Markers)
    if (Name == Row.Name)
      return marker(Call, Row);
  if (!Call.isUnevaluatedBuiltinCall(Context) && !start(Call) && !clear(Call))
    children(Call);
}

/// A list gives zeros, unless one of its elements is itself a copy of a task.
static bool givesZeros(const Expr &Init) {
  if (isa<ImplicitValueInitExpr>(Init))
    return true;
  const auto *List = dyn_cast<InitListExpr>(Init.IgnoreParenImpCasts());
  return List && llvm::all_of(List->inits(), [](const Expr *Element) {
           return !Element || !holdsTask(Element->getType()) ||
                  givesZeros(*Element);
         });
}

void Walker::declare(const VarDecl &Var) {
  const Expr *Init = Var.getInit();
  if (Init && isOfHeader(Var) && Var.getType()->isPointerType() &&
      pointeeOf(Context, Init))
    return indices(Init); // each use of it is seen as one of what it points to
  if (Init)
    visit(Init);
  if (!Var.hasLocalStorage() || !holdsTask(Var.getType()))
    return;
  bool Empty = !Init || givesZeros(*Init);
  Events.add(&Var, {Empty ? Kind::Declare : Kind::Overwrite, Place{&Var, {}},
                    Init, "initialised"});
}

void Walker::read(const CastExpr &Cast, const Place &P) {
  llvm::StringRef Member = memberOfTask(P);
  if (Member == "result" || Member == "yielded" || Member == "error")
    add(Kind::Read, &Cast, P, Member);
  else if (Member.empty() && Cast.getType()->isRecordType())
    add(Kind::Copy, &Cast, P, "copied");
}

void Walker::cast(const CastExpr &Cast) {
  const Expr *From = Cast.getSubExpr();
  std::optional<Place> P;
  if (From->isGLValue())
    P = placeOf(Context, From);
  if (!P)
    return visit(From);
  indices(From);
  if (!concernsTasks(*P))
    return;
  if (Cast.getCastKind() == CK_LValueToRValue) {
    read(Cast, *P);
  } else if (Cast.getCastKind() == CK_ArrayToPointerDecay) {
    llvm::StringRef Member = memberOfTask(*P);
    if (Member.empty() || Member == "coro_frame_bytes")
      add(Kind::HandOver, &Cast, *P, Member.empty() ? "handed on" : "erased");
    else
      read(Cast, *P);
  } else if (Cast.getCastKind() != CK_ToVoid) {
    add(Kind::HandOver, &Cast, *P, "handed on");
  }
}

void Walker::assign(const BinaryOperator &Op) {
  std::optional<Place> To = placeOf(Context, Op.getLHS());
  visit(Op.getRHS());
  if (!To)
    return visit(Op.getLHS());
  indices(Op.getLHS());
  if (concernsTasks(*To) && memberOfTask(*To).empty() &&
      holdsTask(Op.getLHS()->getType()))
    add(Kind::Overwrite, &Op, *To, "overwritten");
}

/// The value of an expression that stands as a statement goes nowhere.
void Walker::discard(const Stmt *S) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E)
    return;
  E = E->IgnoreParens();
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    if (Cast->getCastKind() == CK_ToVoid)
      discard(Cast->getSubExpr());
  } else if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
    if (Op->isCommaOp())
      discard(Op->getRHS());
  } else {
    Discarded.insert(E);
  }
}

void Walker::discardIn(const Stmt &S) {
  if (const auto *Block = dyn_cast<CompoundStmt>(&S)) {
    for (const Stmt *Each : Block->body())
      discard(Each);
  } else if (const auto *If = dyn_cast<IfStmt>(&S)) {
    discard(If->getThen());
    discard(If->getElse());
  } else if (const auto *For = dyn_cast<ForStmt>(&S)) {
    discard(For->getInit());
    discard(For->getInc());
    discard(For->getBody());
  } else if (const auto *While = dyn_cast<WhileStmt>(&S)) {
    discard(While->getBody());
  } else if (const auto *Do = dyn_cast<DoStmt>(&S)) {
    discard(Do->getBody());
  } else if (const auto *Label = dyn_cast<LabelStmt>(&S)) {
    discard(Label->getSubStmt());
  } else if (const auto *Case = dyn_cast<SwitchCase>(&S)) {
    discard(Case->getSubStmt());
  } else if (const auto *Op = dyn_cast<BinaryOperator>(&S)) {
    if (Op->isCommaOp())
      discard(Op->getLHS());
  }
}

/// Expressions with a meaning of their own; false for the others.
bool Walker::expression(const Expr &E) {
  if (const auto *Call = dyn_cast<CallExpr>(&E))
    return call(*Call), true;
  if (const auto *Cast = dyn_cast<CastExpr>(&E))
    return cast(*Cast), true;
  if (const auto *Op = dyn_cast<BinaryOperator>(&E);
      Op && Op->getOpcode() == BO_Assign)
    return assign(*Op), true;
  if (isa<UnaryExprOrTypeTraitExpr, OffsetOfExpr>(E))
    return true; // not evaluated
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(&E))
    return visit(Generic->getResultExpr()), true;
  if (const auto *Choose = dyn_cast<ChooseExpr>(&E))
    return visit(Choose->getChosenSubExpr()), true;
  if (const auto *Whole = dyn_cast<StmtExpr>(&E)) {
    // The last statement is its value.
    const CompoundStmt *Block = Whole->getSubStmt();
    for (const Stmt *Each : Block->body())
      if (Each != Block->body_back() || Discarded.contains(&E))
        discard(Each);
    return children(*Block), true;
  }
  if (const auto *Block = dyn_cast<BlockExpr>(&E)) {
    for (const auto &Capture : Block->getBlockDecl()->captures())
      if (holdsTask(Capture.getVariable()->getType()))
        add(Kind::HandOver, Block, Place{Capture.getVariable(), {}},
            "handed on");
    return true;
  }
  return handOver(E);
}

/// Who has an element's address has the whole array.
static Place reachableFrom(Place P) {
  while (!P.Path.empty() && !P.Path.back().Field)
    P.Path.pop_back();
  return P;
}

bool Walker::handOver(const Expr &E) {
  std::optional<Place> P;
  if (const auto *Address = dyn_cast<UnaryOperator>(&E);
      Address && Address->getOpcode() == UO_AddrOf)
    P = placeOf(Context, Address->getSubExpr());
  else if (E.isGLValue())
    P = placeOf(Context, &E); // asm operands and the like
  if (!P)
    return false;
  indices(&E);
  if (concernsTasks(*P))
    add(Kind::HandOver, &E, reachableFrom(*P), "handed on");
  else if (holdsTask(P->Root->getType()) && typeOf(*P)->isRecordType())
    // From a struct beside the task in a larger one, the task can be reached.
    add(Kind::HandOver, &E, Place{P->Root, {}}, "handed on");
  return true;
}

void Walker::visit(const Stmt *S) {
  if (!S)
    return;
  const auto *E = dyn_cast<Expr>(S);
  if ((E && E->containsErrors()) ||
      llvm::StringRef(S->getStmtClassName()) == "DeferStmt") {
    Trusted = false;
    return;
  }
  discardIn(*S);
  if (E && expression(*E))
    return;
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        declare(*Var);
    return;
  }
  children(*S);
}

bool findTaskEvents(ASTContext &Context, const Stmt &Body, TaskEvents &Events) {
  Walker W(Context, Events);
  W.visit(&Body);
  return W.Trusted;
}

} // namespace coro
