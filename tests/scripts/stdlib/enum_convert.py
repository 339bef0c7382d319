# _convert_, enumerations of classes that EnumMeta made, names of the fields of typed dictionaries.
import enum
import sys
from typing import Callable, List, NotRequired, Tuple, TypedDict, Union

CONVERT_B = 2
CONVERT_A = 1
OTHER = 3
Made = enum.IntEnum._convert_("Made", __name__, filter=lambda name: name.startswith("CONVERT_"))
print(list(Made), CONVERT_A, type(CONVERT_A))


class Base(metaclass=enum.EnumMeta):
    def greet(self):
        return "hello"


class NotTotal(TypedDict, total=False):
    a: int
    b: int


class Total(NotTotal):
    a: int


class Back(Total):
    a: NotRequired[int]


for t in NotTotal, Total, Back:
    print(sorted(t.__required_keys__), sorted(t.__optional_keys__))
for alias in Union[int, str], Callable[[int], str], List, Tuple:
    try:
        iter(alias)
    except TypeError as e:
        print(e)


class Huge:
    def __iter__(self):
        return iter([1])

    def __len__(self):
        return sys.maxsize


items = [1, 2]
items.extend(Huge())
print(items)
