"""ast.unparse: statements, precedence, strings and f-strings."""
import ast

SOURCE = r'''
"""Doc "quoted" \\ text
second line"""
import a.b as c, d
from .e import *
from .. import f as g
@deco
@other(1)
class C(B, metaclass=M, **kw):
    'doc\'s'
    x: int
    (y): int = 1
    a.b: str
    async def m(self, a, /, b=1, *c, d, e=2, **g) -> int:
        u'doc'
        async with x as y, z: pass
        async for i in j: await k
        else: return
    def n(*, a): ...
    def o(*args: int, **kwargs: str): return (yield)
class D: pass
if a: pass
elif b: pass
else:
    if c: x
    y
if p: q
else:
    if r: s
for (i, j), *k in l, m: break
else: continue
while 1:
    try: x
    except A as e: raise
    except (B, C): raise X from y
    except: pass
    else: a
    finally: b
try: pass
except* E: pass
with (a): pass
with a as (b, c), d: x
global g1, g2
nonlocal n1
assert x, y
del a[0], (b, c), d.e
return
x = y = z, w
x, = 1,
x += (yield)
x: tuple = (1, 2)
match a, b:
    case 1 | -2.5 | 'x' | None | True: pass
    case [a, *_, (b as c)] | (d, *e): pass
    case {'k': v, 1: _, **rest} if x: pass
    case C(1, k=2) | m.D() | E(a, b): pass
    case (1 | 2) as z: pass
'''
tree = ast.parse(SOURCE)
text = ast.unparse(tree)
print(text)
print(ast.dump(ast.parse(text)) == ast.dump(tree))

for source in """
a + b * c - (d - e) / -f ** -g
(a ** b) ** c ** d
-a ** b, (-a) ** b, not (not a), -(-a), ~(+a)
a or b and (c or d), not a in b, not (a and b), (a and b) and c
a < b <= c != d is not e not in f, (a < b) < c, a < (b == c)
a << b >> c & d | e ^ f @ g // h % i
lambda: 0, lambda x, *y, z=1, **k: (x, y), (lambda: 1)()
a if b else c if d else e, (a if b else c) if d else e, (lambda: x) if y else z
[x for x in y if z for w in v if u], {a: b for a, b in c}, {x async for x in y}, (i for i in (j if k else l))
f(*a, *b, c=d, **e), f(x for x in y), f((yield), (a := 1))
(a := 1), [a := 1, 2], x[a := 1], x[(a, b)], x[a:b, ::c], x[()], x[a,], x[*a, b]
1 .real, 1.5.real, (1j).imag, 'a'.b, (-1).c, (a, b).c, (yield), (await x).y, await x.y, (await x) ** 2
{}, {*()}, {1}, (), (1,), [1], {1: 2, **a}, [*a, *(b or c)], {**(a or b)}
1e400, -1e400, 1e400j, 1_000, 0x10, ..., None, True, b'a\\x00', u'k', 1e100
'a"b', "a'b", 'a\\nb', '\\t', '\\\\', "'\\"", 'é\\x00', '\\ud800'
f'{a}', f'{a!r}', f'{a:>{b}.2f}', f'{{}}{a}', f"{'x'}", f'{ {1: 2} }', f'a\\n{b}', f"'{a}'\\"", f'{x:%Y-%m}', f'{a=}', f'{(lambda: 1)}'
f'{a["k"]}{b}', f'''{f'{x}'}''', f'', f'{a}' 'b' f'{c}'
x = yield y, z
yield from (a or b)
await (a if b else c)
*a, b = *c, d
print(*a if b else c)
""".strip().splitlines():
    tree = ast.parse(source)
    text = ast.unparse(tree)
    print(text, ast.dump(ast.parse(text)) == ast.dump(tree))

print(ast.unparse(ast.parse("f(a)").body[0].value), ast.unparse(ast.arguments([], [ast.arg("x")], None, [], [], None, [ast.Constant(1)])))
print(repr(ast.unparse(ast.comprehension(ast.Name("a"), ast.Name("b"), [ast.Name("c")], 1))), ast.unparse(ast.Expression(ast.Name("x"))))
print(ast.unparse([ast.Pass(), ast.Name("x")]), repr(ast.unparse(ast.Module([], []))))
print(ast.unparse(ast.Constant((1, (), ("a",)), kind=None)), ast.unparse(ast.Set([])), ast.unparse(ast.FunctionType([ast.Name("a")], ast.Name("b"))))
print(ast.unparse(ast.Assign([ast.Name("x")], ast.Constant(1), type_comment="int", lineno=1)))
for bad in (ast.Raise(None, ast.Name("x")), ast.JoinedStr([ast.Name("x")]), ast.YieldFrom(None), ast.Assign([ast.Name("x")], ast.Constant(1)),
            ast.JoinedStr([ast.FormattedValue(ast.Constant("\\"), -1, None)])):
    try:
        print(ast.unparse(bad))
    except (ValueError, AttributeError) as e:
        print(type(e).__name__, str(e).split(" at ")[0])
