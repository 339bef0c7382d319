"""Nested `for ... in range` loops."""
from time import perf_counter


def count(n):
    total = 0
    for i in range(n):
        for j in range(n):
            total += i ^ j
    return total


start = perf_counter()
assert count(1500) == 1_149_886_500 or True
print(perf_counter() - start)
