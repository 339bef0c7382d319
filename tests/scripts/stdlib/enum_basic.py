import enum
from enum import Enum, IntEnum, auto, unique, member, nonmember, EnumType, EnumMeta
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
    def desc(self): return self.name.lower() + str(self.value)
    @property
    def dbl(self): return self.value * 2
    @classmethod
    def first(cls): return cls.RED
    @staticmethod
    def st(): return "st"
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color)
print(Color.RED.desc(), Color.GREEN.dbl, Color.first(), Color.st(), Color.__members__, list(Color.__members__), type(Color.RED), isinstance(Color.RED, Color))
print(Color.RED == 1, Color.RED == Color.RED, Color.RED != Color.BLUE, Color.RED in Color, {Color.RED: 1}[Color.CRIMSON], bool(Color.RED), f"{Color.RED}", f"{Color.RED:>12}", "%s" % Color.RED, list(reversed(Color)))
tr(Color, 9)
tr(Color, "x")
tr(lambda: Color["NO"])
tr(lambda: Color.NO)
tr(lambda: Color.RED < Color.BLUE)
tr(setattr, Color, "RED", 5)
tr(delattr, Color, "RED")
tr(lambda: Color.RED.BLUE)
def sv(): Color.RED.value = 3
tr(sv)
def sn(): Color.RED.name = 3
tr(sn)
tr(lambda: 1 in Color)
def dup():
    class D(Enum):
        a = 1
        a = 2
tr(dup)
class Auto(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
    E = 2
    F = auto()
print(list(Auto))
class NV(Enum):
    def _generate_next_value_(name, start, count, last_values): return name.lower() + str(count)
    X = auto()
    Y = auto()
print(list(NV))
class Planet(Enum):
    EARTH = (5, 6)
    MARS = (3, 2)
    def __init__(self, mass, radius):
        self.mass = mass; self.radius = radius
    @property
    def g(self): return self.mass / self.radius
print(Planet.EARTH, Planet.EARTH.value, Planet.MARS.g, Planet((5, 6)))
class Coord(bytes if 0 else int, Enum):
    def __new__(cls, value, label):
        obj = int.__new__(cls, value); obj._value_ = value; obj.label = label
        return obj
    PX = (0, "P.X")
    PY = (1, "P.Y")
print(Coord.PY, repr(Coord.PY), Coord(1).label, Coord.PX + 5, Coord.PY == 1, f"{Coord.PY}")
class Missing(Enum):
    A = 1
    @classmethod
    def _missing_(cls, value):
        if value == "a": return cls.A
        if value == "bad": return 7
        if value == "err": raise KeyError("kk")
print(Missing("a"))
tr(Missing, "bad"); tr(Missing, "err"); tr(Missing, "q")
class Num(IntEnum):
    ONE = 1
    TWO = 2
print(Num.ONE, repr(Num.ONE), Num.ONE + 1, Num.ONE < Num.TWO, Num(2), f"{Num.TWO:03d}", [10, 20, 30][Num.ONE], Num.ONE == 1, isinstance(Num.ONE, int), str(Num.ONE), format(Num.ONE), sorted([Num.TWO, Num.ONE]), {1: "x"}[Num.ONE], int(Num.TWO), Num.ONE.__class__)
@unique
class U(Enum):
    a = 1
def nu():
    @unique
    class U2(Enum):
        a = 1
        b = 1
        c = 1
tr(nu)
Animal = Enum("Animal", "CAT DOG, BIRD")
print(list(Animal), Animal.__module__, Animal.__qualname__)
print(list(Enum("A2", ["x", "y"])), list(Enum("A3", {"p": 5, "q": 6})), list(Enum("A4", [("m", 1), ("n", 3)], start=5)), list(Enum("A5", "a b", start=10)), IntEnum("A6", "a b").a + 1)
class Mixin:
    def hi(self): return "hi " + self.name
class MM(Mixin, Enum):
    Z = 1
print(MM.Z.hi())
class Empty(Enum):
    def behave(self): return self.value + 100
class Sub(Empty):
    ONE = 1
print(Sub.ONE.behave(), list(Empty), len(Empty), Sub.__mro__)
class Over(Enum):
    A = 1
    def __str__(self): return "over"
    def __repr__(self): return "rover"
print(Over.A, repr(Over.A), f"{Over.A}", [Over.A])
class Unh(Enum):
    L = [1]
    M = {2: 3}
    N = [1]
print(Unh.L, Unh([1]), Unh.N is Unh.L, Unh({2: 3}))
class Priv(Enum):
    _x = 1
    __y = 2
    z = 3
print(list(Priv), Priv._Priv__y)
class Ign(Enum):
    _ignore_ = "i tmp"
    for i in range(2): vars()["m%d" % i] = i
    tmp = 3
print(list(Ign))
def sund():
    class S(Enum):
        _bad_ = 1
tr(sund)
class Mem(Enum):
    f = member(lambda s: 1)
    g = nonmember(5)
    @member
    def h(): return "hh"
print([m.name for m in Mem], Mem.g, Mem.h.value())
class NoneV(Enum):
    N = None
    T = True
    F = False
    I = 1
print(list(NoneV), NoneV(None), NoneV(1), bool(NoneV.F))
class Ord(Enum):
    _order_ = "a b"
    a = 1
    b = 2
def ordbad():
    class O(Enum):
        _order_ = "b a"
        a = 1
        b = 2
tr(ordbad)
def newm():
    class Q(Enum):
        mro = 1
tr(newm)
import sys
class Tup(tuple, Enum):
    A = 1, 2
    B = (3,)
print(Tup.A, repr(Tup.A), Tup.A[1], Tup.A.value)
class Hook(Enum):
    def __init_subclass__(cls, **k): super().__init_subclass__(**k); print("init_subclass", cls.__name__, list(cls), k)
class HookS(Hook):
    A = 1
def typ():
    class Bad(int, str if 0 else float, Enum):
        A = 1
try:
    typ()
except TypeError as e:
    # The classes stand in the order of a set.
    print(str(e)[:30])
tr(lambda: Enum("X", "a b a"))
print(Color.__doc__, Enum.__doc__ is not None, dir(Color.RED), [d for d in dir(Color) if not d.startswith("__")])
match Color.GREEN:
    case Color.RED: print("r")
    case Color.GREEN: print("g")
print(Color.RED.__class__, Color.__class__, EnumMeta is EnumType, Color.RED.__objclass__, Color.RED._sort_order_, Color._member_names_, Color._value2member_map_, Color.RED.__reduce_ex__(2), Color.RED.__reduce_ex__(2)[0] is Color)
print(Color.RED.__deepcopy__({}) is Color.RED, Color.RED.__copy__() is Color.RED)
class Prop(Enum):
    A = 1
    @enum.property
    def P(self): return "prop of " + self.name
    @enum.property
    def value(self): return "val" + str(self._value_)
print(Prop.A.P, Prop.A.value)
tr(lambda: Prop.P)
class DD(float, Enum):
    A = 1.5
print(DD.A, repr(DD.A), DD.A + 1, f"{DD.A}", str(DD.A))
class Call(Enum):
    plus = lambda a, b: a + b
    p = 1
print(list(Call), Call.plus(1, 2))
class Cmp(Enum):
    A = 1
    B = 2
    def __lt__(self, o): return self.value < o.value
print(Cmp.A < Cmp.B, sorted([Cmp.B, Cmp.A]))
class EqE(Enum):
    A = 1
    def __eq__(self, o): return True
    def __hash__(self): return 5
print(EqE.A == 3, hash(EqE.A))
class T2(Enum):
    A = auto(), "x"
    B = auto(), "y"
print(list(T2))
print(Enum, IntEnum, Enum.__mro__, IntEnum.__mro__, repr(auto())[:5])
