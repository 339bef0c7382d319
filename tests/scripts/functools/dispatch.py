from functools import *
from collections.abc import Sized, Iterable, Mapping, Sequence, Hashable


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


@singledispatch
def fun(arg, verbose=False):
    "Generic."
    return f"default {arg}"


@fun.register
def _(arg: int, verbose=False):
    return f"int {arg} {verbose}"


@fun.register(list)
@fun.register(tuple)
def _seq(arg, verbose=False):
    return f"seq {arg}"


@fun.register
def _(arg: float | bytes):
    return "number"


fun.register(type(None), lambda arg: "nothing")
print(fun("x"), fun(1), fun(True, verbose=True), fun([1]), fun((1,)), fun(1.5), fun(None), fun.__name__, fun.__doc__)
print(fun.dispatch(bool) is fun.dispatch(int), fun.registry[list] is _seq, len(fun.registry))
error(fun)
error(fun.register, 5)
error(fun.register, "x", print)


@singledispatch
def g(x):
    return "base"


@g.register(Sized)
def _(x):
    return "sized"


print(g([1]), g(5), g({}))


@g.register(Mapping)
def _(x):
    return "mapping"


@g.register(dict)
def _(x):
    return "dict"


print(g({}), g([1]), g(dict.fromkeys("a")))


class A:
    pass


class B(A):
    pass


class C(B):
    def __len__(self):
        return 0


@g.register(A)
def _(x):
    return "A"


print(g(A()), g(B()), g(C()))


@singledispatch
def amb(x):
    return "base"


amb.register(Sized, lambda x: "sized")
amb.register(Iterable, lambda x: "iterable")


class Both:
    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())


try:
    print(amb(Both()))
except RuntimeError as e:
    print("RuntimeError", str(e).split(":")[0])


class Neg:
    @singledispatchmethod
    def neg(self, arg):
        raise NotImplementedError("Cannot negate")

    @neg.register
    def _(self, arg: int):
        return -arg

    @neg.register(bool)
    def _(self, arg):
        return not arg

    @singledispatchmethod
    @classmethod
    def make(cls, x):
        return cls.__name__, x

    @make.register
    @classmethod
    def _(cls, x: int):
        return cls.__name__, "int", x


n = Neg()
print(n.neg(5), n.neg(True), Neg.make("a"), Neg.make(4), n.make(3))
error(n.neg, "x")
error(singledispatchmethod, 5)


class Cell:
    def __init__(self):
        self.alive = False

    def set_state(self, state, *, log=False):
        self.alive = state
        return (state, log)

    set_alive = partialmethod(set_state, True)
    set_dead = partialmethod(set_state, False, log=True)
    nested = partialmethod(set_alive, log=3)

    @classmethod
    def cm(cls, *args):
        return cls.__name__, args

    pcm = partialmethod(cm, 1)


c = Cell()
print(c.set_alive(), c.alive, c.set_dead(), c.alive, c.set_dead(log=5), c.nested(), Cell.set_alive(c), c.pcm(2), Cell.pcm(3))
error(partialmethod, 5)
print(repr(partialmethod(max, 1, k=2)), partialmethod(print, 1).args, partialmethod(print, a=1).keywords)
