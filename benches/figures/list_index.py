"""Reading and writing a list by index: the sieve of Eratosthenes, and neighbours swapped."""
from time import perf_counter


def primes(n):
    sieve = [True] * (n + 1)
    for i in range(2, int(n**0.5) + 1):
        if sieve[i]:
            for j in range(i * i, n + 1, i):
                sieve[j] = False
    return sum(sieve) - 2


def rotate(n, rounds):
    items = list(range(n))
    for _ in range(rounds):
        for i in range(n - 1):
            items[i], items[i + 1] = items[i + 1], items[i]
    return items[0]


start = perf_counter()
assert primes(500_000) == 41538
assert rotate(1000, 400) == 400
print(perf_counter() - start)
