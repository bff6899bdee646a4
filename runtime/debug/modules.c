/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The program and the libraries it has loaded, by itself or later. The section
 * .debug.coro and the table of symbols are in their files only, so the files
 * are mapped until the index is closed. A file that was replaced since would
 * describe other frames, and is not read.
 */
#define _GNU_SOURCE
#include "index.h"

#include <limits.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The program itself has no name here. */
static char *path_of(const char *name) {
  char path[PATH_MAX];
  if (*name)
    return strdup(name);
  ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
  if (length < 0)
    return strdup("the program");
  path[length] = 0;
  return strdup(path);
}

static void read_module(dump_index *index, dump_module *module,
                        const struct dl_phdr_info *info) {
  const char *path = *info->dlpi_name ? info->dlpi_name : "/proc/self/exe";
  module->error = dump_file_open(path, &module->file);
  if (module->error)
    return;
  if (!dump_file_is_loaded(&module->file, info)) {
    module->changed = true;
    dump_file_close(&module->file);
    return;
  }
  dump_piece section = dump_file_section(&module->file, ".debug.coro");
  if (!section.at &&
      dump_file_open_debug(module->path, &module->file, &module->debug))
    section = dump_file_section(&module->debug, ".debug.coro");
  module->compressed = section.at && section.compressed;
  if (section.at && !section.compressed)
    dump_add_records(index, module, section);
}

static int add_module(struct dl_phdr_info *info, size_t size, void *user) {
  (void)size;
  dump_index *index = user;
  /* The kernel's page has a name that is no path, or none. */
  if (index->module_count ? !strchr(info->dlpi_name, '/') : *info->dlpi_name)
    return 0;
  if (!dump_grow((void **)&index->modules, &index->module_room,
                 index->module_count, sizeof(dump_module)))
    return 0;
  dump_module *module = &index->modules[index->module_count];
  *module = (dump_module){.number = index->module_count,
                          .path = path_of(info->dlpi_name),
                          .base = info->dlpi_addr,
                          .low = UINTPTR_MAX};
  if (!module->path)
    return 0;
  for (size_t i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *at = &info->dlpi_phdr[i];
    uintptr_t low = info->dlpi_addr + at->p_vaddr, high = low + at->p_memsz;
    if (at->p_type != PT_LOAD)
      continue;
    module->low = low < module->low ? low : module->low;
    module->high = high > module->high ? high : module->high;
  }
  index->module_count++;
  read_module(index, module, info);
  return 0;
}

void dump_modules_open(dump_index *index) {
  dl_iterate_phdr(add_module, index);
}

void dump_modules_close(dump_index *index) {
  for (size_t i = 0; i < index->module_count; i++) {
    free(index->modules[i].path);
    dump_file_close(&index->modules[i].file);
    dump_file_close(&index->modules[i].debug);
  }
  free(index->modules);
}

dump_module *dump_module_of(const dump_index *index, uintptr_t address) {
  for (size_t i = 0; index && i < index->module_count; i++)
    if (address >= index->modules[i].low && address < index->modules[i].high)
      return &index->modules[i];
  return NULL;
}

static bool is_at(const ElfW(Sym) * symbol, ElfW(Addr) address, bool inside) {
  unsigned kind = ELF64_ST_TYPE(symbol->st_info);
  if (symbol->st_shndx == SHN_UNDEF)
    return false;
  if (inside)
    return kind == STT_OBJECT && address - symbol->st_value < symbol->st_size;
  return symbol->st_value == address &&
         (kind == STT_FUNC || kind == STT_OBJECT);
}

/* What begins there or, if `inside`, the variable that the address is in. Local
 * symbols come behind the name of their file, before those of the next and
 * before all that others know. */
static dump_symbol find_symbol(const dump_file *file, ElfW(Addr) address,
                               bool inside) {
  dump_symbol none = {NULL, NULL, 0}, found = none;
  dump_piece table = dump_file_section(file, ".symtab");
  dump_piece names = dump_file_section(file, ".strtab");
  if (!table.at || !names.size || names.at[names.size - 1] ||
      (uintptr_t)table.at % _Alignof(ElfW(Sym)))
    return none;
  const ElfW(Sym) *symbols = (const ElfW(Sym) *)table.at;
  for (size_t i = 0; i < table.size / sizeof(*symbols); i++) {
    const ElfW(Sym) *at = &symbols[i];
    const char *name =
        at->st_name < names.size ? (const char *)names.at + at->st_name : "";
    if (ELF64_ST_TYPE(at->st_info) == STT_FILE)
      found.file = name;
    else if (is_at(at, address, inside)) {
      if (ELF64_ST_BIND(at->st_info) != STB_LOCAL)
        found.file = NULL;
      found.name = name;
      found.offset = address - at->st_value;
      return found;
    }
  }
  return none;
}

static dump_symbol symbol_of(const dump_index *index, uintptr_t address,
                             bool inside) {
  dump_symbol found = {NULL, NULL, 0};
  const dump_module *module = dump_module_of(index, address);
  if (!module)
    return found;
  address -= module->base;
  found = find_symbol(&module->file, address, inside);
  return found.name ? found : find_symbol(&module->debug, address, inside);
}

dump_symbol dump_index_symbol(const dump_index *index, uintptr_t address) {
  return symbol_of(index, address, false);
}

dump_symbol dump_index_variable(const dump_index *index, uintptr_t address) {
  return symbol_of(index, address, true);
}

/* Why it lacks records. */
static const char *why_none(const dump_module *module) {
  if (module->error)
    return strerror(module->error);
  if (module->changed)
    return "the file is not the one any more that was loaded";
  if (module->compressed)
    return "they are compressed, see objcopy --decompress-debug-sections";
  if (module->version)
    return "they are of another version than this runtime";
  if (module->records)
    return "part of it was compiled without -g";
  return dump_file_section(&module->file, ".symtab").at
             ? "it was compiled or linked without debug information"
             : "it is stripped";
}

const char *dump_index_trouble(const dump_index *index, size_t number,
                               const char **path) {
  if (number >= index->module_count)
    return NULL;
  const dump_module *module = &index->modules[number];
  *path = module->path;
  return module->missed_record ? why_none(module) : "";
}
