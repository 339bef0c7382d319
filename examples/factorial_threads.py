"""The document's factorial over several threads: correct, but no faster than one after the other."""
import threading
import time

THREADS = 4
ROUNDS = 1000


def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


def work(results, index):
    total = 0
    for _ in range(ROUNDS):
        total += factorial(100)
    results[index] = total


expected = factorial(100) * ROUNDS

start = time.perf_counter()
sequential = [None] * THREADS
for i in range(THREADS):
    work(sequential, i)
sequential_time = time.perf_counter() - start

start = time.perf_counter()
results = [None] * THREADS
threads = [threading.Thread(target=work, args=(results, i)) for i in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
threaded_time = time.perf_counter() - start

assert sequential == [expected] * THREADS
assert results == [expected] * THREADS
print(f"{THREADS} threads, {ROUNDS} factorials each: all results are right")
print(f"one after the other: {sequential_time:.3f} s")
print(f"in threads:          {threaded_time:.3f} s")
