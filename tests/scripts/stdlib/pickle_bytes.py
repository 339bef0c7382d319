import pickle
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class A:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return type(o) is type(self) and o.__dict__ == self.__dict__
    def __repr__(self): return "A(%r)" % self.x
    class In: pass
class S:
    __slots__ = ("p", "q")
class L(list): pass
class D(dict): pass
class I(int): pass
class G:
    def __init__(self): self.a = 1; self.b = 2
    def __getstate__(self): return (self.a,)
    def __setstate__(self, s): self.a, = s; self.b = "restored"
class N:
    def __new__(cls, v): o = object.__new__(cls); o.v = v; return o
    def __getnewargs__(self): return (self.v,)
class K:
    def __new__(cls, *, v): o = object.__new__(cls); o.v = v; return o
    def __getnewargs_ex__(self): return (), {"v": self.v}
class R:
    def __reduce__(self): return (A, (5,))
def func(): pass
a = A([1, "two"])
values = [None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -129, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**70, -2**100, 1.5, -0.0, 1e300, float("inf"),
    "", "abc", "é\n\\x", "€" * 3, "x" * 300, b"", b"abc", bytes([0,255]*3), bytes([121]*300), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2, [3]], {}, {1: 2}, {"a": 1, "b": [2]},
    set(), {1}, frozenset(), frozenset([2]), range(3), slice(1, 2, None), A, func, len, int, A.In, a, [a, a], L([1, 2]), D(x=1), I(7), ..., NotImplemented, type(None), ValueError, G(), N(3), ((1, 2), (1, 2)), ["ab", "ab"], [1.5, 1.5], {"k": ("v", b"vw", {"s": {3}})}, list(range(1500)), {i: i for i in range(1001)}, R(), ValueError("x", 1), KeyError("k"), OSError(2, "no")]
for proto in range(6):
    for v in values:
        try: d = pickle.dumps(v, proto)
        except Exception as e: print(proto, repr(v)[:40], type(e).__name__, e); continue
        if len(d) < 500: print(proto, repr(v)[:30] if " at 0x" not in repr(v) else type(v).__name__, d)
        else: print(proto, len(d), sum(d), d[:20])
        w = pickle.loads(d)
        if type(w) is not type(v) or (w != v and not isinstance(v, (A, G, N, R, BaseException))): print("   BAD", w)
        if isinstance(v, (G, N)): print(w.__dict__)
        if isinstance(v, BaseException): print(repr(w))
s = S(); s.p = 5
for p in (2, 3, 4, 5): w = pickle.loads(pickle.dumps(s, p)); print(w.p, hasattr(w, "q"), pickle.dumps(s, p))
tr(pickle.dumps, s, 1)
print(pickle.loads(pickle.dumps(K(v=[1]), 4)).v, pickle.dumps(K(v=[1]), 4))
l = []; l.append(l); m = pickle.loads(pickle.dumps(l)); print(m[0] is m, pickle.dumps(l))
t = ([],); t[0].append(t); u = pickle.loads(pickle.dumps(t)); print(u[0][0] is u, pickle.dumps(t), pickle.dumps(t, 0))
x = A(None); x.x = x; y = pickle.loads(pickle.dumps(x)); print(y.x is y)
d = {}; d["me"] = d; e = pickle.loads(pickle.dumps(d)); print(e["me"] is e)
tr(pickle.dumps, (i for i in [])); tr(pickle.dumps, pickle)
tr(lambda: pickle.loads(b"")); tr(lambda: pickle.loads(b"\x80\x09.")); tr(lambda: pickle.loads(b"\x80\x04K")); tr(lambda: pickle.loads(b"~")); tr(lambda: pickle.loads(b"\x00")); tr(lambda: pickle.loads("x")); tr(lambda: pickle.dumps(1, 9)); tr(lambda: pickle.loads(b"cnosuchmod\nx\n.")); tr(lambda: pickle.loads(b"\x80\x04\x8c\x08__main__\x8c\x04nope\x93."))
def loc():
    def inner(): pass
    return inner
tr(pickle.dumps, loc())
lam = lambda: 1
try: pickle.dumps(lam)
except pickle.PicklingError as e: print(str(e).split(" at 0x")[0], str(e).split(">:")[1])
class F:
    def __init__(self): self.d = []
    def write(self, b): self.d += list(b)
    def read(self, n): r, self.d = self.d[:n], self.d[n:]; return bytes(r)
    def readline(self): i = self.d.index(10) + 1; r, self.d = self.d[:i], self.d[i:]; return bytes(r)
f = F(); pickle.dump([1], f); pickle.dump("two", f); print(pickle.load(f), pickle.load(f)); tr(pickle.load, f)
class MyP(pickle.Pickler):
    def persistent_id(self, o): return "PID" if isinstance(o, A) else None
class MyU(pickle.Unpickler):
    def persistent_load(self, p): return ("loaded", p)
    def find_class(self, m, n): raise pickle.UnpicklingError("no " + n)
f = F(); MyP(f).dump([a, 1]); print(f.d, MyU(f).load())
f = F(); pickle.dump(A, f); tr(lambda: MyU(f).load())
f = F(); p = pickle.Pickler(f); p.dump([1]); p.dump([1]); p.clear_memo(); print(len(p.memo) if 0 else "ok")
class Ro(pickle.Pickler):
    def reducer_override(self, o):
        if isinstance(o, A): return (int, ("42",))
        return NotImplemented
f = F(); Ro(f).dump([a]); print(pickle.load(f))
class DT(pickle.Pickler): pass
f = F(); q = DT(f); q.dispatch_table = {A: lambda o: (str, ("disp",))}; q.dump(a); print(pickle.load(f))
print(pickle.DEFAULT_PROTOCOL, pickle.HIGHEST_PROTOCOL, pickle.MARK)
print(pickle.loads(b"I5\n."), pickle.loads(b"S'abc\\n'\n."), pickle.loads(b"(dp0\nVa\np1\nI1\ns."), pickle.loads(b"(lp0\nI1\naL5L\na."), pickle.loads(b"c__builtin__\nxrange\n(I0\nI3\ntR."))
big = bytes([122]*70000); dd = pickle.dumps([big, "y" * 70000, 1]); print(len(dd), dd[:30], pickle.loads(dd)[2])
many = [str(i) for i in range(30000)]; dd = pickle.dumps(many); print(len(dd), sum(dd), pickle.loads(dd) == many)
import copyreg
class C: pass
copyreg.pickle(C, lambda o: (A, (9,))); print(pickle.loads(pickle.dumps(C())))
copyreg.add_extension("__main__", "A", 200); print(pickle.dumps(A, 2), pickle.loads(pickle.dumps(A, 2))); copyreg.remove_extension("__main__", "A", 200)
