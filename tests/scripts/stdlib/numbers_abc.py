import numbers
from numbers import *
print(isinstance(1, Integral), isinstance(1.5, Real), isinstance(1.5, Rational), isinstance(True, Number), isinstance("1", Number), issubclass(int, Rational), issubclass(float, Complex))
for c in (Number, Complex, Real, Rational, Integral):
    print(c, c.__mro__[1:], sorted(c.__abstractmethods__))
class Half(Rational):
    numerator = 1
    denominator = 2
for n in Half.__abstractmethods__: setattr(Half, n, lambda *a: "called")
Half.__abstractmethods__ = frozenset()
h = Half(); print(float(h), bool(h != 0), h.imag, h.conjugate(), h.real)
class W(Integral): pass
try: W()
except TypeError as e: print(str(e)[:60])
