import enum
from enum import *
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class S(StrEnum):
    A = "a"
    B = auto()
    LongName = auto()
print(S.A, repr(S.A), S.B, S.A + "x", S.A == "a", S("b"), f"{S.LongName:>10}", S.A.upper(), isinstance(S.A, str), "".join([S.A, S.B]), {"a": 1}[S.A], S.A in ("a",), len(S.LongName), sorted([S.B, S.A]), str(S.A), "%s" % S.A, S.A.value, S.A.name)
def bad():
    class T(StrEnum):
        A = 1
tr(bad)
class C(str, Enum):
    A = "x"
    B = "y"
print(C.A, repr(C.A), C.A == "x", C("y"), f"{C.A}", "-".join([C.A, C.B]), C.A.value, str(C.A))
print(list(FlagBoundary), STRICT, repr(KEEP), FlagBoundary.STRICT == "strict")
@verify(UNIQUE)
class V(Enum):
    a = 1
    b = 2
def v1():
    @verify(UNIQUE)
    class V1(Enum):
        a = 1
        b = 1
tr(v1)
def v2():
    @verify(CONTINUOUS)
    class V2(Enum):
        a = 1
        b = 5
tr(v2)
def v3():
    @verify(NAMED_FLAGS)
    class V3(Flag):
        a = 1
        b = 14
tr(v3)
def v4():
    @verify(CONTINUOUS)
    class V4(Flag):
        a = 1
        b = 8
tr(v4)
@global_enum
class G(Enum):
    GA = 1
    GB = 2
print(GA, repr(GA), GB)
@global_enum
class GF(Flag):
    GX = 1
    GY = 2
print(GX, GX | GY)
print(enum.show_flag_values(7), enum.bin(5), enum.bin(-5), enum.bin(5, 8))
class Pk(Enum):
    A = 1
    __reduce_ex__ = pickle_by_enum_name
print(Pk.A.__reduce_ex__(2)[1])
class N(IntEnum):
    a = 1
    @property
    def lbl(self): return "L" + self.name
print(N.a.lbl, EnumCheck.UNIQUE)
