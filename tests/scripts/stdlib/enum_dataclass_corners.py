# Corners of enumerations and data classes that programs made at random have found.
import collections
import pprint
from dataclasses import dataclass, field
from enum import CONFORM, Enum, Flag, IntFlag, StrEnum, auto
from typing import Any


def t(source):
    try:
        exec(source, globals())
    except Exception as e:
        print(type(e).__name__, e)


t("class X(Flag):\n  A = 'x'")
t("class X(IntFlag):\n  _order_ = 'A B C'\n  A = auto()\n  B = auto()\n  C = A | B\nprint(list(X))")
t("class X(IntFlag):\n  _order_ = 'B A C'\n  A = auto()\n  B = auto()\n  C = A | B\nprint(list(X))")
t("class X(Flag):\n  _order_ = 'A B'\n  A = 0\n  B = 3\n  C = 4\nprint(list(X))")
t("class X(Enum):\n  _order_ = 'A B'\n  B = 1\n  A = 2")
t("class X(Enum):\n  _order_ = 'A B C'\n  A = 1\n  B = 1\n  C = 2\nprint(list(X))")
t("class X(Enum):\n  _order_ = ''\n  A = 1\nprint(list(X))")
t("class X(Flag):\n  A = 7\n  B = 8\nprint(list(X(15)))")
t("class X(Flag, boundary=CONFORM):\n  A = 1\n  B = -1\nprint(list(X(3)))")


class S(StrEnum):
    A = "text"


print(type(iter(S.A)), type(iter("text")), type(iter("é")))


@dataclass
class Doc:
    """"""
    a: Any
    b: "Any" = None


@dataclass
class Signed:
    a: Any
    b: int = 1


print(repr(Doc.__doc__), Signed.__doc__)


@dataclass(frozen=True)
class Frozen:
    a: int


t("@dataclass\nclass B(Frozen):\n  b: list = []")
t("@dataclass\nclass B(Frozen):\n  b = field()")
t("@dataclass\nclass B(Frozen):\n  b: int = 1")
t("@dataclass(frozen=True)\nclass B(Signed):\n  b: int = 1")

ordered = collections.OrderedDict([("key number 6", range(3)), ("key number 20", [1, 2, 3])])
for depth in 1, 2, 3, 4:
    print(pprint.pformat(ordered, width=20, depth=depth))
print(pprint.pformat([ordered], width=60))
print(pprint.pformat(collections.deque([set(range(8)), "a" * 20], maxlen=5), width=30))
for width in range(42, 48):
    print(pprint.pformat(collections.deque([{2, 9, 12, 15, 16, 21, 23, 39, 44}], maxlen=5), width=width))
