"""Generators, plain, delegating and as expressions."""
from time import perf_counter


def count(n):
    for i in range(n):
        yield i


def twice(n):
    yield from count(n)
    yield from count(n)


def run(rounds):
    total = 0
    for _ in range(rounds):
        total += sum(x + 1 for x in count(200))
        for x in twice(100):
            total += x
    return total


start = perf_counter()
assert run(1000) == 30_000_000
print(perf_counter() - start)
