"""The document's CPU-bound task: factorials of 100, recursively; they are big integers."""
from time import perf_counter


def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


start = perf_counter()
for i in range(1, 10000):
    factorial(100)
print(perf_counter() - start)
