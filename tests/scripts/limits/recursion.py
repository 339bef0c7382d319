# What is nested too deeply raises RecursionError, whatever walks it, and never a crash.
import sys


def attempt(name, f):
    try:
        f()
        print(name, "ended")
    except RecursionError:
        print(name, "RecursionError")


def nested(make, n=200_000):
    x = make(None)
    for _ in range(n):
        x = make(x)
    return x


attempt("repr", lambda: repr(nested(lambda x: [x])))
a, b = nested(lambda x: [x]), nested(lambda x: [x])
attempt("compare", lambda: a == b)
del a, b


def endless(*args):
    return endless(*args)


attempt("call", endless)


def deep_max(n):
    return max(deep_max(n + 1), 1)


def deep_sort(n):
    return sorted([1, 2], key=lambda x: deep_sort(n + 1))


attempt("max", lambda: deep_max(0))
attempt("sort key", lambda: deep_sort(0))


class Loop:
    def __eq__(self, other):
        return self == other

    def __hash__(self):
        return hash(self)

    def __repr__(self):
        return repr(self)

    def __add__(self, other):
        return self + other

    def __len__(self):
        return len(self)

    def __iter__(self):
        return iter(self)

    def __contains__(self, item):
        return item in self

    def __call__(self):
        return self()

    def __getitem__(self, key):
        return self[key]

    def __getattr__(self, name):
        return getattr(self, name)


loop = Loop()
for name, f in {
    "==": lambda: loop == Loop(),
    "hash": lambda: hash(loop),
    "repr": lambda: repr(loop),
    "+": lambda: loop + 1,
    "len": lambda: len(loop),
    "iter": lambda: iter(loop),
    "in": lambda: 1 in loop,
    "()": lambda: loop(),
    "[]": lambda: loop[0],
    ".": lambda: loop.x,
    "key": lambda: {loop: 1},
}.items():
    attempt(name, f)
