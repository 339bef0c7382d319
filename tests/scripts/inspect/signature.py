import collections, functools, inspect, types, sys

def f(a, b=1, *c, d, e=2, **kw): pass
def p0(a, b): pass
class A:
    def m(self): return 1
class D(A):
    @property
    def p(self): pass
def deco(f):
    @functools.wraps(f)
    def w(*a, **k):
        return f(*a, **k)
    return w
@deco
def g(x): pass
class Meta(type):
    def __call__(cls, *args, **kw): return super().__call__()
class WithMeta(metaclass=Meta): pass
class N:
    def __new__(cls, a, *, b): return super().__new__(cls)
class Plain: pass
class Exc(ValueError): pass
import dataclasses, enum, collections
@dataclasses.dataclass
class P:
    x: int
    y: 'str' = 'q'
    z: list = dataclasses.field(default_factory=list)
class En(enum.Enum): A=1
for o in [WithMeta, N, Plain, P, collections.namedtuple('T','a b'), object, type, int, list, print, len, sorted, max, str.split, 'a'.split, [].append, list.append, dict.fromkeys, functools.partial(print, 1), functools.partial(f, b=2), functools.lru_cache(f), En, Exc, str, range, map, zip, enumerate, property, A().m, A.m, int.__add__, (1).__add__, functools.reduce, isinstance, getattr, 5, sum, pow, float, complex, staticmethod(p0), sys.exit, hash]:
    try:
        print(inspect.signature(o))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, str(e).split(' at 0x')[0])
def ann(a: int, b: 'str', c: list[int], d: 'undefined' = None) -> 'int': pass
print(inspect.signature(ann), inspect.get_annotations(ann))
try: inspect.get_annotations(ann, eval_str=True)
except NameError as e: print(e)
import typing
def ty(a: typing.Optional[int], b: typing.List['str'], *args: typing.Any, c: typing.Callable[[int], str] = None, **k: A): pass
print(inspect.signature(ty))
P_ = inspect.Parameter
for a in [lambda: P_('1', P_.KEYWORD_ONLY), lambda: P_('a', 9), lambda: P_('a', P_.VAR_KEYWORD, default=1), lambda: P_(1, 0), lambda: P_('if', 1), lambda: inspect.Signature([P_('a', 3), P_('b', 1)]), lambda: inspect.Signature([P_('a', 1, default=1), P_('b', 1)]), lambda: inspect.Signature([P_('a', 1), P_('a', 1)]), lambda: inspect.signature(3)]:
    try: print(a())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
s = inspect.signature(lambda a, /, b=2, *, c: 0)
print(s.replace(return_annotation=int), s.replace(parameters=list(s.parameters.values())[:1]), hash(s) == hash(s.replace()), s == s.replace())
b = s.bind(1, c=3); b.apply_defaults(); print(b, b.args, b.kwargs, b.signature is s, b.arguments)
class W:
    @functools.singledispatchmethod
    def sd(self, a): pass
    pm = functools.partialmethod(m0 := (lambda self, a, b: 0), 1)
print(inspect.signature(W.pm), inspect.signature(W().pm))
print(inspect.isabstract(collections.abc.Sized), inspect.isroutine(len), inspect.isbuiltin([].append), inspect.isdatadescriptor(D.p), inspect.ismethoddescriptor(str.join), inspect.isgetsetdescriptor(type.__dict__['__dict__']), inspect.unwrap(g).__name__)
print(inspect.getmro(En))
print(type(inspect.getattr_static(D, 'p')), inspect.getattr_static(D(), 'nope', 7))
