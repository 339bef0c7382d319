"""CPU-bound, mathematical computation: counting primes. Threads take turns on the GIL, processes do not."""
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from comparison import compare

RANGES = [(start, start + 50_000) for start in range(0, 200_000, 50_000)]


def count_primes(bounds):
    start, stop = bounds
    count = 0
    for n in range(max(start, 2), stop):
        divisor = 2
        while divisor * divisor <= n and n % divisor:
            divisor += 1
        count += divisor * divisor > n
    return count


def sequential():
    return sum(map(count_primes, RANGES))


def threads():
    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(count_primes, RANGES))


def processes():
    with ProcessPoolExecutor(4) as pool:
        return sum(pool.map(count_primes, RANGES))


if __name__ == "__main__":
    found = compare("Counting primes", sequential=sequential, threads=threads, processes=processes)
    print(f"{found} primes")
