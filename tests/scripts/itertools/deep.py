from itertools import *


def deep(wrap, start, n=100_000):
    it = start
    for _ in range(n):
        it = wrap(it)
    try:
        print("got", next(it))
    except RecursionError:
        print("RecursionError")
    del it
    print("gone")


# So deep a nesting ends in CPython's own stack: only what both can do is compared.
for wrap in (lambda i: chain(i), lambda i: islice(i, 5), lambda i: takewhile(lambda x: True, i)):
    deep(wrap, iter([1, 2]), 50)


class Bad:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("bad")


for it in (chain([1], Bad()), islice(Bad(), 3), cycle(Bad()), accumulate(Bad()), pairwise(Bad()), zip_longest([1], Bad()),
           compress(Bad(), [1]), groupby(Bad()), tee(Bad())[0], dropwhile(bool, Bad()), starmap(max, Bad())):
    for _ in range(2):
        try:
            print(type(it).__name__, next(it))
        except (ValueError, StopIteration) as e:
            print(type(it).__name__, type(e).__name__, e)


class Again:
    "A __next__ that asks the tee again."

    def __init__(self):
        self.tee = None

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.tee)


again = Again()
again.tee, other = tee(again)
try:
    next(other)
except RuntimeError as e:
    print(e)


class P:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n == 1:
            self.inner = next(self.pairs)
        return self.n


p = P()
p.pairs = pairwise(p)
print(next(p.pairs), p.inner, next(p.pairs))
