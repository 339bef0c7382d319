import copy
from copy import copy as c, deepcopy as d
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class A:
    def __init__(self, x): self.x = x
    def __repr__(self): return "A(%r)" % (self.x,)
    def m(self): return self.x
a = A([1, [2]])
print(c(a), d(a), c(a).x is a.x, d(a).x is a.x, d(a).x[1] is a.x[1], type(c(a)))
for v in [1, "s", None, 1.5, True, (1, 2), b"x", range(3), int, len, print, frozenset([1]), slice(1, 2), ...]:
    assert c(v) is v, v
    assert d(v) is v or d(v) == v, v
l = [1, [2], {"k": (3, [4])}]
e = d(l)
print(e == l, e is l, e[1] is l[1], e[2]["k"][1] is l[2]["k"][1], c(l)[1] is l[1])
l.append(l); e = d(l); print(e[3] is e, e is l)
t = ([1], 2); print(d(t), d(t)[0] is t[0]); u = (1, (2, "x")); print(d(u) is u)
cyc = ([],); cyc[0].append(cyc); k = d(cyc); print(k[0][0] is k)
s = {1, 2}; print(c(s), c(s) is s, d(s), d({1: {2}}))
class S:
    __slots__ = ("p", "q")
x = S(); x.p = [1]; y = d(x); print(y.p, y.p is x.p, hasattr(y, "q"), c(x).p is x.p)
class T(S):
    pass
x = T(); x.p = 1; x.z = [3]; y = d(x); print(y.p, y.z, y.z is x.z)
class L(list):
    pass
q = L([1, [2]]); q.at = 5; r = d(q); print(r, type(r).__name__, r.at, r[1] is q[1], c(q), c(q).at)
class D(dict):
    pass
q = D(a=[1]); q.w = 1; r = d(q); print(r, type(r).__name__, r.w, r["a"] is q["a"])
class I(int):
    pass
i = I(5); i.n = "n"; print(d(i), type(d(i)).__name__, d(i).n)
class Tp(tuple):
    pass
print(d(Tp([1, [2]])), type(c(Tp([1]))).__name__)
class Cu:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep"
print(c(Cu()), d(Cu()), d([Cu()]))
class St:
    def __init__(self): self.a = 1; self.b = 2
    def __getstate__(self): return {"a": self.a}
    def __setstate__(self, st): self.__dict__.update(st); self.set = True
print(c(St()).__dict__)
class Ne:
    def __new__(cls, v): o = object.__new__(cls); o.v = v; return o
    def __getnewargs__(self): return (self.v,)
print(d(Ne([1])).v)
class Kw:
    def __new__(cls, *, v): o = object.__new__(cls); o.v = v; return o
    def __getnewargs_ex__(self): return (), {"v": self.v}
print(d(Kw(v=[1])).v)
class Re:
    def __reduce__(self): return (A, (5,), {"y": 1})
print(d(Re()), d(Re()).y)
class Rs:
    def __reduce__(self): return "name"
r = Rs(); print(c(r) is r)
tr(d, (x for x in []))
import sys
tr(d, sys)
m = d(a.m); print(m(), m.__self__ is a)
shared = [1]; o = [shared, shared]; p = d(o); print(p[0] is p[1])
memo = {}; d(o, memo); print(len(memo))
print(copy.Error, copy.error is copy.Error)
e = ValueError("a", 1); e.extra = 2
f = d(e); print(repr(f), f.extra)
class Node:
    def __init__(self): self.next = None; self.data = []
n = Node(); n.next = n; n2 = d(n); print(n2.next is n2, n2 is n)
def fn(): pass
print(d(fn) is fn, d([fn])[0] is fn, d(A) is A)
print(d({(1, 2): [3]}), c({1: 2}))
deep = []
for _ in range(100): deep = [deep]
d(deep)
def rec():
    x = []
    for _ in range(100000): x = [x]
    return x
try: d(rec())
except RecursionError: print("RecursionError")
