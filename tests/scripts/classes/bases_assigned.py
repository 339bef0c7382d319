# Assignment to __bases__ and __class__, and orders of a metaclass.


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def bases(c, b):
    c.__bases__ = b
    return [t.__name__ for t in c.__mro__]


def become(x, c):
    x.__class__ = c
    return type(x).__name__


class Root:
    def who(self):
        return "root"


class A(Root):
    def who(self):
        return "a" + super().who()


class B(Root):
    def who(self):
        return "b" + super().who()

    def __len__(self):
        return 7


class C(A):
    pass


class D(C):
    pass


c, d = C(), D()
print(c.who(), d.who(), A.__subclasses__(), B.__subclasses__())
show(lambda: len(d))
show(lambda: bases(C, (B,)))
print(c.who(), d.who(), len(d), A.__subclasses__(), B.__subclasses__(), C.__base__, isinstance(d, A))
show(lambda: bases(C, (A, B)))
print(c.who(), len(d), isinstance(d, A), issubclass(D, B), D.__mro__ is D.__mro__, C.__bases__)
show(lambda: bases(C, (Root,)))
show(lambda: len(d))


class S1:
    __slots__ = ("a",)


class S2:
    __slots__ = ("b",)


class S3:
    __slots__ = ("a",)


class T1(S1):
    pass


class L(list):
    pass


class L2(list):
    pass


class I(int):
    pass


class E1(Exception):
    pass


for change in (
    lambda: bases(Root, (A,)),
    lambda: bases(A, ()),
    lambda: bases(A, [Root]),
    lambda: bases(A, (5,)),
    lambda: bases(A, (A,)),
    lambda: bases(A, (D,)),
    lambda: bases(A, (Root, Root)),
    lambda: bases(D, (Root, A)),
    lambda: bases(D, (int,)),
    lambda: bases(D, (list,)),
    lambda: bases(D, (object,)),
    lambda: bases(int, (A,)),
    lambda: bases(L, (list, A)),
    lambda: bases(I, (bool,)),
    lambda: bases(T1, (S2,)),
    lambda: bases(T1, (S3,)),
    lambda: bases(E1, (ValueError,)),
    lambda: delattr(A, "__bases__"),
    lambda: delattr(int, "__bases__"),
    lambda: become(S1(), S2),
    lambda: become(S1(), S3),
    lambda: become(A(), B),
    lambda: become(A(), S1),
    lambda: become(S1(), T1),
    lambda: become(L(), L2),
    lambda: become(L(), A),
    lambda: become(I(), A),
    lambda: become(A(), int),
    lambda: become(1, I),
    lambda: become(A(), 5),
    lambda: delattr(A(), "__class__"),
):
    show(change)


class Meta(type):
    def mro(cls):
        return (cls, B, Root, object)


class X(metaclass=Meta):
    pass


print(X.__mro__, X.__bases__, X().who(), len(X()), X.mro())


class Backwards(type):
    def mro(cls):
        return type.mro(cls)[::-1]


print([t.__name__ for t in Backwards("Y", (A,), {}).__mro__], type.mro(int), bool.mro())
for answer in ([5], [int], 5, []):
    M = type("M", (type,), {"mro": lambda cls, answer=answer: [cls, *answer] if answer and answer != 5 else answer})
    show(lambda: M("Z", (), {}))


# A failing order leaves everything as it was.
class Picky(type):
    fail = False

    def mro(cls):
        if Picky.fail and cls.__name__ == "Q2":
            raise ValueError("no order")
        return super().mro()


class P(metaclass=Picky):
    pass


class P2(metaclass=Picky):
    pass


class Q(P):
    pass


class Q2(Q):
    pass


Picky.fail = True
show(lambda: bases(Q, (P2,)))
print(Q.__bases__, Q.__mro__, Q2.__mro__, P.__subclasses__(), P2.__subclasses__())


# A metaclass with another base, and modules whose class is replaced.
class Plain:
    pass


for both in ((Plain, type), (type, Plain)):
    M = type("M", both, {"__setattr__": lambda cls, n, v: type.__setattr__(cls, n, v)})

    class K(metaclass=M):
        y = 1

    K.z = 2
    print(K.z, K.y, K.__dict__["z"], [t.__name__ for t in M.__mro__])
    k = K()
    k.a = 1
    print(k.__dict__)
    del K.z
    print(hasattr(K, "z"))
for slots in ("a", "__dict__"):
    show(lambda: type("M", (type,), {"__slots__": (slots,)}))
    show(lambda: type("M", (int,), {"__slots__": (slots,)}))

import types


class Module(types.ModuleType):
    @property
    def answer(self):
        return 42


m = types.ModuleType("m", "doc")
m.x = 1
m.__class__ = Module
print(m.answer, m.x, type(m).__name__, m.__doc__)
m.__class__ = types.ModuleType
print(hasattr(m, "answer"), type(m))
show(lambda: become(m, A))
bare = types.ModuleType.__new__(types.ModuleType)
print(hasattr(bare, "__name__"), bare.__dict__)
show(lambda: types.ModuleType())
show(lambda: types.ModuleType(5))


# Deleting __dict__ makes a new one.
a = A()
a.x = 1
del a.__dict__
print(a.__dict__, hasattr(a, "x"))
