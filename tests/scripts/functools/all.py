import functools
from functools import *


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


print(functools.__all__)
# reduce
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(max, [], 0), reduce(lambda a, b: a + b, "abc", "x"), reduce(max, [7]), reduce(max, [], None))
error(reduce, max)
error(reduce, max, [])
error(reduce, max, 1)

# partial
p = partial(int, base=2)
print(p("101"), p.func, p.args, p.keywords, partial(max, 1, 2)(3), p("12", base=8))
q = partial(partial(print, 1, sep="-"), 2, end="!\n")
q(3, 4)
q(3, sep="+")
print(q, q.args, sorted(q.keywords.items()))
error(partial)
error(partial, 1)
error(partial(max))
p.attr = 5
print(p.attr, p.__dict__, p.__reduce__(), partial(p, 1).func is p)
error(lambda: p.nope)
r = partial(print)
r.__setstate__((max, (1, 2), {}, {"x": 1}))
print(r, r(0), r.x)
error(r.__setstate__, 1)


class Sub(partial):
    def extra(self):
        return len(self.args)


print(Sub(max, 1, 2).extra(), Sub(max, 1)(2), partial[int])


class Meth:
    f = partial(lambda *a: len(a), 1)


print(Meth().f(), Meth.f())

# lru_cache
calls = []


@lru_cache(maxsize=2)
def sq(x, *rest, **kw):
    "Squares."
    calls.append(x)
    return x * x


print([sq(i) for i in (1, 2, 1, 3, 1, 2)], calls, sq.cache_info(), sq.cache_parameters())
sq.cache_clear()
print(sq.cache_info(), sq(1, 2), sq(1, k=2), sq(1, k=2), sq.cache_info(), sq.__name__, sq.__doc__, sq.__wrapped__(3), sq.__module__)
error(sq, [])
error(lru_cache, 1.5)
error(lru_cache, "a")
error(lru_cache(5), 1)


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(150), fib.cache_info(), fib.cache_parameters())


@lru_cache(typed=True)
def kind(x):
    return type(x).__name__


print(kind(1), kind(1.0), kind(True), kind(1), kind.cache_info())


@lru_cache
def plain(a, b=2):
    return a, b


print(plain(1), plain(1, 2), plain(a=1), plain(1, b=2), plain.cache_info(), plain(1) is plain(1))


@lru_cache(maxsize=0)
def never(x):
    return x


@lru_cache(maxsize=-5)
def negative(x):
    return x


print(never(1), never(1), never.cache_info(), negative(1), negative.cache_info())


@lru_cache(maxsize=3)
def fails(x):
    raise ValueError(x)


error(fails, 1)
error(fails, 1)
print(fails.cache_info())


class WithCache:
    @lru_cache(maxsize=None)
    def m(self, x):
        return x + 1

    @staticmethod
    @cache
    def s(x):
        return x

    def __repr__(self):
        return "wc"


w = WithCache()
print(w.m(1), w.m(1), WithCache.m.cache_info(), w.s(4), WithCache.s(4), WithCache.s.cache_info())


@lru_cache(maxsize=50)
def many(x):
    return -x


print(sum(many((i * i) % 97) for i in range(3000)), many.cache_info())
import copy
print(copy.copy(many) is many, copy.deepcopy(many) is many)

# cmp_to_key
key = cmp_to_key(lambda a, b: (a > b) - (a < b))
print(sorted([3, 1, 2], key=key), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), key(1) < key(2), key(1) == key(1), key(2) >= key(1), key(3).obj, key(obj=3).obj)
error(cmp_to_key)
error(lambda: key(1) < 3)
error(hash, key(1))
error(key)

# wraps


def deco(f):
    @wraps(f)
    def wrapper(*args):
        "inner doc"
        return f(*args)

    return wrapper


@deco
def target(a: int) -> str:
    "target doc"


target.x = 1
print(target.__name__, target.__doc__, target.__qualname__, target.__annotations__, target.__wrapped__.__name__, WRAPPER_ASSIGNMENTS, WRAPPER_UPDATES)


def other():
    pass


print(update_wrapper(other, target, assigned=("__doc__",), updated=()).__doc__, other.__name__, other.__wrapped__ is target)
print(update_wrapper(lambda: 0, 5, updated=()).__wrapped__)


# total_ordering
@total_ordering
class T:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == other.v

    def __lt__(self, other):
        if not isinstance(other, T):
            return NotImplemented
        return self.v < other.v


print(T(1) < T(2), T(1) <= T(1), T(2) > T(1), T(1) >= T(2), T(1) > T(1), T(1) >= T(1), T.__le__.__name__)
error(lambda: T(1) <= 5)
for root in ("__lt__", "__le__", "__gt__", "__ge__"):
    ns = {root: lambda a, b, r=root: getattr(a.v, r)(b.v), "__eq__": lambda a, b: a.v == b.v, "__init__": T.__init__}
    cls = total_ordering(type("X", (), ns))
    print(root, [(a < b, a <= b, a > b, a >= b) for a in map(cls, (1, 2)) for b in map(cls, (1, 2))])
error(total_ordering, type("X", (), {}))


# cached_property
class Cp:
    count = 0

    @cached_property
    def value(self):
        "The value."
        self.count += 1
        return self.count * 10


c = Cp()
print(c.value, c.value, c.count, c.__dict__, Cp.value.__doc__, Cp.value.attrname)
del c.value
print(c.value)


class Slotted:
    __slots__ = ()

    @cached_property
    def v(self):
        return 1


error(lambda: Slotted().v)
cp = cached_property(lambda self: 1)
error(cp.__get__, c)
cp.__set_name__(Cp, "a")
error(cp.__set_name__, Cp, "b")
