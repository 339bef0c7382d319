# Seconds for a tiny task in a pool of four threads.
import time
from concurrent.futures import ThreadPoolExecutor


def task(x):
    return x + 1


N = 20_000
with ThreadPoolExecutor(4) as pool:
    list(pool.map(task, range(100)))
    start = time.perf_counter()
    assert sum(pool.map(task, range(N))) == N * (N + 1) // 2
    print((time.perf_counter() - start) / N)
