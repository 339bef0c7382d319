"""Closures, keyword arguments, defaults, *args and decorators."""
from time import perf_counter


def logged(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def area(width, height=2, *, scale=1):
    return width * height * scale


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


def run(rounds):
    step = counter()
    total = 0
    for i in range(rounds):
        total += area(i, scale=2) + step() + step(by=2)
    return total


start = perf_counter()
assert run(60_000) > 0
print(perf_counter() - start)
