from collections import *
import copy


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


# defaultdict
d = defaultdict(list)
d["a"].append(1)
d["b"]
print(d, d["a"], d.get("x"), "x" in d, len(d), d.default_factory, dict(d))
print(defaultdict(), defaultdict(None, {1: 2}), defaultdict(list, a=1), defaultdict(int, [(1, 2)], b=3))
error(defaultdict, 1)
error(defaultdict, list, 1)
error(defaultdict, list, {}, {})
error(lambda: defaultdict()[1])
print(defaultdict(default_factory=list))
i = defaultdict(int)
for c in "mississippi":
    i[c] += 1
print(i, sorted(i.items()))
j = i.copy()
j["z"]
print(type(j), "z" in i, j == i, i == dict(i), copy.copy(i), i | {"q": 1}, {"q": 1} | i)
i |= {"w": 5}
print(i, i.__reduce__()[:2], d.__missing__("new"), d)
d.default_factory = None
error(lambda: d["nope"])
error(lambda: defaultdict().x)
error(setattr, defaultdict(), "x", 1)


class DD(defaultdict):
    def __missing__(self, key):
        return key * 2


dd = DD(int)
dd.attr = 1
print(dd["ab"], dd, dd.attr, DD.__mro__[1])
n = defaultdict(lambda: defaultdict(int))
n[1][2] += 3
print(n[1], n.keys(), list(n))


class M(dict):
    def __missing__(self, key):
        return f"no {key}"


m = M(a=1)
print(m["a"], m["b"], m.get("b"), "b" in m, m)

# OrderedDict
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
print(o, OrderedDict(), OrderedDict(x=1), OrderedDict({1: 2}, y=3))
o.move_to_end("a")
print(o)
o.move_to_end("c", last=False)
print(o, list(o), list(reversed(o)), o.keys(), o.values(), o.items())
print(o.popitem(), o.popitem(last=False), o, o.pop("b"), o.pop("b", 5), o.pop(key="b", default=6), o)
error(o.pop, "zz")
error(o.popitem)
error(o.move_to_end, 1)
error(OrderedDict, 1)
error(OrderedDict, {}, {})
error(OrderedDict, [1])
error(OrderedDict, ["abc"])
error(o.update, 1, 2)
a, b = OrderedDict(x=1, y=2), OrderedDict(y=2, x=1)
print(a == b, a != b, a == dict(b), dict(a) == b, a == OrderedDict(x=1, y=2), a.__eq__(1))
error(lambda: a < b)
print(a | {"z": 3}, {"z": 3} | a, OrderedDict.fromkeys("ab", 1), a.copy(), copy.copy(a), copy.deepcopy(a), a.setdefault("q"), a)
a |= {"n": 1}
a.update(x=9)
a["new"] = 1
del a["y"]
print(a, a.__dict__, a.__reduce__()[:4])
a.extra = 1
print(a.__dict__, a.__reduce__()[:4])
rec = OrderedDict()
rec["self"] = rec
print(rec)


class Od(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


od = Od(a=1, b=2)
od.update(c=3)
od.setdefault("d", 4)
print(od, od.copy(), Od.fromkeys("a", 1))
lru = OrderedDict((i, i) for i in range(20))
for i in range(1000):
    lru.move_to_end((i * 7) % 20)
    lru.move_to_end((i * 3) % 20, last=False)
    if i % 10 == 0:
        k, v = lru.popitem(last=i % 20 == 0)
        lru[k] = v
print(list(lru))
fifo = OrderedDict()
for i in range(5000):
    fifo[i] = i
    if len(fifo) > 30:
        fifo.popitem(last=False)
print(list(fifo)[:3], len(fifo), fifo[4999], 4000 in fifo)
stack = {}
for r in range(5):
    for i in range(100):
        stack[i] = i
    for i in range(97 - r):
        stack.popitem()
    print(stack, [stack.get(i) for i in range(6)])

# ChainMap
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(c, c["a"], c["b"], len(c), list(c), c.maps, c.parents, c.new_child(), c.new_child({"z": 1}), c.new_child(q=2), dict(c), ChainMap())
c["c"] = 5
del c["a"]
print(c, c["a"], c.get("x", 7), "b" in c, bool(c), bool(ChainMap()), c.copy(), c | {"w": 1}, {"w": 1} | c, c == dict(c))
error(lambda: c["nope"])
error(c.__delitem__, "b")
error(c.pop, "b")
error(ChainMap().popitem)
print(c.pop("c"), c.keys(), sorted(c.items()), ChainMap.fromkeys("ab", 0), isinstance(c, dict))
c.clear()
c |= {"k": 1}
print(c)


def during(change, part=iter):
    o = OrderedDict(a=1, b=2, c=3)
    try:
        for x in part(o):
            change(o)
        print("no error", o)
    except RuntimeError as e:
        print(e)


during(lambda o: o.update(d=4))
during(lambda o: o.move_to_end("a"))
during(lambda o: o.pop("b"), lambda o: o.items())
during(lambda o: o.update(a=9), lambda o: o.values())
during(lambda o: o.popitem(), reversed)
o = OrderedDict(a=1, b=2)
print(type(iter(o)), type(iter(o.items())), list(o.items()), list(reversed(o.values())), list(reversed(o.keys())), o.keys() & {"a"}, "a" in o, dict(o), {**o})
