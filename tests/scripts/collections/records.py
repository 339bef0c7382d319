from collections import *
import collections, copy


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


P = namedtuple("P", "x y")
p = P(1, y=2)
print(p, p.x, p[1], p == (1, 2), hash(p) == hash((1, 2)), len(p), list(p), P._fields, P._field_defaults, P.__match_args__, P.__doc__)
print(p._replace(x=5), p._asdict(), P._make([3, 4]), p._make("ab"), type(P.x).__name__, bool(P.x.__doc__), p.__getnewargs__(), P.__slots__)
print(P, P.__module__, P.__qualname__, P.__new__.__qualname__, P._replace.__qualname__, P.__bases__)
x, y = p
print(x, y, max(P(1, 2), P(2, 1)), sorted([P(2, 1), P(1, 5)]), p + (3,), P(1, [2]), "%s-%s" % p)
error(P, 1)
error(P, 1, 2, 3)
error(P, x=1, z=2)
error(P._make, [1])
error(p._replace, z=1)
error(setattr, p, "x", 1)
error(delattr, p, "x")
error(setattr, p, "new", 1)
error(lambda: p.nope)
for args in [("P", "x x"), ("P", "_x"), ("class", "x"), ("P", ["1"]), ("P", [1]), ("P", "a class"), ("1P", "x"), ("P", "x-y")]:
    error(namedtuple, *args)
error(namedtuple, "P", "x", defaults=[1, 2])
print(namedtuple("P", "x class _y x", rename=True)._fields, namedtuple("E", "")(), namedtuple("One", "a")(1), namedtuple("C", "a, b,c")(1, 2, 3))
D = namedtuple("D", "a b c", defaults=(2, 3), module="mod")
print(D(1), D(1, 5), D._field_defaults, D.__module__, D)
error(D)


class Sub(namedtuple("Base", "a b")):
    __slots__ = ()

    def total(self):
        return self.a + self.b


s = Sub(1, 2)
print(s, s.total(), s._replace(a=9), type(s._replace(a=9)), Sub._make([1, 2]), copy.copy(s), copy.deepcopy(s))
match p:
    case P(x=1, y=why):
        print("matched", why)
match p:
    case P(1, 3):
        print("no")
    case P(a, b):
        print(a, b)

# Counter
c = Counter("mississippi")
print(c, c["i"], c["nope"], c.most_common(), c.most_common(2), c.total(), sorted(c.elements()), Counter(), Counter(None), Counter(a=2, b=3))
c.update("mmm")
c.update({"p": 10})
c.update(z=1)
c.subtract("zz")
c.subtract({"s": 1}, i=2)
print(c, len(c), dict(c))
del c["nope"]
del c["z"]
a, b = Counter(a=3, b=1, d=-2), Counter(a=1, b=2, c=5)
print(a + b, a - b, a & b, a | b, +a, -a, a == b, a != b, a <= b, Counter(a=1) <= a, a >= Counter(), Counter(a=1) == Counter(a=1, b=0), Counter(a=1) < Counter(a=2))
a += b
print(a)
a -= Counter(c=2, a=9)
print(a)
a |= Counter(z=7)
a &= Counter(z=3, c=1)
print(a, Counter([1, 2, 1]), Counter({1: "x", 2: 3}), c.copy() == c, type(c.copy()), copy.copy(c) == c, c.__reduce__()[0])
error(Counter, 1)
error(Counter, [1], [2])
error(Counter, [[]])
error(Counter.fromkeys, "a")
error(lambda: Counter() + 1)
error(lambda: Counter() < 1)
print(Counter("aab") == {"a": 2, "b": 1}, isinstance(c, dict), Counter(dict(a=1)), Counter(self=1, iterable=2))


class Cn(Counter):
    def __setitem__(self, k, v):
        super().__setitem__(k, v + 100)


print(Cn("ab"))

# UserDict and friends
u = UserDict(a=1)
u["b"] = 2
print(u, u["a"], len(u), "a" in u, list(u), u.data, u | {"c": 3}, {"c": 3} | u, u.copy(), copy.copy(u), u == {"a": 1, "b": 2}, u.pop("a"), u.get("zz"), UserDict.fromkeys("ab"))
error(lambda: u["zz"])
error(UserDict, {}, {})


class Ud(UserDict):
    def __missing__(self, k):
        return k * 2


print(Ud()["ab"])
l = UserList([3, 1, 2])
l.append(5)
l.sort()
l += [9]
print(l, l[0], l[1:3], type(l[1:3]), l + [1], [1] + l, l * 2, l == [1, 2, 3, 5, 9], l.index(5), l.count(1), len(l), l.pop(), l.copy(), l < [9], 3 in l, list(reversed(l)))
t = UserString("Hello")
print(t, repr(t), t + " w", "x" + t, t * 2, t.upper(), type(t.upper()), t[1:3], len(t), t == "Hello", t < "Z", "ell" in t, t.find("l"), t.split("l"), t.replace("l", UserString("L")), hash(t) == hash("Hello"), int(UserString("12")), t.startswith("He"), "%s!" % t, UserString("%s") % "q", t.center(9, "*"), t.join("ab"), t.encode())
print(sorted(collections.__all__))
error(lambda: collections.nope)


class Hashed:
    def __init__(self, h):
        self.h = h

    def __hash__(self):
        return self.h


print([hash(Hashed(h)) for h in (0, -1, 5, 2**61 - 1, 2**62, 2**63 - 1, 2**64, 10**30, True)])
