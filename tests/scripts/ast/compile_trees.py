"""compile: trees, as parsed, changed and made, and what it refuses of them."""
import ast

SOURCE = '''
import math as m
from collections import OrderedDict, deque
def deco(f):
    f.tag = f.__name__
    return f
@deco
def fact(n: int, /, acc=1, *rest, key=None, **kw) -> int:
    "doc"
    return acc if n < 2 else fact(n - 1, acc * n)
class Base:
    x, *y = 1, 2, 3
    def __init__(self, v): self.v = v
    @property
    def twice(self): return self.v * 2
class Derived(Base):
    __slots__ = ()
    def __init__(self): super().__init__(21)
def gen():
    got = yield 1
    yield from range(got or 2)
def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        return n
    return inner(), inner(), n
def kind(v):
    match v:
        case 0 | 1: return 'small'
        case [a, *_, b]: return f'ends {a} {b!r:>4}'
        case {'k': k, **rest}: return k, rest
        case Base(v=x) if x > 20: return x
        case None: return 'none'
        case -5 | 'a': return 'literal'
        case _: return 'other'
out = [fact(20), fact.tag, fact.__doc__, fact.__annotations__, Derived().twice, Base.y, list(gen()), outer()]
out += [kind(v) for v in (1, [1, 2, 3], {'k': 1, 'z': 2}, Derived(), None, -5, 2.5)]
try:
    1 / 0
except ZeroDivisionError as e:
    out.append(str(e))
else:
    out.append('no')
finally:
    out.append('finally')
for i in range(5):
    if i == 3: break
    elif i == 1: continue
else:
    out.append('else')
with open('/dev/null') as a, open('/dev/null'):
    out.append(a.name)
out += [{k: v for k, v in zip('ab', (1, 2))}, {x % 3 for x in range(9)}, [(i, j) for i in range(2) for j in range(2) if i or j]]
out += [1 < 2 < 3, not [], -2 ** 2, 7 // 2, 1 if out else 2, (lambda *a, k=3: (a, k))(1, 2), [*range(2), *'xy'], {**{'a': 1}}]
out += [b'x', ..., 1j, 123456789012345678901234567890, m.floor(2.5), deque([1], maxlen=2), 'a' 'b', out[1:2], (y := 5), y]
assert out, 'message'
del i
'''
spaces = {}
exec(compile(ast.parse(SOURCE), "tree", "exec"), spaces)
text = {}
exec(SOURCE, text)
print(spaces["out"])
print(spaces["out"] == text["out"])
print(eval(compile(ast.parse("[x * 2 for x in (1, 2)]", mode="eval"), "e", "eval")))
exec(compile(ast.parse("1 + 1; 'x'", mode="single"), "s", "single"))

# Lines are those of the tree.
tree = ast.increment_lineno(ast.parse("def f():\n    raise KeyError('k')\nf()"), 100)
try:
    exec(compile(tree, "moved.py", "exec"))
except KeyError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_filename, tb.tb_lineno, tb.tb_frame.f_code.co_name)
        tb = tb.tb_next

# Made by hand.
P = dict(lineno=1, col_offset=0)
call = ast.Call(ast.Name("print", ast.Load()), [ast.Constant((1, ("a", None), -5, 2 + 3j, -10**30))], [])
exec(compile(ast.fix_missing_locations(ast.Module([ast.Expr(call)], [])), "m", "exec"))


class Name(ast.Name):
    pass


print(eval(compile(ast.Expression(Name("P", ast.Load(), **P)), "m", "eval")))


def refuse(tree, mode="exec"):
    try:
        compile(tree, "f", mode)
        print("fine")
    except Exception as e:
        print(type(e).__name__, e)


def expression(node):
    refuse(ast.Expression(node), "eval")


def statement(node):
    refuse(ast.Module([node], []))


def n(id="x", ctx=None):
    return ast.Name(id, ctx or ast.Load(), **P)


def args(*args):
    return ast.arguments(*args)


ok = [ast.Pass(**P)]
none = ast.arguments([], [], None, [], [], None, [])
refuse(3)
refuse(ast.Module([]))
refuse(ast.Module((), []))
refuse(ast.Module([None], []))
refuse(ast.Module([3], []))
refuse(ast.Expression(n()))
refuse(ast.Interactive([]), "exec")
refuse(ast.Module([ast.Expr(ast.Name("x", ast.Load()), **P)], []))
expression(None)
expression(n("True"))
expression(n(3))
expression(n("x", ast.Store()))
expression(ast.Name("x", 3, **P))
expression(ast.BinOp(n(), 3, n(), **P))
expression(ast.BinOp(n(), None, n(), **P))
expression(ast.BoolOp(ast.And(), [n()], **P))
expression(ast.Constant([1], **P))
expression(ast.Constant((1, [2]), **P))
expression(ast.Constant(**P))
expression(ast.Compare(n(), [], [], **P))
expression(ast.Compare(n(), [ast.Lt()], [n(), n()], **P))
expression(ast.Dict([n()], [], **P))
expression(ast.ListComp(n(), [], **P))
expression(ast.List([None], ast.Load(), **P))
expression(ast.Lambda(ast.arguments([], [], None, [], [], None, [n()]), n(), **P))
expression(ast.Lambda(ast.arguments([], [], None, [ast.arg("a", **P)], [], None, []), n(), **P))
expression(ast.Name("x", ast.Load(), lineno="a", col_offset=0))
expression(ast.Name("x", ast.Load(), lineno=5, col_offset=0, end_lineno=3))
expression(ast.Name("x", ast.Load(), lineno=5, col_offset=8, end_lineno=5, end_col_offset=3))
expression(ast.Name("x", ast.Load(), lineno=5, col_offset=-8, end_lineno=5, end_col_offset=9))
statement(ast.FunctionDef("f", none, [], [], **P))
statement(ast.FunctionDef(None, none, ok, [], **P))
statement(ast.FunctionDef("f", none, ok, [], **P))
statement(ast.Delete([], **P))
statement(ast.Delete([n()], **P))
statement(ast.Assign([], n(), **P))
statement(ast.Assign([ast.Constant(1, **P)], n(), **P))
statement(ast.Try(ok, [], [], [], **P))
statement(ast.Try(ok, [], ok, ok, **P))
statement(ast.Raise(None, n(), **P))
statement(ast.ImportFrom("x", [ast.alias("y", **P)], -1, **P))
statement(ast.Import([], **P))
statement(ast.Global([], **P))
statement(ast.Global([3], **P))
statement(ast.AnnAssign(ast.Tuple([], ast.Store(), **P), n(), None, 1, **P))
statement(ast.With([], ok, **P))
statement(ast.If(n(), [], [], **P))
statement(ast.Match(n(), [], **P))
statement(ast.Expr(n()))
statement(ast.Expr(None, **P))
Q = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
for pattern in (
    ast.MatchValue(n(), **P), ast.MatchValue(n(), **Q), ast.MatchSingleton(3, **Q), ast.MatchStar(**Q), ast.MatchAs(None, None, **Q),
    ast.MatchAs(ast.MatchAs(**Q), None, **Q), ast.MatchAs(None, "_", **Q), ast.MatchOr([ast.MatchAs(**Q)], **Q),
    ast.MatchMapping([n()], [], **Q), ast.MatchClass(n(), [], ["a"], [], **Q), ast.MatchClass(ast.Constant(1, **P), [], [], [], **Q),
    ast.MatchValue(ast.Constant(None, **P), **Q),
):
    statement(ast.Match(n(), [ast.match_case(pattern, None, ok)], **P))
for mode in ("x", "func_type"):
    refuse("1", mode)
try:
    compile("1", "f", "exec", 1 << 30)
except ValueError as e:
    print(e)
try:
    compile(ast.parse("return"), "f", "exec")
except SyntaxError as e:
    print(e)
