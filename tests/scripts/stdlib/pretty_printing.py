import collections
from pprint import pprint, pformat, pp, PrettyPrinter
d = {"name": "x" * 30, "list": list(range(30)), "nested": {"a": [1, 2, {"b": (1, 2, 3)}], "c": {"d": "e" * 40, "f": "g" * 40}}, 1: None}
pprint([1, 2]); pprint({"b": 1, "a": 2}); pp({"b": 1, "a": 2})
pprint({k: v for k, v in d.items() if isinstance(k, str)})
pprint(list(range(50)), compact=True); pprint([["aaaaaaaaaa"] * 5] * 3, width=40); pprint(d["nested"], depth=1); pprint(d["nested"], indent=4, width=30)
pprint("some long text that goes on and on and on " * 4); pprint(["some long text that goes on and on and on " * 3]); pprint((1,)); pprint(("x" * 50, "y" * 50))
l = [1]; l.append(l); print(pformat(l)[:20]); pprint({"s": {3, 1, 2}, "f": frozenset([1])}); pprint(set("abcdefghij" * 3), width=20); pprint({(1, 2): "a", (0, 5): "b"})
pprint({"k%d" % i: i for i in range(20)}, width=60); print(pformat({"a": 1, "b": [1, 2]}, width=5)); pprint([]); pprint({}); pprint(None); pprint(12345678, underscore_numbers=True); pprint(b"x" * 100, width=40)

# An ordered dictionary shows a list in a call, which may fit on a line of its own or be too deep.
ordered = collections.OrderedDict([("one", collections.OrderedDict(a=[1, 2])), ("two", [{3: 4}])])
for depth in (None, 1, 2, 3):
    for width in (1, 20, 45, 80):
        pprint(ordered, depth=depth, width=width)
