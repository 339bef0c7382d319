# What happens to the objects that are left at the end.
import gc
import sys
import weakref
import atexit


class A:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, sys is not None, A is not None)


first = A("first")
second = A("second")
cycle = A("cycle")
cycle.me = cycle
_private = A("private")
container = [A("in a list"), {"k": A("in a dict")}]
atexit.register(print, "atexit")


def function():
    return first


weak = weakref.ref(second, lambda r: print("callback at exit", r is weak))


class B:
    held = A("held by a class")


print("end")
