from fractions import Fraction as F
import math
print(F(3, 6), F(-3, -6), F("3/4"), F("0.25"), F("-1.5e2"), F(0.5), F(7), repr(F(1, 3)), F(F(1, 2), F(3, 4)), F(" 5 "))
a, b = F(1, 3), F(3, 4)
print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(b, a), a ** 2, a ** -2, a ** 0.5, 2 ** F(3), a + 1, 1 - a, a + 0.5, 2 / a, -a, abs(F(-1, 2)), a < b, a == F(2, 6), a <= 1, F(1, 2) == 0.5, hash(F(1, 2)) == hash(0.5), hash(F(3)) == hash(3), bool(F(0)), int(F(7, 2)), int(F(-7, 2)), float(a), round(F(7, 2)), round(F(5, 2)), round(F(10, 3), 2), math.floor(F(-7, 2)), math.ceil(F(7, 2)), math.trunc(F(7, 3)))
print(F(math.pi).limit_denominator(1000), F(3.14159).limit_denominator(10), a.numerator, a.denominator, F(1, 2).as_integer_ratio(), sum([F(1, 2), F(1, 3)]), max(a, b), sorted([b, a, F(0)]), F.from_float(0.75), F(2) ** F(1, 2), a + 1j)
for f in (lambda: F(1, 0), lambda: F("x"), lambda: F(1.5, 2), lambda: a / 0, lambda: F([]), lambda: a + "x", lambda: F(0) ** -1, lambda: F("1/0")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
