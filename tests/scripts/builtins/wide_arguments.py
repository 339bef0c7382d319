"""Integers that are too wide for what takes them, and words for what cannot be deleted or interned."""
import collections
import re
import sys
from fractions import Fraction

wide = 10**30


class Text(str):
    pass


class Own:
    pass


own = Own()
tries = {
    "chr": lambda: chr(2**31),
    "chr, wide": lambda: chr(-wide),
    "chr, int": lambda: chr(0x110000),
    "pop": lambda: [1].pop(wide),
    "insert": lambda: [1].insert(-wide, 1),
    "recursion limit": lambda: sys.setrecursionlimit(wide),
    "recursion limit, none": lambda: sys.setrecursionlimit(0),
    "recursion limit, low": lambda: sys.setrecursionlimit(2),
    "intern": lambda: sys.intern(1),
    "intern, derived": lambda: sys.intern(Text("a")),
    "del int": lambda: (1).__class__ and exec("del a[0]", {"a": 1}),
    "del tuple": lambda: exec("del a[0]", {"a": ()}),
    "del slice": lambda: exec("del a[:1]", {"a": ()}),
    "del str": lambda: exec("del a['x']", {"a": ""}),
    "del set": lambda: exec("del a[0]", {"a": set()}),
    "del function": lambda: exec("del a[0]", {"a": len}),
    "del own": lambda: exec("del a[0]", {"a": own}),
    "del own, key": lambda: exec("del a['x']", {"a": own}),
    "pow": lambda: "x" ** Fraction(-2),
    "re": lambda: re.compile(r"(?\q)"),
    "re, end": lambda: re.compile("(?\\"),
    "re, P": lambda: re.compile("(?Pz)"),
}
for name, function in tries.items():
    try:
        print(name, function())
    except Exception as error:
        print(name, type(error).__name__, error)

print(re.compile("a").groupindex, re.compile("(?P<x>a)").groupindex)
print(b"abc".partition(bytearray(b"b")), bytearray(b"abc").partition(b"b"), b"abc".rpartition(bytearray(b"c")))

# The order of a set that is made of the keys of a dictionary.
numbers = dict.fromkeys(n * 37 % 101 for n in range(60))
print(numbers.keys() - {1}, numbers.keys() | {200}, numbers.keys() ^ {3}, numbers.keys() & {4, 5}, sep="\n")
ordered = collections.OrderedDict.fromkeys(n * 37 % 101 for n in range(30))
print(ordered.keys() - {1}, set(ordered), sep="\n")
print(sys.version_info[:2], sys.version.split()[0] == ".".join(map(str, sys.version_info[:3])), hex(sys.hexversion)[:5])

# pop() goes on where it was, whatever happens to the set between.
numbers = set(range(10, 40))
popped = [numbers.pop() for _ in range(5)]
numbers &= set(range(12, 36))
popped += [numbers.pop() for _ in range(3)]
numbers.clear()
numbers.update(range(64))
print(popped, [numbers.pop() for _ in range(3)])
