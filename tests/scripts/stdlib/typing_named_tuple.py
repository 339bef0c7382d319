from typing import NamedTuple, TypedDict, Generic, TypeVar, Deque, DefaultDict, OrderedDict, Counter, ChainMap, get_type_hints, Optional
import typing
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class P(NamedTuple):
    "pdoc"
    x: int
    y: int = 2
    def dist(self): return self.x + self.y
    @property
    def sq(self): return self.x ** 2
p = P(1); print(p, p.x, p.dist(), p.sq, P._fields, P._field_defaults, P.__annotations__, P.__doc__, P.__mro__, p._replace(x=5), p._asdict(), p == (1, 2), P(3, 4) < P(4, 0))
tr(P); tr(P, 1, 2, 3)
E = NamedTuple("E", [("a", int), ("b", "Optional[str]")]); print(E(1, "x"), E.__annotations__, get_type_hints(E))
def b1():
    class B(NamedTuple):
        a: int = 1
        b: int
tr(b1)
def b2():
    class B(NamedTuple):
        a: int
        _fields = 3
tr(b2)
def b3():
    class B(NamedTuple, int): pass
tr(b3)
print(Deque[int], DefaultDict[str, int], OrderedDict[str, int], Counter[str], ChainMap[str, int], Deque, P.__module__, P.__qualname__, P.__name__)
match p:
    case P(x, y): print(x, y)
class Sub(P):
    pass
print(Sub(1), Sub.__mro__[1:])
