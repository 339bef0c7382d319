"""Lists: append, pop, slices, iteration, unpacking, enumerate and zip."""
from time import perf_counter


def run(rounds):
    total = 0
    for _ in range(rounds):
        items = []
        for i in range(300):
            items.append(i)
        for i, x in enumerate(items):
            total += i - x
        for a, b in zip(items, items[1:]):
            total += b - a
        half = items[:150] + items[150:]
        while half:
            half.pop()
    return total


start = perf_counter()
assert run(1500) == 1500 * 299
print(perf_counter() - start)
