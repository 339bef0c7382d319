"""Raising and catching, and `try` that is not needed."""
from time import perf_counter


def check(n):
    if n % 3 == 0:
        raise ValueError(n)
    return n


def run(n):
    caught = 0
    for i in range(n):
        try:
            check(i)
        except ValueError as error:
            caught += error.args[0] >= 0
        finally:
            caught += 0
    return caught


start = perf_counter()
assert run(150_000) == 50_000
print(perf_counter() - start)
