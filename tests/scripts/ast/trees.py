"""ast: parsing, positions, dump, and the helpers that look at trees."""
import ast

SOURCE = '''
"""Doc."""
from __future__ import annotations
import os.path as p, sys
from . import x
from ..y import (z as w)

@deco(1, *a, k=2, **kw)
async def f(a, /, b: int = 1, *c: str, d, e=2, **g) -> None:
    """
    Inner.
        More.
    """
    async with a as b, c: pass
    async for i, *j in k: break
    else: continue
    await (yield)
    return [x async for x in y if z if w]

class C(B, metaclass=M):
    x: int = 3
    (y): str
    a.b: int

while (n := next(it)) < 10 <= 20 != 30:
    a[1:2, ::3] += -1 ** ~2 @ 3
    del a, b[0], (c.d, [e])
    global q, r
try:
    assert x, 'm'
except (A, B) as e:
    raise E from None
except:
    raise
else:
    pass
finally:
    lambda: (yield from z)
try: pass
except* T: pass
match s:
    case [1, -2.5, 1+2j, *rest] | {'a': b, **more} if True: pass
    case C(x, y=(z as w)) | None | a.b: pass
    case _: pass
print(f'{a!r:>{w}} {{b}} {c}', b'x' b'y', u'k', ..., 1j, 0xff, 10**30, 123456789012345678901234567890)
x = not a or b and c if d else {1: 2, **e}, {1, 2}, {k: v for k, v in z}, {*s}, (i for i in j)
'''
tree = ast.parse(SOURCE)
print(ast.dump(tree))
print(ast.dump(tree, annotate_fields=False))
print(ast.dump(tree, include_attributes=True, indent=2))
print(ast.get_docstring(tree), repr(ast.get_docstring(tree.body[5])), repr(ast.get_docstring(tree.body[5], clean=False)))

print(ast.dump(ast.parse("a + 1", mode="eval")))
print(ast.dump(ast.parse("a; b", mode="single")))
print(ast.dump(ast.parse("(int, *str, **Any) -> List[int]", mode="func_type")))
print(ast.dump(compile("x = 1", "f", "exec", ast.PyCF_ONLY_AST)))
print(ast.dump(ast.parse(b"# -*- coding: latin-1 -*-\nx = '\xe9'")))
try:
    ast.parse("a = = 1", "name.py")
except SyntaxError as e:
    print(e, e.filename, e.lineno, e.offset, e.text)

# Walking.
expression = ast.parse("f(a + b * 2, c=[d, -e])").body[0]
print([type(n).__name__ for n in ast.walk(expression)])
print([type(n).__name__ for n in ast.iter_child_nodes(expression.value)])
print([name for name, _ in ast.iter_fields(expression.value)])

# Places and segments.
text = "x = [é,\n     'ü' + z]\r\nif x:\n\ty(  1 )\n"
for node in ast.walk(ast.parse(text)):
    if "lineno" in node._attributes:
        print(type(node).__name__, repr(ast.get_source_segment(text, node)), repr(ast.get_source_segment(text, node, padded=True)))
print(ast.get_source_segment(text, ast.Name("x")), ast.get_source_segment(text, ast.Name("x", lineno=1, col_offset=0)))

new = ast.copy_location(ast.Constant(5), expression.value)
print(ast.dump(new, include_attributes=True))
print(ast.dump(ast.increment_lineno(ast.parse("a\nb"), n=3), include_attributes=True))
made = ast.Module([ast.Expr(ast.BinOp(ast.Name("a", ast.Load()), ast.Add(), ast.Constant(1)), lineno=7)], [])
print(ast.dump(ast.fix_missing_locations(made), include_attributes=True))

# Literals.
for text in ("[1, -2, 3.5, +4j]", "{'a': (None, True), b'x': {1}}", "set()", "1+2j", " \t-1-3j", "'a' 'b'", "()"):
    value = ast.literal_eval(text)
    print(repr(value), type(value))
print(ast.literal_eval(ast.parse("[1, 2]", mode="eval")), ast.literal_eval(ast.Constant(3)))
for text in ("a", "1+1", "f()", "[x for x in y]", "-'a'", "{1: 2, **{}}", "2j+1"):
    try:
        print(ast.literal_eval(text))
    except ValueError as e:
        print(str(e).split(" object")[0])
try:
    ast.literal_eval("1 +")
except SyntaxError as e:
    print(e)
for bad in (3, "x"):
    try:
        ast.dump(bad)
    except TypeError as e:
        print(e)
try:
    ast.get_docstring(ast.Pass())
except TypeError as e:
    print(e)
