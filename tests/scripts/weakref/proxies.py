# weakref.proxy stands for the object.
import weakref


class A:
    def __init__(self, n):
        self.n = n

    def method(self):
        return self.n * 2

    def __call__(self, *args, **kwargs):
        return args, kwargs


class Rich:
    def __init__(self):
        self.d = {1: 2}

    def __getitem__(self, k):
        return self.d[k]

    def __setitem__(self, k, v):
        self.d[k] = v

    def __delitem__(self, k):
        del self.d[k]

    def __len__(self):
        return len(self.d)

    def __contains__(self, k):
        return k in self.d

    def __iter__(self):
        return iter(self.d)

    def __str__(self):
        return "rich"

    def __bool__(self):
        return False

    def __add__(self, other):
        return ("add", other)

    def __radd__(self, other):
        return ("radd", other)

    def __iadd__(self, other):
        return ("iadd", other)

    def __neg__(self):
        return "neg"

    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 2

    def __eq__(self, other):
        return other == 5

    def __lt__(self, other):
        return "lt"


def raises(f, *args):
    try:
        print("no error", f(*args))
    except Exception as e:
        print(type(e).__name__, e)


a = A(3)
p = weakref.proxy(a)
print(type(p) is weakref.CallableProxyType, p is weakref.proxy(a), p.n, p.method(), p(1, b=2))
p.n = 4
p.new = 5
print(a.n, a.new)
del p.new
raises(lambda: p.new)
print(repr(p).startswith("<weakproxy at 0x"), " to A at 0x" in repr(p), isinstance(p, A), p.__class__ is A)
print(str(p) == str(a), weakref.getweakrefcount(a))
raises(hash, p)
w = weakref.ref(a)
print([x is y for x, y in zip(weakref.getweakrefs(a), [w, p])])

r = Rich()
q = weakref.proxy(r)
print(type(q) is weakref.ProxyType, type(q) in weakref.ProxyTypes)
q[3] = 4
print(q[1], q[3], len(q), 3 in q, 9 in q, list(q), str(q), bool(q))
del q[3]
print(len(q), q + 1, 1 + q, -q, int(q), float(q), [10, 20, 30][q], q == 5, q == 6, q < 1)
s = q
s += 4
print(s)
raises(lambda: q - 1)
raises(lambda: ~q)

log = []
c = weakref.proxy(r, lambda x: log.append(x is c))
print(c is q, c[1])
del r
print(log)
for f in (lambda: q[1], lambda: q.x, lambda: len(q), lambda: bool(q), lambda: str(q), lambda: q + 1, lambda: 1 + q,
          lambda: list(q), lambda: next(q), lambda: q == 1, lambda: setattr(q, "x", 1)):
    raises(f)
del a
raises(lambda: p.n)
raises(lambda: p())
print("NoneType" in repr(p))
raises(weakref.proxy, 1)
raises(weakref.proxy)


def gen():
    yield 1
    yield 2


g = gen()
gp = weakref.proxy(g)
print(next(gp), next(gp))
x = Rich()
raises(next, weakref.proxy(x))
