# Where the places of syntax errors are: those about names keep them out of the arguments.
PROGRAMS = [
    "def f(a, a): pass",
    "nonlocal x",
    "def f():\n  nonlocal x",
    "def f(x):\n  global x",
    "x = 1\nglobal x",
    "def f():\n  x = 1\n  global x",
    "def f():\n  from a import *",
    "[(yield) for x in y]",
    "[x := 1 for x in y]",
    "class A:\n  [y := 1 for x in z]",
    "def f():\n  global x\n  x: int",
    "return",
    "break",
    "__debug__ = 1",
    "def f(__debug__): pass",
    "match 1:\n  case a | 1: pass",
    "match 1:\n  case (1 | [a, 2]) | (3 as b): pass",
    "match 1:\n  case {1: [1 | (2 | c)]}: pass",
    "from __future__ import nothing",
]
for program in PROGRAMS:
    try:
        compile(program, "program", "exec")
    except SyntaxError as e:
        print(e.args, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text, e)

match_class = 5
try:
    match 1:
        case match_class():
            pass
except TypeError as e:
    print(e)
