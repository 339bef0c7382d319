"""The instructions of code objects, readable.

They are those of minipy's register machine: `arg` is an instruction's first operand, `argrepr` shows all of them, and
`argval` is what matters of them, such as the constant, the name or the place to jump to. An offset counts bytes of
`co_code`, two for each instruction.
"""

import sys
import types
from collections import namedtuple as _namedtuple

from _opcode import instructions as _instructions, opcodes as _opcode_table
from opcode import *
from opcode import __all__ as _opcode_names

__all__ = [
    "code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "show_code", "get_instructions",
    "Instruction", "Bytecode", *_opcode_names,
]

Positions = _namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)
Positions.__doc__ = "Where in the source an instruction comes from."

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
    128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR",
}


def pretty_flags(flags):
    """The names of a code object's flags."""
    names = []
    bit = 1
    while flags:
        if flags & bit:
            names.append(COMPILER_FLAG_NAMES.get(bit, hex(bit)))
            flags ^= bit
        bit <<= 1
    return ", ".join(names) or "0x0"


def _code_of(x, filename="<disassembly>"):
    """The code of a function, method, generator, source text, and so on."""
    x = getattr(x, "__func__", x)
    for attribute in ("__code__", "gi_code", "ag_code", "cr_code"):
        inner = getattr(x, attribute, None)
        if inner is not None:
            x = inner
            break
    if isinstance(x, str):
        try:
            return compile(x, filename, "eval")
        except SyntaxError:
            return compile(x, filename, "exec")
    if isinstance(x, types.CodeType):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


# What a code object is.


def code_info(x):
    """What is to be said of a code object but for its instructions."""
    code = _code_of(x)
    lines = [
        ("Name", code.co_name),
        ("Filename", code.co_filename),
        ("Argument count", code.co_argcount),
        ("Positional-only arguments", code.co_posonlyargcount),
        ("Kw-only arguments", code.co_kwonlyargcount),
        ("Number of locals", code.co_nlocals),
        ("Stack size", code.co_stacksize),
        ("Flags", pretty_flags(code.co_flags)),
    ]
    text = [f"{label + ':':<18} {value}" for label, value in lines]
    for label, values in (
        ("Constants", map(repr, code.co_consts)), ("Names", code.co_names), ("Variable names", code.co_varnames),
        ("Free variables", code.co_freevars), ("Cell variables", code.co_cellvars),
    ):
        values = [f"{number:4}: {value}" for number, value in enumerate(values)]
        if values:
            text += [label + ":", *values]
    return "\n".join(text)


def show_code(co, *, file=None):
    """Print what `code_info` says."""
    print(code_info(co), file=file)


# Instructions.

# For each opcode the letters of its operands.
_KINDS = [kinds.replace("-", "") for _, kinds in _opcode_table()]

_Fields = _namedtuple(
    "_Instruction",
    "opname opcode arg argval argrepr offset starts_line is_jump_target positions",
    defaults=(None, None),
)


class Instruction(_Fields):
    """One instruction of a code object."""

    __slots__ = ()

    def _line(self, lineno_width, is_current, offset_width):
        parts = []
        if lineno_width:
            parts.append(" " * lineno_width if self.starts_line is None else f"{self.starts_line:{lineno_width}}")
        parts.append("-->" if is_current else "   ")
        parts.append(">>" if self.is_jump_target else "  ")
        parts.append(f"{self.offset:{offset_width}}")
        parts.append(f"{self.opname:<20}")
        parts.append(self.argrepr)
        return " ".join(parts).rstrip()


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """The instructions of a function, source text, and so on, one after another."""
    code = _code_of(x)
    return _each(code, 0 if first_line is None else first_line - code.co_firstlineno)


def _each(code, line_shift=0):
    listed = _instructions(code)
    targets = {target for *_, target in listed}
    last_line = None
    for number, ((op, operands, texts, meant, _), place) in enumerate(zip(listed, code.co_positions())):
        line = place[0]
        starts = line + line_shift if line is not None and line != last_line else None
        last_line = line
        has_operands = bool(texts)
        value = meant[0] if meant else texts[0] if has_operands else None
        if op in hasjrel:
            value *= 2
        shown = []
        for kind, text in zip(_KINDS[op], texts):
            shown.append(repr(value) if kind == "k" else f"to {value}" if kind == "j" else text)
        yield Instruction(
            opname[op], op, operands[0] if has_operands else None, value, ", ".join(shown), number * 2, starts,
            number in targets, Positions(*place),
        )


def findlinestarts(code):
    """Pairs of an offset and the line that begins there."""
    last = None
    for start, _, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


# Printing.


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Print the instructions of functions, classes, modules, source text; without argument those of the last error.

    With a depth, code within code is only shown to that depth.
    """
    if x is None:
        return distb(file=file)
    x = getattr(x, "__func__", x)
    space = None if hasattr(x, "__code__") else getattr(x, "__dict__", None)
    if space is None or isinstance(x, types.CodeType):
        return _print_all(_code_of(x, "<dis>"), file, depth)
    for name, member in sorted(space.items()):
        if isinstance(member, _HAVE_CODE):
            print(f"Disassembly of {name}:", file=file)
            try:
                dis(member, file=file, depth=depth)
            except TypeError as error:
                print("Sorry:", error, file=file)
            print(file=file)


_HAVE_CODE = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of the innermost frame of a traceback, and mark where it was."""
    if tb is None:
        tb = getattr(sys, "last_traceback", None)
        if tb is None:
            raise RuntimeError("no last traceback to disassemble")
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of one code object."""
    print(_listing(_each(co), lasti), end="", file=file)


# The name that it had first.
disco = disassemble


def _listing(instructions, lasti=-1):
    instructions = list(instructions)
    width = max([len(str(i.starts_line)) for i in instructions if i.starts_line is not None], default=0)
    width = max(width, 3) if width else 0
    offsets = max(4, len(str(instructions[-1].offset))) if instructions else 4
    lines = []
    for instruction in instructions:
        if instruction.starts_line is not None and lines:
            lines.append("")
        lines.append(instruction._line(width, instruction.offset == lasti, offsets))
    return "".join([line + "\n" for line in lines])


def _print_all(code, file, depth):
    disassemble(code, file=file)
    if depth is not None:
        if depth <= 0:
            return
        depth -= 1
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            print(file=file)
            print(f"Disassembly of {inner!r}:", file=file)
            _print_all(inner, file, depth)


class Bytecode:
    """The instructions of something, to iterate over and to show."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset: int | None = current_offset
        self.show_caches, self.adaptive = show_caches, adaptive
        self._original = x

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self.first_line)

    def __repr__(self):
        return f"{type(self).__name__}({self._original!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code of the innermost frame of a traceback, which marks where it was."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches, adaptive=adaptive)

    def info(self):
        """What `code_info` says."""
        return code_info(self.codeobj)

    def dis(self):
        """The text that `dis` prints, without the code within."""
        return _listing(self, -1 if self.current_offset is None else self.current_offset)


if __name__ == "__main__":
    import argparse

    _parser = argparse.ArgumentParser()
    _parser.add_argument("infile", nargs="?", default="-", type=argparse.FileType("rb"))
    _infile = _parser.parse_args().infile
    with _infile:
        _source = _infile.read()
    dis(compile(_source, _infile.name, "exec"))
