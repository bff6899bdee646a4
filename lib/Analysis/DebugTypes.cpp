//===-- DebugTypes.cpp - C's spelling of types in debug info --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A type in C is written around what it declares, so a declarator grows on its
// way inwards: an array of pointers to functions returning int begins as "[4]",
// becomes "*[4]", then "(*[4])(void)", and ends behind "int".
//
//===----------------------------------------------------------------------===//

#include "Analysis/DebugTypes.h"
#include "llvm/BinaryFormat/Dwarf.h"

using namespace llvm;

namespace coro {

static std::string spell(const DIType *T, const std::string &Declarator);

static std::string behind(StringRef Base, const std::string &Declarator) {
  return Base.str() + (Declarator.empty() || Declarator[0] == '[' ? "" : " ") +
         Declarator;
}

static std::string bounds(const DICompositeType &Array) {
  std::string Text;
  for (const DINode *Element : Array.getElements()) {
    const auto *Range = dyn_cast_or_null<DISubrange>(Element);
    auto *Count =
        Range ? dyn_cast_if_present<ConstantInt *>(Range->getCount()) : nullptr;
    Text +=
        "[" +
        (Count && !Count->isMinusOne() ? std::to_string(Count->getZExtValue())
                                       : std::string()) +
        "]";
  }
  return Text;
}

static std::string parameters(const DISubroutineType &Function) {
  std::string Text;
  auto Types = Function.getTypeArray();
  // The first is the result, and null at the end stands for `...`.
  for (unsigned I = 1; I < Types.size(); ++I)
    Text += (I == 1 ? "" : ", ") +
            (Types[I] ? typeName(Types[I]) : std::string("..."));
  return "(" + (Text.empty() ? "void" : Text) + ")";
}

static std::string spellDerived(const DIDerivedType &T,
                                const std::string &Declarator) {
  const DIType *Base = T.getBaseType();
  StringRef Qualifier;
  switch (T.getTag()) {
  case dwarf::DW_TAG_pointer_type: {
    bool Binds = isa_and_nonnull<DISubroutineType>(Base);
    if (const auto *Array = dyn_cast_or_null<DICompositeType>(Base))
      Binds = Array->getTag() == dwarf::DW_TAG_array_type;
    std::string Pointer = "*" + Declarator;
    return spell(Base, Binds ? "(" + Pointer + ")" : Pointer);
  }
  case dwarf::DW_TAG_const_type:
    Qualifier = "const";
    break;
  case dwarf::DW_TAG_volatile_type:
    Qualifier = "volatile";
    break;
  case dwarf::DW_TAG_restrict_type:
    Qualifier = "restrict";
    break;
  case dwarf::DW_TAG_atomic_type:
    Qualifier = "_Atomic";
    break;
  default:
    return behind(T.getName(), Declarator);
  }
  // A qualifier of a pointer stands behind the star, others stand in front.
  if (Base && Base->getTag() == dwarf::DW_TAG_pointer_type)
    return spell(Base, behind(Qualifier, Declarator));
  return Qualifier.str() + " " + spell(Base, Declarator);
}

static std::string spell(const DIType *T, const std::string &Declarator) {
  if (!T)
    return behind("void", Declarator);
  if (const auto *Derived = dyn_cast<DIDerivedType>(T))
    return spellDerived(*Derived, Declarator);
  if (const auto *Function = dyn_cast<DISubroutineType>(T)) {
    auto Types = Function->getTypeArray();
    return spell(Types.size() ? Types[0] : nullptr,
                 Declarator + parameters(*Function));
  }
  const auto *Composite = dyn_cast<DICompositeType>(T);
  if (!Composite)
    return behind(T->getName(), Declarator);
  if (Composite->getTag() == dwarf::DW_TAG_array_type)
    return spell(Composite->getBaseType(), Declarator + bounds(*Composite));
  StringRef Word = Composite->getTag() == dwarf::DW_TAG_union_type ? "union"
                   : Composite->getTag() == dwarf::DW_TAG_enumeration_type
                       ? "enum"
                       : "struct";
  StringRef Name = T->getName().empty() ? "{...}" : T->getName();
  return behind((Word + " " + Name).str(), Declarator);
}

std::string typeName(const DIType *T) { return spell(T, ""); }

} // namespace coro
