"""Sets: membership, adding, union, intersection."""
from time import perf_counter


def run(rounds):
    total = 0
    for n in range(rounds):
        a = set(range(n, n + 300))
        b = {i * 2 for i in range(200)}
        total += len(a & b) + len(a | b)
        for i in range(200):
            if i in a:
                total += 1
            b.add(i)
            b.discard(i + 7)
    return total


start = perf_counter()
assert run(800) > 0
print(perf_counter() - start)
