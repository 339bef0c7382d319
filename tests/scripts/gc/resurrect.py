# __del__ runs once, and may keep an object alive.
import gc

gc.disable()
kept = []


class A:
    def __init__(self, n, cyclic):
        self.n = n
        self.me = self if cyclic else None

    def __del__(self):
        print("del", self.n)
        kept.append(self)


A("count", False)
print(len(kept), kept[0].n)
kept.clear()
print("not again")

A("cycle", True)
print(gc.collect())
print(len(kept), kept[0].n, kept[0].me is kept[0])
kept.clear()
print(gc.collect(), "not again")


class Pair:
    def __init__(self, n):
        self.n = n
        self.other = None

    def __del__(self):
        print("del pair", self.n)
        if self.n == 0:
            kept.append(self)


a, b = Pair(0), Pair(1)
a.other, b.other = b, a
c, d = Pair(2), Pair(3)
c.other, d.other = d, c
del a, b, c, d
print(gc.collect())
print([p.n for p in kept], kept[0].other.n, kept[0].other.other is kept[0])
kept.clear()
print(gc.collect())


class Breaks:
    def __del__(self):
        print("breaks")
        self.__dict__.clear()


x, y = Breaks(), Breaks()
x.y, y.x = y, x
del x, y
print(gc.collect())


class Makes:
    def __del__(self):
        other = Makes2()
        other.me = other


class Makes2:
    def __del__(self):
        print("made in __del__")


m = Makes()
m.m = m
del m
print(gc.collect())
print(gc.collect())


class Raises:
    def __del__(self):
        raise ValueError("ignored")


class Changes:
    def __del__(self):
        print("first class")


class Other:
    def __del__(self):
        print("second class")


c = Changes()
c.__class__ = Other
del c

print(gc.is_finalized(Pair), gc.is_finalized(3))
o = A("f", False)
print(gc.is_finalized(o))
del o
print(gc.is_finalized(kept[-1]))
kept.clear()


def gen():
    try:
        yield gen
    finally:
        print("generator closed")


g = gen()
next(g)
del g


def cyclic():
    try:
        yield
    finally:
        print("cyclic generator closed")


g = cyclic()
next(g)
l = [g]
l.append(l)
del g, l
print(gc.collect())


def holds_itself():
    me = yield
    try:
        yield
    finally:
        print("closed, still itself:", me.__name__)


g = holds_itself()
next(g)
g.send(g)
del g
print(gc.collect())
