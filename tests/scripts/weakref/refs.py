# weakref.ref: life, callbacks, equality, what can be referred to.
import gc
import weakref


class A:
    def __init__(self, n=0):
        self.n = n

    def __eq__(self, other):
        return isinstance(other, A) and self.n == other.n

    def __hash__(self):
        return hash(self.n)


def raises(f, *args, **kwargs):
    try:
        print("no error", f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


a = A(1)
r = weakref.ref(a)
print(r() is a, r is weakref.ref(a), weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r])
print(a.__weakref__ is r, r.__callback__)
print(repr(r).startswith("<weakref at 0x"), "to 'A' at 0x" in repr(r))
del a
print(r(), r.__callback__, "dead>" in repr(r))

log = []
a = A(2)
r1 = weakref.ref(a, lambda r: log.append((1, r is r1, r())))
r2 = weakref.ref(a, lambda r: log.append((2, r is r2, r())))
r3 = weakref.ref(a)
print(r1 is r2, r1 is r3, weakref.getweakrefcount(a), callable(r1.__callback__))
print([x is y for x, y in zip(weakref.getweakrefs(a), [r3, r2, r1])])
del a
print(log, r1.__callback__)

a = A(3)
r4 = weakref.ref(a, log.append)
del r4
log.clear()
del a
print("a dead reference calls nothing", log)

a, b = A(5), A(5)
ra, rb = weakref.ref(a), weakref.ref(b)
print(ra == rb, ra != rb, ra is rb, hash(ra) == hash(a), {ra: 1}[rb])
rc = weakref.ref(A(6))
del a
print(ra == rb, ra != rb, ra == ra, ra != ra, hash(ra) == hash(5), rc())
raises(hash, rc)
raises(lambda: ra < rb)
print(ra == 5, ra.__eq__(5))

for x in (1, 1.5, "s", b"b", (), [], {}, None, True, range(3), slice(1), object(), ValueError(), iter([])):
    raises(weakref.ref, x)
for x in (A, int, print, [].append, raises, A().__init__, set(), frozenset(), gc, (i for i in ()), compile("1", "", "eval")):
    print(type(weakref.ref(x)).__name__, end=" ")
print()


class L(list):
    pass


class D(dict):
    pass


class I(int):
    pass


class F(float):
    pass


class E(Exception):
    pass


for c in (L, D, F, E):
    x = c()
    print(c.__name__, weakref.ref(x)() is x)
raises(weakref.ref, I(3))
raises(weakref.ref)
raises(weakref.ref, A, None, 3)
raises(weakref.ref(A), 1)


class Slotted:
    __slots__ = ("a",)


class SlottedWeak:
    __slots__ = ("a", "__weakref__")


class Below(Slotted):
    pass


raises(weakref.ref, Slotted())
s = SlottedWeak()
print(weakref.ref(s)() is s)
s = Below()
print(weakref.ref(s)() is s)
raises(lambda: (1).__weakref__)


class MyRef(weakref.ref):
    def __new__(cls, target, callback=None, extra=0):
        self = super().__new__(cls, target, callback)
        self.extra = extra
        return self

    def __init__(self, target, callback=None, extra=0):
        super().__init__(target, callback)


a = A(8)
m, n = MyRef(a, extra=3), MyRef(a, None, 4)
print(m is n, m == n, m.extra, n.extra, m() is a, isinstance(m, weakref.ref), weakref.getweakrefcount(a))
print(weakref.ref(m)() is m)
del a
print(m(), n())

print("while __del__ runs the reference still works")


class Del:
    def __del__(self):
        print("del", w() is self)


x = Del()
w = weakref.ref(x, lambda r: print("callback", r()))
del x

print("resurrected: the reference lives on")
kept = []


class Res:
    def __del__(self):
        kept.append(self)


x = Res()
w = weakref.ref(x, lambda r: print("callback", r()))
del x
print(w() is kept[0])
kept.clear()
print(w())

print("cycles")


class C:
    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        print("del", self.n, refs[self.n]())


gc.disable()
refs = {}
for i in range(3):
    c = C(i)
    refs[i] = weakref.ref(c, lambda r, i=i: print("callback", i, r()))
del c
print(gc.collect() >= 3)

x = A()
x.me = x
x.own = weakref.ref(x, lambda r: print("never: it dies with the object"))
outside = weakref.ref(x, lambda r: print("outside", r()))
del x
print(gc.collect() >= 1)

x = A()
x.me = x
w = weakref.ref(x)


class Kept:
    def __init__(self, x):
        self.x = x
        x.kept = self

    def __del__(self):
        kept.append(self.x)


Kept(x)
del x
gc.collect()
print("cleared before finalizers, resurrected or not:", w(), len(kept))
kept.clear()

print("the callback may do anything")
a = A()
w = weakref.ref(a, lambda r: others.clear())
others = [weakref.ref(a, lambda r: print("other")) for _ in range(3)]
del a
print(others)
a = A()


def makes(r):
    global a, w
    a = A(7)
    w = weakref.ref(a)


w = weakref.ref(a, makes)
del a
print(w().n)
gc.enable()
del A
