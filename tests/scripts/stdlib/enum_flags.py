import enum
from enum import Flag, IntFlag, auto, Enum
from enum import CONFORM, KEEP, EJECT
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class Perm(Flag):
    R = 4
    W = 2
    X = 1
    RW = 6
print(Perm.R, repr(Perm.R), Perm.R | Perm.W, repr(Perm.R | Perm.X), Perm.RW, repr(Perm(0)), Perm(7), repr(~Perm.R), list(Perm), list(Perm.RW), len(Perm.RW), len(Perm))
print(Perm.R in Perm.RW, Perm.X in Perm.RW, bool(Perm(0)), Perm.R & Perm.W, Perm.RW ^ Perm.R, Perm.RW & ~Perm.R, Perm(3), Perm.R | Perm.W is Perm.RW, Perm.RW.name, (Perm.R|Perm.X).name, Perm(0).name, (Perm.R|Perm.X).value)
tr(Perm, 8); tr(Perm, "x"); tr(lambda: Perm.R | 3); tr(lambda: 3 in Perm.R); tr(lambda: Perm.R < Perm.W)
class Col(Flag):
    RED = auto()
    GREEN = auto()
    BLUE = auto()
    WHITE = RED | GREEN | BLUE
    BLACK = 0
print(list(Col), Col.WHITE, repr(Col.WHITE), Col.BLACK, repr(Col.BLACK), Col(5), Col.RED | Col.GREEN, list(Col.WHITE), list(Col.__members__), ~Col.RED, ~Col.WHITE, Col.RED ^ Col.WHITE, Col)
class Cf(Flag, boundary=CONFORM):
    A = 1
    B = 4
class Ke(Flag, boundary=KEEP):
    A = 1
    B = 4
class Ej(Flag, boundary=EJECT):
    A = 1
    B = 4
print(Cf(7), Cf(2), repr(Ke(7)), repr(Ke(8)), Ke(6), Ej(7), type(Ej(2)), Ej(5), ~Ke.A, repr(~Ke.A), ~Ej.A, ~Cf.A)
tr(Perm, -1); tr(Perm, -20); tr(Cf, -1); tr(Ke, -1); tr(Ej, -1)
class Ab(Flag):
    A = 1
    AB = 3
tr(lambda: list(Ab)); tr(Ab, 2); tr(lambda: Ab.AB)
class Dup(Flag):
    A = 1
    B = 1
    C = 2
print(list(Dup), Dup.B, Dup(3))
print(hash(Perm.R) == hash(Perm.R), {Perm.R: 1}[Perm(4)], Perm.R == 4, f"{Perm.R:>8}|", Perm.R.__reduce_ex__(2)[1])
def gen():
    class G(Flag):
        A = auto(); B = 8; C = auto(); D = auto()
    print([m.value for m in G])
gen()
P2 = Flag("P2", "a b c")
print(list(P2), P2.a | P2.c)
class Ov(Flag):
    A = 1
    def __or__(self, o): return "ored"
print(Ov.A | Ov.A)
