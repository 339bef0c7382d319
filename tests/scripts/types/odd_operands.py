"""Odd operands: integers of a subclass as an index, buffers after %, names with a null, classes that make no exception."""
import operator
import sys
import typing
from fractions import Fraction


def check(name, f):
    try:
        print(name, repr(f()))
    except Exception as e:
        print(name, type(e).__name__, e)


class Int(int):
    def __index__(self):
        return 8


class Boolean:
    def __index__(self):
        return True


class NoException(Exception):
    def __new__(cls):
        return 5


def raises():
    raise NoException


def deletes():
    def f():
        pass

    f.x = 1
    try:
        del f.__dict__
    finally:
        print(f.x)


for f in (
    lambda: operator.index(Int(7)),
    lambda: hex(Int(7)),
    lambda: list(range(10))[Int(7)],
    lambda: list(range(Int(3))),
    lambda: operator.index(True),
    lambda: range(True),
):
    check("index", f)
for right in (bytearray(b"1"), b"1", [1], {}, (), 1):
    check("bytes %", lambda: b"no format" % right)
check("raise", raises)
check("del", deletes)
check("type", lambda: type("a\0b", (), {}))
check("repeat", lambda: "é" * 2**62)
check("repeat", lambda: "é" * (2**63 - 1) * 2)
check("hash_info", lambda: sys.hash_info)
T = typing.TypeVar("T")
check("Union", lambda: isinstance(1, typing.Union[int, T]))
check("Union", lambda: isinstance("", typing.Union[int, T]))
check("Fraction", lambda: Fraction.from_decimal(1j))
check("Fraction", lambda: Fraction.from_decimal(3))
