"""Searching and set operations with keys that need == and keys that do not."""


class Eq:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == (other.v if isinstance(other, Eq) else other)

    def __hash__(self):
        return hash(self.v)

    def __repr__(self):
        return f"Eq({self.v})"


class S(str):
    def __eq__(self, other):
        return "other" if str(other) == "x" else False

    __hash__ = str.__hash__


nan = float("nan")
mixed = [1, "a", 2.0, True, None, nan, Eq(7), S("q"), "b", 10**20, (1, 2), "x", 7, 0.0]
for x in [1, 1.0, True, "a", "b", "x", "q", 2, 7, Eq("b"), None, nan, float("nan"), 10**20, (1, 2), 0, -0.0, False, "zz", Eq("zz"), S("x")]:
    try:
        where = mixed.index(x)
    except ValueError as e:
        where = "absent"
    print(repr(x), x in mixed, where, mixed.count(x))
print(mixed.index("b", 3), mixed.index(1, 1), mixed.index(1, -20, 99))
l = mixed[:]
l.remove(7)
l.remove("b")
l.remove(2)
print(l)


class Shrinks:
    def __eq__(self, other):
        lst.clear()
        return False


lst = [1, Shrinks(), 2, 3]
print(2 in lst, lst)
lst = ["a", Shrinks(), "b"]
print(lst.count("b"), lst)

a = {1, 2, "a", "b", Eq(5), 3.0, None, (1,), Eq("c")}
b = {1.0, "b", 5, "c", Eq(2), (1,), 9}
for op in ("__or__", "__and__", "__sub__", "__xor__", "__le__", "__lt__", "__eq__"):
    for x, y in ((a, b), (b, a), (a, a), (a, set()), (set(), b), ({1, 2}, a), (set(range(50)), set(range(25, 80)))):
        r = getattr(x, op)(y)
        print(op, sorted(map(repr, r)) if isinstance(r, set) else r)
print(list(set(range(50)) | set(range(40, 90, 3))), list(set(range(0, 90, 7)) & set(range(50))), list({*range(30)} - {*range(5, 25)}))
big = {i * 37 % 1009 for i in range(700)}
big -= {i for i in range(0, 1009, 2)}
big |= {str(i) for i in range(5)} - {"3"}
print(len(big), 37 in big, "3" in big, "4" in big, sum(x for x in big if isinstance(x, int)))
z = {0, 61, 122, 2**61 - 1, -1, -2}
print([x in z for x in (0, 0.0, 61, 2**61 - 1, -1, -2, 5, False)], len(z))

d = {i: i for i in range(20)}
for i in range(0, 20, 3):
    del d[i]
e = {}
e.update(d)
e[100] = 1
print(e, d, {**d, "k": 1}, dict(d), d.copy(), d | {1: 5})
e = {1: 1}
del e[1]
e.update(d, z=3)
print(e, list(e.items())[0], e.popitem(), e.popitem())
d.clear()
e = {}
e.update(d)
e[1] = 2
print(e, d)
