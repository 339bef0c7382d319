# What gc.collect finds, what it leaves alone, and in which order finalizers run.
import gc

gc.disable()
gc.collect()


class A:
    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        print("del", self.n)


class Plain:
    pass


def found(title):
    print(title, gc.collect())


def lists():
    a = []
    b = [a]
    a.append(b)


def deep_lists():
    top = here = []
    for _ in range(1000):
        here.append([])
        here = here[0]
    here.append(top)


def dicts():
    d = {}
    d["self"] = d
    e = {1: d}
    d["e"] = e


def dict_keys():
    class Key:
        pass

    k = Key()
    k.d = {k: 1}


def tuples():
    l = []
    t = (l, 1)
    l.append(t)


def sets():
    p = Plain()
    p.s = {p}
    p.f = frozenset([p])


def instances():
    a, b = Plain(), Plain()
    a.b, b.a = b, a


def materialised():
    a = Plain()
    a.__dict__["a"] = a


for make in (lists, deep_lists, dicts, tuples, instances):
    make()
    found(make.__name__)

for make in (dict_keys, sets, materialised):
    make()
    print(make.__name__, gc.collect() > 0, gc.collect())


def closures():
    def f():
        return f

    def g(x=[]):
        return h

    def h():
        return g

    f.attribute = g


def generators():
    def gen():
        it = yield 1
        yield it

    g = gen()
    next(g)
    g.send(g)
    g2 = gen()
    l = [g2]
    next(g2)
    g2.send(l)


def iterators():
    l = []
    l.append(iter(l))
    l.append(enumerate(l))
    l.append(zip(l, l))
    l.append(map(print, l))
    l.append(filter(None, l))
    l.append(reversed(l))
    d = {}
    d[1] = iter(d)
    d[2] = d.items()
    d[3] = iter(d.values())
    s = [0]
    s[0] = iter({Plain(): 1, (1, 2): s}.values())
    l.append(iter(lambda: l, l))


def methods():
    p = Plain()
    p.f = A.__init__.__get__(p)
    l = []
    l.append(l.append)
    p.p = property(lambda self: p)
    p.c = classmethod(p.f)
    p.s = staticmethod(p.f)


def exceptions():
    try:
        try:
            raise ValueError("a")
        except ValueError as e:
            first = e
            raise KeyError("b") from e
    except KeyError as e:
        first.other = e
        e.args = (e,)


def classes():
    class C:
        def method(self):
            return __class__

    class D(C):
        x = C()

    class M(type):
        pass

    class E(metaclass=M):
        pass

    C.d = D()
    E.e = E()
    M.m = E


def cells():
    x = None

    def f():
        return x

    x = f


def slices():
    l = []
    l.append(slice(l, l, l))


def supers():
    class B:
        def f(self):
            self.s = super()

    B().f()


for make in (closures, generators, iterators, methods, exceptions, classes, cells, slices, supers):
    make()
    print(make.__name__, gc.collect() > 0, gc.collect())

print("finalizers")
for i in range(3):
    A(i)
found("three")
a = A("kept")
found("none")
a.me = None
del a
found("none")

print("finalizers of a cycle see each other")


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "sees", self.other.name)
        self.other = None


x, y = Node("x"), Node("y")
x.other, y.other = y, Node("z")
y.other.other = x
del x, y
try:
    found("nodes")
except AttributeError:
    print("never")

print("references from outside keep all of a cycle")
ring = [Plain() for _ in range(5)]
for i, p in enumerate(ring):
    p.next = ring[i - 1]
one = ring[2]
del ring, p, i
found("held")
print(one.next.next.next.next.next is one)
del one
found("dropped")

print("what hangs from a cycle goes with it")
tail = [A("tail")]
tail[0].me = None
loop = [tail]
loop.append(loop)
del tail, loop
found("loop")
