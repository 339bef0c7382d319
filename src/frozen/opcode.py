"""The machine's opcodes: names, numbers, and what their operands mean.

They are those of minipy's register machine, not CPython's.
"""

import _opcode

__all__ = [
    "cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "hasnargs", "opname",
    "opmap",
]

cmp_op = ("<", "<=", "==", "!=", ">", ">=")
opname = [f"<{number}>" for number in range(256)]
opmap = {}
hasconst, hasname, hasjrel, haslocal, hasfree = [], [], [], [], []
# There are no absolute jumps, a comparison is an opcode of its own, and none has arguments by number only.
hasjabs, hascompare, hasnargs = [], [], []

for _number, (_name, _kinds) in enumerate(_opcode.opcodes()):
    opname[_number] = _name
    opmap[_name] = _number
    for _letter, _list in ("k", hasconst), ("n", hasname), ("j", hasjrel), ("r", haslocal), ("f", hasfree):
        if _letter in _kinds:
            _list.append(_number)
del _number, _name, _kinds, _letter, _list
