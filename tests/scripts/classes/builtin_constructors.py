"""Subclasses of built-in types whose `__init__` or `__new__` takes keywords; names of what is declared global."""

import collections

BASES = [
    list, tuple, set, frozenset, dict, str, bytes, int, float, bytearray, complex, collections.deque, collections.OrderedDict,
    collections.Counter, Exception, object,
]
for base in BASES:

    class Init(base):
        def __init__(self, items=(), extra=None):
            self.extra = extra

    class New(base):
        def __new__(cls, items=(), extra=None):
            self = super().__new__(cls)
            self.extra = extra
            return self

    class Neither(base):
        pass

    for cls in (Init, New, Neither):
        for args in ((), ((),)) if base is frozenset else ((), ((),), (1, 2, 3)):
            try:
                print(base.__name__, cls.__name__, args, cls(*args, extra=3).extra)
            except (TypeError, AttributeError) as e:
                print(base.__name__, cls.__name__, args, type(e).__name__, e)
for code in ["list(a=1)", "tuple(a=1)", "set(a=1)", "frozenset(a=1)", "float(x=1)", "float(1, 2)", "tuple(1, 2)", "list(1, 2)"]:
    try:
        eval(code)
    except TypeError as e:
        print(code, e)


def f():
    global g, C

    def g():
        pass

    class C:
        def m(self):
            global h

            def h():
                def inner():
                    pass

                return inner

    class D:
        global E

        class E:
            pass

    return D


D = f()
C().m()
print(g.__qualname__, C.__qualname__, C.m.__qualname__, h.__qualname__, h().__qualname__, E.__qualname__, D.__qualname__)


class List(list):
    pass


class Set(set):
    pass


class Dict(dict):
    pass


class Bytes(bytearray):
    pass


class Named(list):
    __hash__ = object.__hash__


for cls in (List, Set, Dict, Bytes):
    try:
        print({cls(): 1})
    except TypeError as e:
        print(e)
print(len({Named(): 1}), Set("ab") in {frozenset("ab")})


class Own(float):
    def __float__(self):
        return 42.0


class Text(str):
    def __float__(self):
        return 43.0


class Bad(float):
    def __float__(self):
        return ""


print(float(Own(3)), float(Text("7")), float(bytearray(b" 3.5 ")), float(memoryview(b"2")), 0.0 ** -float("inf"))
for code in ["float(Bad())", "float(b'x')", "float([])", "0.0 ** -1", "reversed(Backwards())"]:

    class Backwards(list):
        __reversed__ = None

    try:
        print(eval(code))
    except (TypeError, ValueError, ZeroDivisionError) as e:
        print(code, e)
