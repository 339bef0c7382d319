"""Operators whose methods are Python functions: results, NotImplemented, reflected methods, errors, tracebacks."""
import sys
import traceback


class V:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if isinstance(other, int):
            return V(self.n + other)
        if isinstance(other, V):
            return V(self.n + other.n)
        return NotImplemented

    def __radd__(self, other):
        return f"{other!r} + V({self.n})"

    def __mul__(self, other, extra=3):
        return (self.n, other, extra)

    def __sub__(self, other):
        raise ValueError(f"no {other}")

    def __matmul__(self, other):
        yield self.n
        yield other

    def __getitem__(self, key):
        return key if key != 5 else self.n // 0

    def __floordiv__(self, *others):
        return others


class W(V):
    def __radd__(self, other):
        return "W first"


class R:
    def __radd__(self, other):
        return NotImplemented if isinstance(other, W) else "R"


class I(V):
    def __iadd__(self, other):
        self.n += 100
        return self


v = V(1)
print((v + 2).n, (2 + v), (v + v).n, v + R(), v + W(2), (W(1) + v).n)
print(v * 2, 3, v // 4, list(v @ 7))
print(v[1], v["a"], v[1:2], v[1, ...], v[v] is v)
i = I(1)
i += 5
print(i.n)
v += 3
print(v.n)
total = V(0)
for k in range(1000):
    total = total + k + V(1)
print(total.n)
for text in ["v + 'a'", "v + W", "W(1) + R()", "v - 1", "v[5]", "v @ 1 @ 2", "v += []", "v ** 2"]:
    try:
        exec(text)
    except Exception as e:
        print(text, "->", type(e).__name__, e)
try:
    print(v[1] + v[5])
except ZeroDivisionError:
    traceback.print_exc(file=sys.stdout)


class Deep:
    def __init__(self, depth):
        self.depth = depth

    def __add__(self, other):
        return 0 if self.depth == 0 else Deep(self.depth - 1) + other

    def __getitem__(self, key):
        return self[key]


print(Deep(300) + 1)
try:
    Deep(0)[1]
except RecursionError as e:
    print(type(e))


class Looker:
    def __add__(self, other):
        return sys._getframe().f_back.f_code.co_name, sys._getframe().f_code.co_name


def caller():
    return Looker() + 1


print(caller())


def generator():
    x = yield V(1) + V(2)
    yield V(x)[x]


g = generator()
print(next(g).n, g.send(4))
