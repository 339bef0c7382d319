"""Comprehensions of lists, dicts and sets."""
from time import perf_counter


def run(rounds):
    total = 0
    for _ in range(rounds):
        squares = [x * x for x in range(200)]
        even = [x for x in squares if x % 2 == 0]
        table = {x: x + 1 for x in even}
        total += len({x & 15 for x in squares}) + len(table)
    return total


start = perf_counter()
assert run(2500) == 2500 * 104
print(perf_counter() - start)
