# property, classmethod and staticmethod in detail; what built-in descriptors refuse.
import functools
import re
import sys
import time
import weakref


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def f(x: int):
    "doc"


f.attr = 5
for K in staticmethod, classmethod:
    s = K(f)
    print(sorted(s.__dict__), s.__doc__, s.__annotations__, repr(s).split(" at")[0], s.__wrapped__ is f, hasattr(s, "attr"))
    s.z = 1
    print(sorted(s.__dict__), s.z, K(42))
    show(lambda: K())
    show(lambda: K(1, 2))
    show(lambda: K(f=1))
    show(lambda: setattr(s, "__func__", 3))
    s.__name__ = 3
    print(s.__name__)
    show(lambda: K.__new__(K).__get__(1))
    s.__init__(len)
    print(s.__func__, s.__name__)


class C:
    def getx(self):
        "the x"
        return 1

    x = property(getx)
    y = property()

    @property
    def z(self):
        return 2

    @classmethod
    @property
    def cp(cls):
        return cls.__name__

    w = property(None, lambda s, v: None, doc="w doc")


c = C()
print(C.cp, c.cp)
for n in "xyzw":
    show(lambda: setattr(c, n, 1))
    show(lambda: delattr(c, n))
    show(lambda: getattr(c, n))
print(C.x.__doc__, C.w.__doc__, C.z.__doc__)
C.x.__doc__ = "new"
print(C.x.__doc__)
del C.x.__doc__
print(C.x.__doc__)
C.q = property()
show(lambda: c.q)
C.q.__set_name__(C, "qq")
show(lambda: c.q)
show(lambda: C.q.__set_name__(C))
show(lambda: C.x.__get__(None, C) is C.__dict__["x"])
show(lambda: C.x.__get__(C()))


class P2(property):
    pass


class P3(property):
    "class doc"


q = P2(C.getx)
print(q.__doc__, q.__dict__)
q = P3(C.getx)
print(q.__doc__, q.__dict__)
print(P3().__doc__, P3(None, doc="dd").__doc__, type(P3().getter(C.getx)).__name__)
print(property(C.getx).getter(lambda s: 3).__doc__, property(C.getx, doc="own").getter(C.getx).__doc__)
show(lambda: property(1, 2, 3, 4, 5))
show(lambda: property(foo=1))
print(slice.start, range.start, complex.real, property.fget, float.real)

samples = [
    (slice(1), "start"),
    (range(3), "stop"),
    (1j, "real"),
    (1.0, "real"),
    (1, "real"),
    (c.getx, "__func__"),
    (super(C, c), "__self__"),
    (f, "__closure__"),
    (f, "__globals__"),
    (f.__code__, "co_name"),
    (f.__code__, "co_varnames"),
    (int.__add__, "__name__"),
    (list.append, "__objclass__"),
    (len, "__name__"),
    (BaseExceptionGroup("a", [ValueError()]), "message"),
    (C.x, "fget"),
    (time.gmtime(0), "tm_year"),
    (sys.version_info, "major"),
    (functools.partial(len), "func"),
    (re.compile("a"), "pattern"),
    (re.match("a", "a"), "string"),
    (re.match("a", "a"), "lastindex"),
    (weakref.ref(C), "__callback__"),
    ([].append, "__self__"),
]
for o, n in samples:
    show(lambda: setattr(o, n, 1))
    show(lambda: delattr(o, n))
for g in (
    lambda: complex.real.__get__("x"),
    lambda: type.__dict__["__name__"].__get__(5),
    lambda: slice.start.__get__(5),
    lambda: object.__dict__["__class__"].__get__(5),
    lambda: C.__dict__["__dict__"].__get__(5),
    lambda: BaseException.args.__get__(5),
    lambda: BaseException.args.__set__(5, 5),
    lambda: list.append.__get__(5),
    lambda: list.append.__get__(None, list),
    lambda: list.append.__get__(None),
    lambda: int.__add__.__get__("x"),
    lambda: dict.__dict__["fromkeys"].__get__(None, int),
    lambda: dict.__dict__["fromkeys"].__get__({})("ab"),
    lambda: dict.__dict__["fromkeys"](dict, "ab"),
    lambda: dict.__dict__["fromkeys"](),
    lambda: classmethod(lambda cls, x: (cls, x)).__get__(0)(42),
):
    show(g)
