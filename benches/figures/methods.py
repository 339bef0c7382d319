"""Attributes and method calls in a loop."""
from time import perf_counter


class Counter:
    def __init__(self, step):
        self.step = step
        self.value = 0

    def advance(self):
        self.value += self.step

    def get(self):
        return self.value


def run(n):
    counter = Counter(3)
    total = 0
    for _ in range(n):
        counter.advance()
        total += counter.get() - counter.step
    return total


start = perf_counter()
assert run(700_000) == 734_998_950_000
print(perf_counter() - start)
