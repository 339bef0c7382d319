"""Corners of the language: logic of bools, classes that patterns take for collections, stars in subscripts, globals."""
import collections
import collections.abc

a, b = True, False
print(a & b, a | b, a ^ b, a & 1, 1 | b, True & True, bool.__and__(a, b))
a &= b
print(a)


class Sequence(collections.abc.Sequence):
    def __getitem__(self, i):
        return i

    def __len__(self):
        return 4


class Registered:
    def __getitem__(self, i):
        return i

    def __len__(self):
        return 2


collections.abc.Sequence.register(Registered)


def kind(x):
    match x:
        case [first, *_, last]:
            return "sequence", first, last
        case {1: one}:
            return "mapping", one
        case bytearray(all_of_it):
            return "bytearray", all_of_it
        case _:
            return "other"


for x in (Sequence(), Registered(), collections.UserDict({1: 2}), memoryview(b"abc"), bytearray(b"xy"), "ab", b"ab"):
    print(kind(x))


class Echo:
    def __class_getitem__(cls, x):
        return x

    def __getitem__(self, x):
        return x


pair = (1, 2)
print(Echo[*pair], Echo()[0, *pair], Echo()[*()], Echo()[1:2, *pair])


def annotated(*args: *(int,)):
    pass


print(annotated.__annotations__)

exec("""
x = 7
def f():
    x = 1
    def g():
        global x
        return (lambda: x)()
    return g()
print(f(), x)
""", {}, {})


class Called:
    pass


Called.__call__ = Called()
try:
    Called()()
except RecursionError as e:
    print(e)
try:
    object.__setattr__(int, "x", 1)
except TypeError as e:
    print(e)
