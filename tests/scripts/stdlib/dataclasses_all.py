from dataclasses import *
import dataclasses
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
@dataclass
class P:
    x: int
    y: int = 2
    z: list = field(default_factory=list)
print(P(1), P(1,2)==P(1), P(1)!=P(2), P.__match_args__, P.y, hasattr(P,'z'), P.__doc__, P(1,y=5,z=[1]))
tr(P)
tr(P,1,2,3,4)
tr(P,1,w=2)
tr(hash,P(1))
tr(lambda: P(1)<P(2))
print(P.__hash__, P.__eq__.__qualname__, P.__init__.__qualname__, P.__repr__.__qualname__, P.__init__.__annotations__)
print([f.name for f in fields(P(1))])
tr(fields,3)
print(is_dataclass(P), is_dataclass(P(1)), is_dataclass(3))
print(asdict(P(1,z=[P(3),{"a":P(4)},(P(5),)])), astuple(P(1,z=[P(3)])), asdict(P(1),dict_factory=lambda kv: list(kv)))
print(replace(P(1),x=9))
tr(replace,P(1),q=9)
tr(replace,3)
@dataclass(order=True, frozen=True)
class O:
    a: int
    b: str = "x"
print(O(1)<O(2), O(1)<=O(1), O(2)>O(1,"y"), O(1)>=O(1), sorted([O(3),O(1)]), hash(O(1))==hash(O(1)), hash(O(1))==hash((1,"x")))
def seta(): o=O(1); o.a=3
tr(seta)
def dela(): o=O(1); del o.a
tr(dela)
def setz(): o=O(1); o.zzz=3
tr(setz)
print(FrozenInstanceError.__mro__)
tr(lambda: O(1)<3)
@dataclass
class Q(P):
    w: int = 7
    x: str = "changed"
print(Q(), [f.name for f in fields(Q)])
def bad1():
    @dataclass
    class B:
        a: int = 1
        b: int
tr(bad1)
def bad2():
    @dataclass
    class B:
        a: list = []
tr(bad2)
def bad3():
    @dataclass(frozen=True)
    class B(P): pass
tr(bad3)
def bad4():
    @dataclass
    class B(O): pass
tr(bad4)
def bad5():
    @dataclass(order=True)
    class B:
        a: int
        def __lt__(s,o): pass
tr(bad5)
def bad6():
    @dataclass(order=True, eq=False)
    class B: a: int
tr(bad6)
def bad7():
    @dataclass
    class B: a: int = field(default=1, default_factory=int)
tr(bad7)
def bad8():
    @dataclass(frozen=True)
    class B:
        a: int
        def __setattr__(s,n,v): pass
tr(bad8)
def bad9():
    @dataclass(unsafe_hash=True)
    class B:
        a: int
        def __hash__(s): return 1
tr(bad9)
def bad10():
    @dataclass
    class B:
        a = field()
tr(bad10)
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int
    c: int = 3
print(K(1,b=2), K.__match_args__)
tr(K,1,2)
tr(K,1)
@dataclass(kw_only=True)
class K2: 
    a: int = 1
    b: int
    c: int = field(kw_only=False)
print(K2(5,b=2), K2.__match_args__)
from typing import ClassVar
@dataclass
class I:
    a: int
    b: InitVar[int]
    k: ClassVar[int] = 9
    c: int = field(init=False)
    d: int = field(default=4, repr=False, compare=False, hash=True, metadata={"m":1})
    e: InitVar[str] = "init"
    def __post_init__(self, b, e): self.c=self.a+b; print("post",e)
print(I(1,2), I(1,2)==I(1,2,d=9), [f.name for f in fields(I)], fields(I)[2].metadata["m"], InitVar[int])
tr(replace, I(1,2), a=3)
print(replace(I(1,2), a=3, b=4))
tr(replace, I(1,2), c=3, b=1)
@dataclass(slots=True)
class S:
    a: int
    b: int = 5
print(S(1), S.__slots__, S(1).b)
def sets(): s=S(1); s.q=3
tr(sets)
@dataclass(repr=False, eq=False, init=False)
class N: a: int
print(N.__init__ is object.__init__, N.__eq__ is object.__eq__)
M=make_dataclass("M",["x",("y",int),("z",int,field(default=5))],namespace={"dbl":lambda s: s.x*2}, bases=(), frozen=True)
print(M(1,2), M(1,2).dbl(), M.__annotations__['y'])
tr(make_dataclass,"M",["class"])
tr(make_dataclass,"M",["a","a"])
tr(make_dataclass,"M",[("a",int,3,4)])
tr(make_dataclass,"M",["1a"])
@dataclass
class R:
    s: object = None
r=R(); r.s=[r]; print(r)
match P(1,5):
    case P(a,b): print(a,b)
@dataclass
class Outer:
    @dataclass
    class Inner:
        i: int
    o: int = 0
print(Outer.Inner(3), Outer())
@dataclass
class U:
    x: "int"
    y: "ClassVar[int]" = 3
    z: "InitVar[int]" = 4
print([f.name for f in fields(U)], U(1))
@dataclass(frozen=True)
class FR:
    a: int = field(init=False, default=3)
    b: list = field(default_factory=list, compare=False)
print(FR(), hash(FR())==hash((3,)))
@dataclass(unsafe_hash=True)
class UH:
    a: int
    b: int = field(hash=False, default=1)
print(hash(UH(3))==hash((3,)))
print(P.__dataclass_params__, list(P.__dataclass_fields__))
@dataclass(match_args=False)
class NM: a: int
print(hasattr(NM,"__match_args__"))
@dataclass
class Doc:
    "my doc"
    a: int
print(Doc.__doc__)
@dataclass(frozen=True)
class FB:
    x: int
@dataclass(frozen=True)
class FC(FB):
    y: int = 0
print(FC(1), FC(1)==FB(1))
tr(setattr, FC(1), "x", 3)
@dataclass
class SelfArg:
    self: int
    other: int = 1
print(SelfArg(3))
class Des:
    def __get__(s,i,o): return 42 if i is None else i._v
    def __set__(s,i,v): i._v=v*2
@dataclass
class DD:
    a: int = Des()
print(DD(), DD(3))
@dataclass
class Tup:
    t: tuple = ()
from collections import namedtuple
NT=namedtuple("NT","a b")
print(asdict(Tup(NT(1,[P(1)]))))
