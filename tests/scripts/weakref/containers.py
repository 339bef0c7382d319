# The containers of weakref.
import gc
import weakref


class K:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"K({self.n})"

    def __eq__(self, other):
        return isinstance(other, K) and self.n == other.n

    def __hash__(self):
        return hash(self.n)


def raises(f, *args):
    try:
        print("no error", f(*args))
    except Exception as e:
        print(type(e).__name__, str(e).split(" at ")[0])


print("WeakValueDictionary")
a, b, c = K(1), K(2), K(3)
d = weakref.WeakValueDictionary({"a": a}, b=b)
d["c"] = c
print(len(d), sorted(d), list(d.keys()), list(d.values()), list(d.items()))
print(d["a"], d.get("x"), d.get("x", 5), "a" in d, "x" in d, d.setdefault("a", b), d.setdefault("z", c))
print(repr(d).startswith("<WeakValueDictionary at 0x"))
raises(lambda: d["x"])
raises(d.__delitem__, "x")
raises(d.__setitem__, "x", 1)
raises(d.pop, "x")
print(d.pop("x", 3), d.pop("z"))
del a
print(list(d.items()), len(d), d.get("a"))
raises(lambda: d["a"])
d["b"] = c
del b
print(list(d.items()))
e = d.copy()
print(type(e).__name__, list(e.items()), e == d, (e | {"k": c})["k"], ({"k": c} | e)["b"])
e |= {"m": c}
print(sorted(e), [type(r).__name__ for r in d.valuerefs()], len(list(d.itervaluerefs())))
print(e.popitem())
e.clear()
print(len(e))
raises(e.popitem)
items = [K(i) for i in range(10)]
d = weakref.WeakValueDictionary(enumerate(items))
for key, value in d.items():
    if key == 4:
        value = None
        del items[6:]
print(sorted(d))
d = weakref.WeakValueDictionary()
x = K(1)
d["x"] = x
x.me = x
del x
gc.collect()
print(len(d))

print("WeakKeyDictionary")
a, b, c = K(1), K(2), K(3)
d = weakref.WeakKeyDictionary({a: "a"})
d[b] = "b"
d[c] = "c"
print(len(d), sorted(k.n for k in d), list(d.keys()), list(d.values()), list(d.items()))
print(d[K(1)], d.get(K(9)), d.get(K(9), 5), a in d, K(7) in d, 5 in d, d.setdefault(a, "z"), [r() for r in d.keyrefs()])
raises(lambda: d[K(9)])
raises(lambda: d[1])
raises(d.__delitem__, K(9))
raises(d.pop, K(9))
print(d.pop(K(9), 3), d.pop(c))
del a
print(list(d.items()), len(d))
d.update({c: "new"})
print(list(d.items()), type(d.copy()).__name__, d == d.copy(), (d | {b: 1})[b], ({b: 1} | d)[b])
print(d.popitem()[1])
d.clear()
print(len(d), repr(d).startswith("<WeakKeyDictionary at 0x"))

print("WeakSet")
a, b, c = K(1), K(2), K(3)
s = weakref.WeakSet([a, b])
s.add(c)
s.add(K(1))
print(len(s), sorted(x.n for x in s), a in s, K(2) in s, 5 in s)
t = weakref.WeakSet([b, c])
names = lambda s: sorted(x.n for x in s)
print(names(s | t), names(s & t), names(s - t), names(s ^ t), s == t, s >= t, t <= s, s < t, s > t, t.isdisjoint([a]))
print(names(s.union([a])), names(s.difference([a])), t.issubset(s), s.issuperset(t), type(s.copy()).__name__)
del a
print(len(s), names(s))
s.discard(K(99))
raises(s.remove, K(99))
s.remove(b)
print(names(s))
s |= [b]
s &= [b]
print(names(s))
s ^= t
print(names(s))
s -= [c]
print(names(s), s.pop() if s else "empty")
raises(s.pop)
s.update([b, c])
s.clear()
print(len(s))
raises(s.add, 1)

print("WeakMethod")


class M:
    def f(self):
        return "f"

    def g(self):
        return "g"


m = M()
log = []
w = weakref.WeakMethod(m.f, lambda r: log.append(r is w))
print(w()(), w() == m.f, w == weakref.WeakMethod(m.f), w == weakref.WeakMethod(m.g), hash(w) == hash(weakref.WeakMethod(m.f)))
del m
print(w(), log)
raises(weakref.WeakMethod, print)

print("finalize")
a = K(1)
f = weakref.finalize(a, print, "finalized", 1, sep="-")
print(f.alive, f.peek()[0] is a, f.peek()[1:], f.atexit)
print(repr(f).startswith("<finalize object at 0x"), "; for 'K' at 0x" in repr(f))
del a
print(f.alive, f.peek(), f.detach(), f(), "; dead>" in repr(f))
a = K(2)
f = weakref.finalize(a, lambda x: x * 2, 21)
print(f(), f.alive, f())
f = weakref.finalize(a, print, "never")
print(f.detach()[0] is a, f.alive, f.detach())
f = weakref.finalize(a, print, "at exit 1")
g = weakref.finalize(a, print, "never at exit")
g.atexit = False
h = weakref.finalize(a, print, "at exit 2")
x = weakref.finalize(K(5), print, "at once")
raises(weakref.finalize, 1, print)
