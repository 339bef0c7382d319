# dataclass combos and more edge programs
from dataclasses import dataclass, field, asdict, KW_ONLY, fields, make_dataclass, astuple
from typing import List, Optional, ClassVar, Dict, Generic, TypeVar, Any, Union
from enum import Enum
from abc import ABC, abstractmethod
T = TypeVar("T")
class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...
@dataclass
class Sq(Shape):
    side: float
    tags: List[str] = field(default_factory=list)
    count: ClassVar[int] = 0
    opt: Optional[int] = None
    def area(self): return self.side ** 2
print(Sq(2.0), Sq(2.0).area(), Sq.__doc__, asdict(Sq(1, ["a"])))
@dataclass(order=True)
class Item(Generic[T]):
    prio: int
    val: T = field(compare=False)
print(sorted([Item(2, "b"), Item(1, "a")]), Item[int](1, 2), Item.__parameters__, Item.__doc__)
class Kind(Enum):
    A = "a"
@dataclass(frozen=True)
class Key:
    kind: Kind
    pos: tuple
print(Key(Kind.A, (1, 2)), {Key(Kind.A, (1, 2)): 3}[Key(Kind.A, (1, 2))], asdict(Key(Kind.A, (1,))))
@dataclass
class Tree:
    left: "Optional[Tree]" = None
    right: Optional["Tree"] = None
    data: Dict[str, Any] = field(default_factory=dict)
t = Tree(Tree(), Tree(Tree())); print(t, asdict(t), Tree.__doc__)
@dataclass
class Base:
    x: int
    def __post_init__(self): print("post base", self.x)
@dataclass
class Child(Base):
    y: int = 0
    def __post_init__(self): super().__post_init__(); self.z = self.x + self.y
print(Child(1, 2).z, Child(1))
@dataclass(slots=True, frozen=True)
class Pt:
    x: int
    y: int = 0
p = Pt(1)
try: p.x = 3
except Exception as e: print(type(e).__name__, e)
print(p, hash(p) == hash(Pt(1)), Pt.__slots__)
try: p.q = 1
except Exception as e: print(type(e).__name__, e)
import copy
print(copy.copy(p), copy.deepcopy(t) == t)
def outer():
    @dataclass
    class Loc:
        a: int
    return Loc(1)
print(outer())
try: Sq()
except TypeError as e: print(e)
try: Child(1, 2, 3)
except TypeError as e: print(e)
@dataclass
class Props:
    _v: int = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x
q = Props(); q.v = 4; print(q)
@dataclass
class Un:
    a: Union[int, str] = 3
    b: int | None = None
    c: list[int] = field(default_factory=lambda: [1])
    d: "int" = 0
print(Un(), Un.__doc__)
@dataclass(eq=False)
class Id: a: int
print(Id(1) == Id(1), Id(1) != Id(1))
class Meta(type): pass
@dataclass
class WithMeta(metaclass=Meta): a: int = 1
print(WithMeta(), type(WithMeta).__name__)
@dataclass(init=False)
class NoInit:
    a: int
    def __init__(self, z): self.a = z * 2
print(NoInit(3))
@dataclass(repr=False)
class NoRepr:
    a: int
    def __repr__(self): return "custom"
print(NoRepr(1))
@dataclass(init=False)
class Sg:
    a: int
    def __init__(self, p, /, q, r: "int" = 3, *args: int, k, kk=None, **kw): pass
class SgB:
    def __init__(self, *, z): pass
@dataclass(init=False)
class SgC(SgB):
    a: int = 0
@dataclass
class KwD:
    a: int
    _: KW_ONLY
    b: int = 3
    c: list = field(default_factory=list)
print(Sg.__doc__, SgC.__doc__, KwD.__doc__, NoInit.__doc__)
