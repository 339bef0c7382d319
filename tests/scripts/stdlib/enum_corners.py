# Checks, flags and names of enumerations.
import enum
print(repr(enum.STRICT), repr(enum.UNIQUE), list(enum.FlagBoundary), list(enum.EnumCheck))
from enum import *
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def f1():
    @verify(CONTINUOUS)
    class M(Enum):
        A=1;B=4;C=11;D=13
t(f1)
def f2():
    @verify(NAMED_FLAGS)
    class B(Flag):
        b=3;c=4;d=6
t(f2)
def f3():
    @verify(UNIQUE)
    class B(Enum):
        a=1;b=1
t(f3)
class C(Flag):
    R=1;G=2;B=4;W=7
t(lambda: (C.R|C.G, ~C.R, C(3), list(C), list(C.W), len(C.W), C.R in C.W, C(0), bool(C(0)), C.W&~C.R, C['R'], C.W.name, (C.R|C.G).name, (C.R|C.G).value, repr(C(0))))
t(lambda: C(8))
class I(IntFlag):
    A=1;B=2
t(lambda: (I(8), I.A|8, I(3), ~I.A, I.A+1, str(I.A|I.B), format(I.A), I(0), -I.A))
class K(Flag, boundary=KEEP): A=1
class J(Flag, boundary=EJECT): A=1
class CF(Flag, boundary=CONFORM): A=1
t(lambda: (K(9), J(9), CF(9)))
class S(StrEnum):
    A=auto(); B='x'
t(lambda: (S.A, str(S.B), repr(S.A), S.A=='a', f'{S.B}', S('x')))
class A(Enum):
    x=auto(); y=auto()
    @property
    def z(self): return self.value*2
    @classmethod
    def d(cls): return cls.x
    def __str__(self): return 'A!'+self.name
t(lambda: (A.x.z, A.d(), str(A.y), f'{A.x}', A(1), A['y'], A.__members__, list(reversed(A)), A.x < A.y))
t(lambda: A(3)); t(lambda: A['q']); t(lambda: setattr(A,'x',3)); t(lambda: A.q); t(lambda: delattr(A,'x'))
t(lambda: sorted(dir(A))); t(lambda: sorted(dir(A.x)))
F=Enum('F','a b c'); t(lambda: (list(F), F.a.value, F.__module__)); F2=Enum('F2',{'a':5,'b':6}); t(lambda:list(F2)); F3=IntEnum('F3',['q','r'],start=10); t(lambda:list(F3))
class P(Enum):
    E=(1.0,2.0)
    def __init__(self,m,r): self.m=m; self.r=r
t(lambda: (P.E.m, P.E, P((1.0,2.0))))
class Ord(Enum):
    def _generate_next_value_(name,start,count,last): return name.lower()
    AA=auto(); BB=auto()
t(lambda: list(Ord))
class M(Enum):
    a=1
    @classmethod
    def _missing_(cls,v): return cls.a if v==99 else None
t(lambda: (M(99), )); t(lambda: M(98))
class nm(Enum):
    a=nonmember(5); b=member(6); c=7
    def f(self): pass
t(lambda: (nm.a, nm.b, list(nm)))
t(lambda: (A.x in A, 1 in A)); t(lambda: 'z' in A)
import pickle,copy
t(lambda: (pickle.loads(pickle.dumps(A.x)) is A.x, copy.deepcopy(A.x) is A.x))
def f9():
    class X(A): pass
t(f9)
def f10():
    class X(Enum):
        a=1; a=2
t(f10)
