# __classcell__, metaclass conflicts, names of classes, and what object.__new__ and __init__ refuse.


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])


def missing():
    class M(type):
        def __new__(meta, name, bases, namespace):
            namespace.pop("__classcell__", None)
            return super().__new__(meta, name, bases, namespace)

    class X(metaclass=M):
        def f(self):
            return __class__


def wrong():
    class M(type):
        def __new__(meta, name, bases, namespace):
            cls = super().__new__(meta, name, bases, namespace)
            type("Other", (), namespace)
            return cls

    class X(metaclass=M):
        def f(self):
            return __class__


def no_cell():
    type("X", (), {"__classcell__": 5})


def conflict():
    class M1(type):
        pass

    class M2(type):
        pass

    class A(metaclass=M1):
        pass

    class B(metaclass=M2):
        pass

    class C(A, B):
        pass


for f in missing, wrong, no_cell, conflict:
    show(f)


class C:
    "doc"


C.__name__ = "D.E"
print(C.__name__, C.__qualname__, C)
for change in (
    lambda: setattr(C, "__name__", 5),
    lambda: setattr(C, "__name__", "a\0b"),
    lambda: delattr(C, "__name__"),
    lambda: delattr(C, "__qualname__"),
    lambda: delattr(C, "__doc__"),
    lambda: delattr(C, "__module__"),
    lambda: setattr(int, "__name__", "x"),
    lambda: setattr(int, "__doc__", "x"),
):
    show(change)


def outer():
    global Inner, inner

    class Inner:
        def method(self):
            pass

    def inner():
        def deeper():
            pass

        return deeper


outer()
print(Inner.__qualname__, Inner.method.__qualname__, inner.__qualname__, inner().__qualname__)


class Both:
    def __new__(cls, x):
        return object.__new__(cls)

    def __init__(self, x):
        pass


class OnlyInit:
    def __init__(self, x):
        pass


class Neither:
    pass


for f in (
    lambda: object.__new__(Both, 5),
    lambda: object.__init__(Both(3), 5),
    lambda: object.__new__(OnlyInit, 5) and 1,
    lambda: object.__init__(OnlyInit(3), 5),
    lambda: Neither(1),
    lambda: object.__init__(Neither(), 1),
    lambda: object.__new__(Neither, 1),
    lambda: object.__new__(),
    lambda: object.__new__(5),
    lambda: object.__new__(int),
    lambda: int.__new__(bool, 0),
    lambda: int.__new__(str),
    lambda: list.__new__(tuple),
    lambda: object(1),
):
    show(f)
for t in dict, list, set:
    show(lambda: hash(type("Sub", (t,), {})()))


# None as a special method refuses what bases or other operands can do.
class No:
    __eq__ = __lt__ = __add__ = __radd__ = __iter__ = __contains__ = __reversed__ = __len__ = None
    __iadd__ = __hash__ = __call__ = None

    def __getitem__(self, i):
        return i


n = No()


def iadd(x):
    x += 1


for f in (
    lambda: n == 1,
    lambda: n < 1,
    lambda: n + 1,
    lambda: 1 + n,
    lambda: iadd(n),
    lambda: iter(n),
    lambda: 1 in n,
    lambda: reversed(n),
    lambda: len(n),
    lambda: hash(n),
    lambda: n(),
):
    show(f)


# Objects that have __bases__ can stand for classes.
class AbstractClass:
    def __init__(self, bases):
        self.bases = bases

    def getbases(self):
        return self.bases

    __bases__ = property(getbases)

    def __call__(self):
        return AbstractInstance(self)


class AbstractInstance:
    def __init__(self, klass):
        self.klass = klass

    def getclass(self):
        return self.klass

    __class__ = property(getclass)


parent = AbstractClass(())
child = AbstractClass((parent,))
print(isinstance(child(), child), isinstance(child(), parent), isinstance(parent(), child), isinstance(5, parent))
print(issubclass(child, parent), issubclass(parent, child), issubclass(child, (int, parent)), issubclass(int, parent))
show(lambda: isinstance(5, n))
show(lambda: issubclass(5, int))
show(lambda: issubclass(int, 5))


# super() of something that only says it is an instance.
class Base:
    def f(self):
        return "Base.f"


class Derived(Base):
    def f(self):
        return super(Derived, self).f() + "->Derived.f"


class Proxy:
    def __init__(self, obj):
        self.obj = obj

    def __getattribute__(self, name):
        if name.startswith("__"):
            return getattr(object.__getattribute__(self, "obj"), name)
        return getattr(object.__getattribute__(self, "obj"), name)


print(Derived.f(Proxy(Derived())))
show(lambda: super(Derived, Proxy(5)).f())


def posonly(a, b, /, c):
    pass


show(lambda: posonly(a=1, b=2, c=3))
show(lambda: posonly(1, b=2, c=3))
show(lambda: posonly(1, 2, d=3))
