# Classes in an enumeration, and __new__ that asks Enum's.
import sys, warnings
import enum
warnings.simplefilter('always')
warnings.showwarning=lambda m,c,*a,**k: print('W',c.__name__,m)
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
class Outer(enum.Enum):
    a=1
    class Inner(enum.Enum):
        foo=1
print(Outer.Inner)
class I2(enum.Enum):
    class In: pass
print(list(I2))
def f():
    class E(enum.Enum):
        def __new__(cls, v):
            return super().__new__(cls, v)
        a=1
    return list(E)
t(f)
def f():
    class E(int, enum.Enum):
        def __new__(cls, v):
            o=super().__new__(cls, v); o._value_=v+1
            return o
        a=1
    return list(E)
t(f)
print(list(enum.FlagBoundary), enum.FlagBoundary.STRICT, repr(enum.STRICT), enum.FlagBoundary('strict'), enum.FlagBoundary.__mro__, enum.STRICT.value)
print(enum.Enum._member_type_, enum.IntEnum._member_type_, enum.IntFlag._member_type_, enum.Flag._member_type_, enum.StrEnum._member_type_)
class P(enum.Enum): a=1
