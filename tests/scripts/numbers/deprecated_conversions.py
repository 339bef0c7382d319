# stderr
"""Conversions that give a strict subclass, int() by __trunc__, and the truth of NotImplemented."""

import math
import operator

class I(int):
    pass
class A:
    def __int__(self): return True
    def __index__(self): return I(3)
class B:
    def __index__(self): return True
class F(float):
    pass
class C:
    def __float__(self): return F(2.5)
class T:
    def __trunc__(self): return 5
class N(int):
    def __int__(self): return I(4)
def t(f):
    try: print(f())
    except BaseException as e: print(type(e), e)
t(lambda: int(A()))
t(lambda: int(B()))
t(lambda: [1,2,3,4][A()])
t(lambda: operator.index(A()))
t(lambda: float(C()))
t(lambda: math.sqrt(C()))
t(lambda: int(T()))
t(lambda: int(N(3)))
t(lambda: bool(NotImplemented))
t(lambda: not NotImplemented)
t(lambda: 5 if NotImplemented else 6)
t(lambda: NotImplemented and 3)
t(lambda: float(A()))
t(lambda: range(B()))
t(lambda: complex(C()))
t(lambda: '%d' % A())
t(lambda: '%f' % C())
t(lambda: hex(B()))
t(lambda: "ab" * B())
t(lambda: math.floor(C()))

import warnings

warnings.simplefilter("error")
t(lambda: int(A()))
t(lambda: [1, 2][A()])
t(lambda: float(C()))
t(lambda: bool(NotImplemented))
t(lambda: int(T()))
t(lambda: (int(I(3)), int(True), float(F(2)), operator.index(I(4)), [1, 2][True]))
