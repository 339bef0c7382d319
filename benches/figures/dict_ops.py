"""Dictionaries: int and tuple keys, items, get, setdefault, pop."""
from time import perf_counter


def run(rounds):
    total = 0
    for _ in range(rounds):
        d = {}
        for i in range(300):
            d[i] = i
        for i in range(100):
            d.setdefault(i, []); d[(i, i + 1)] = i
        for key, value in d.items():
            total += value
        for i in range(400):
            total += d.get(i, 0)
        for i in range(100):
            d.pop(i)
    return total


start = perf_counter()
assert run(800) == 800 * (44850 * 2 + 4950)
print(perf_counter() - start)
