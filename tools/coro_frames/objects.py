# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds a section in ELF objects, executables, shared libraries and archives of
such objects."""

import struct
import zlib

from coro_frames.frames import Trouble

SECTION = b".debug.coro"
SHF_COMPRESSED = 0x800
ZLIB, ZSTD = 1, 2


def is_object(data):
    return data.startswith((b"\x7fELF", b"!<arch>\n"))


def decompressed(data, endian, wide, name):
    kind = struct.unpack_from(endian + "I", data)[0]
    body = data[24 if wide else 12:]
    if kind == ZLIB:
        return zlib.decompress(body)
    if kind == ZSTD:
        try:
            from compression import zstd
            return zstd.decompress(body)
        except ImportError:
            pass
    raise Trouble(f"the debug information of {name} is compressed in a way this "
                  "Python cannot read: run llvm-objcopy "
                  f"--decompress-debug-sections {name}")


def sections(data):
    """(name, flags, content) of each section, and how numbers are stored."""
    wide, endian = data[4] == 2, "<" if data[5] == 1 else ">"
    # Of the file header: where section headers are, their size and number, and
    # which one has the names. Of a section header, its fields.
    at = struct.unpack_from(endian + ("Q" if wide else "I"), data,
                            40 if wide else 32)[0]
    size, count, names = struct.unpack_from(endian + "HHH", data,
                                            58 if wide else 46)
    form = endian + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
    headers = []
    if at:
        first = struct.unpack_from(form, data, at)
        # Many sections: the numbers are in the first header.
        count, names = count or first[5], first[6] if names == 0xffff else names
        headers = [struct.unpack_from(form, data, at + i * size)
                   for i in range(count)]

    def content(header):
        return data[header[4]:header[4] + header[5]] if header[1] != 8 else b""
    table = content(headers[names]) if headers else b""
    for header in headers:
        end = table.find(b"\0", header[0])
        yield table[header[0]:end], header[2], content(header)


def section_of(data, name):
    """The section's bytes; None where there is none."""
    wide, endian = data[4] == 2, "<" if data[5] == 1 else ">"
    found = None
    try:
        for section, flags, content in sections(data):
            if section == SECTION:
                if flags & SHF_COMPRESSED:
                    content = decompressed(content, endian, wide, name)
                found = (found or b"") + content
    except (struct.error, IndexError, zlib.error):
        raise Trouble(f"{name} is a damaged object: build it again") from None
    return found


def members(data):
    """(name, content) of an archive's members."""
    at, names = 8, b""
    while at + 60 <= len(data):
        header = data[at:at + 60]
        size = int(header[48:58])
        content = data[at + 60:at + 60 + size]
        at += 60 + size + size % 2
        name = header[:16].rstrip()
        if name == b"//":
            names = content
        elif name not in (b"/", b"/SYM64/"):
            if name.startswith(b"/"):  # an offset into the table of names
                name = names[int(name[1:]):].split(b"\n")[0]
            yield name.rstrip(b"/").decode("utf-8", "replace"), content


def records_in(data, name):
    """The bytes of the section in an object or in all objects of an archive;
    None where no object has it."""
    if not data.startswith(b"!<arch>\n"):
        return section_of(data, name)
    found = None
    try:
        for member, content in members(data):
            if content.startswith(b"\x7fELF"):
                records = section_of(content, f"{name}({member})")
                if records is not None:
                    found = (found or b"") + records
    except ValueError:
        raise Trouble(f"{name} is a damaged archive: build it again") from None
    return found
