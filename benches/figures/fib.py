"""Calls: the recursive Fibonacci function."""
from time import perf_counter


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


start = perf_counter()
assert fib(27) == 196418
print(perf_counter() - start)
