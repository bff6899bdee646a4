//===-- NeedFacts.cpp - What functions need of an executor ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CORO_NEEDS(capability) on functions, an attribute for each capability, and
// what CORO_EXECUTOR says of the tasks in its slots.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/NeedFacts.h"
#include "Frontend/Warnings/QuietFacts.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral Spawner = "coro.needs.spawner";
static constexpr llvm::StringLiteral Sender = "coro.needs.sender";
static constexpr llvm::StringLiteral Offloader = "coro.needs.offloader";
static constexpr llvm::StringLiteral Completion = "coro.needs.completion";
static constexpr llvm::StringLiteral OffloaderAmongTasks =
    "coro.needs.offloader_among_tasks";
static constexpr llvm::StringLiteral ClosedSlot = "coro.closed_slot";

llvm::SmallVector<Need, 2> needsOf(const FunctionDecl &F) {
  llvm::SmallVector<Need, 2> Needs;
  for (llvm::StringRef Fact : {Spawner, Sender, Offloader, Completion})
    if (const Decl *Said = quietlySaid(F, Fact))
      Needs.push_back({Fact.rsplit('.').second, Said, /*AmongTasks=*/false});
  if (const Decl *Said = quietlySaid(F, OffloaderAmongTasks))
    Needs.push_back({"offloader", Said, /*AmongTasks=*/true});
  return Needs;
}

bool isClosedSlot(const FieldDecl &Field) {
  return saysQuietly(Field, ClosedSlot);
}

static bool isFunction(const Decl &D) { return isa<FunctionDecl>(D); }
static bool isField(const Decl &D) { return isa<FieldDecl>(D); }

namespace {
struct SpawnerAttribute final
    : FactAttribute<Spawner, isFunction, DiagID::NotOnPointers> {
  SpawnerAttribute()
      : FactAttribute("coro_needs_spawner", "coro::needs_spawner") {}
};
struct SenderAttribute final
    : FactAttribute<Sender, isFunction, DiagID::NotOnPointers> {
  SenderAttribute()
      : FactAttribute("coro_needs_sender", "coro::needs_sender") {}
};
struct OffloaderAttribute final
    : FactAttribute<Offloader, isFunction, DiagID::NotOnPointers> {
  OffloaderAttribute()
      : FactAttribute("coro_needs_offloader", "coro::needs_offloader") {}
};
struct OffloaderAmongTasksAttribute final
    : FactAttribute<OffloaderAmongTasks, isFunction, DiagID::NotOnPointers> {
  OffloaderAmongTasksAttribute()
      : FactAttribute("coro_needs_offloader_among_tasks",
                      "coro::needs_offloader_among_tasks") {}
};
struct CompletionAttribute final
    : FactAttribute<Completion, isFunction, DiagID::NotOnPointers> {
  CompletionAttribute()
      : FactAttribute("coro_needs_completion", "coro::needs_completion") {}
};
struct ClosedSlotAttribute final
    : FactAttribute<ClosedSlot, isField, DiagID::WrongSubject> {
  ClosedSlotAttribute()
      : FactAttribute("coro_closed_slot", "coro::closed_slot") {}
};
} // namespace

static ParsedAttrInfoRegistry::Add<SpawnerAttribute>
    RegisterSpawner("coro_needs_spawner", "needs a coro_spawner");
static ParsedAttrInfoRegistry::Add<SenderAttribute>
    RegisterSender("coro_needs_sender", "needs a coro_sender");
static ParsedAttrInfoRegistry::Add<OffloaderAttribute>
    RegisterOffloader("coro_needs_offloader", "needs a coro_offloader");
static ParsedAttrInfoRegistry::Add<OffloaderAmongTasksAttribute>
    RegisterAmongTasks("coro_needs_offloader_among_tasks",
                       "needs a coro_offloader where there are other tasks");
static ParsedAttrInfoRegistry::Add<CompletionAttribute>
    RegisterCompletion("coro_needs_completion", "needs a coro_completion");
static ParsedAttrInfoRegistry::Add<ClosedSlotAttribute>
    RegisterSlot("coro_closed_slot", "a task in a slot of a closed set");

} // namespace coro
