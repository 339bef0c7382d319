"""Subclasses of the module type: one namespace, properties, and a module that gets another class."""

import sys
import types


class Module(types.ModuleType):
    @property
    def answer(self):
        return 42

    def __call__(self):
        return "called"


class Mixed(types.ModuleType):
    both = 5


class A:
    pass


class B:
    __slots__ = ("x",)


m = Module("m", "its doc")
m.__dict__.update(x=1, y=2)
print(m.x, m.answer, m(), vars(m)["y"], m.__doc__)
del m.x
print(hasattr(m, "x"), "x" in m.__dict__)
me = sys.modules[__name__]
me.__class__ = Module
print(me.answer, me(), type(me).__name__, me.m is m)
me.__class__ = types.ModuleType
print(type(me).__name__, Mixed("o").both)
for value in [int, A, 5, None]:
    try:
        m.__class__ = value
    except TypeError as e:
        print(e)
try:
    A().__class__ = B
except TypeError as e:
    print(e)
