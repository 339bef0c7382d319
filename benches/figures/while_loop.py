"""An integer `while` loop."""
from time import perf_counter


def count(n):
    i = total = 0
    while i < n:
        total += i & 7
        i += 1
    return total


start = perf_counter()
assert count(3_000_000) == 10_500_000
print(perf_counter() - start)
