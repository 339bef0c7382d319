from enum import Flag, IntFlag, auto, Enum
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class I(IntFlag):
    R = 4
    W = 2
    X = 1
print(I.R, repr(I.R), I.R | I.W, repr(I.R | I.W), I.R | 8, repr(I.R | 8), 8 | I.R, I(0), repr(I(0)), I(20), repr(I(20)), repr(~I.R), ~I.R == -5, I.R + 1, type(I.R + 1), I.R & 6, repr(I.R & 6), I.R == 4, f"{I.R}", f"{I.R|I.X:03d}", str(I.R | I.X), list(I(7)), I.R < 5, repr(-1 & I.R), repr(I(-1)), repr(I.R ^ 1), isinstance(I.R, int), hash(I.R) == hash(4))
class X(int, Flag):
    A = 1
    B = 2
print(X.A | X.B, repr(X.A | 1))
print(IntFlag, Flag, IntFlag.__mro__)
