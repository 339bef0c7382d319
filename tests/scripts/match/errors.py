# What the compiler refuses.
cases = [
    "match x:\n case _: pass\n case 1: pass",
    "match x:\n case y: pass\n case 1: pass",
    "match x:\n case y if y: pass\n case 1: pass",
    "match x:\n case y | 1: pass",
    "match x:\n case 1 | y | 2: pass",
    "match x:\n case _ | 1: pass",
    "match x:\n case (y as z): pass\n case 1: pass",
    "match x:\n case 1 | y: pass",
    "match x:\n case [y] | [z]: pass",
    "match x:\n case [y] | [y, z]: pass",
    "match x:\n case [y, y]: pass",
    "match x:\n case [y, *y]: pass",
    "match x:\n case {'a': y, **y}: pass",
    "match x:\n case [y, (1 | 2) as y]: pass",
    "match x:\n case [y, [y] | y]: pass",
    "match x:\n case C(a, b=a): pass",
    "match x:\n case [*a, *b]: pass",
    "match x:\n case C(a=1, a=2): pass",
    "match x:\n case {'a': 1, 'a': 2}: pass",
    "match x:\n case {1: 1, 2: 3, 1: 2}: pass",
    "match x:\n case {-1: 1, -1: 2}: pass",
    "match x:\n case [__debug__]: pass",
    "match x:\n case 1:\n  y: pass\n case [_, *_]: pass",
    "match x:\n case [y, _, _, *_]: pass",
]
for source in cases:
    try:
        compile(source, "<case>", "exec")
        print("fine")
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
