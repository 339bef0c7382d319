# Seconds for a tiny task, one to a message, in a pool of two processes.
import multiprocessing, time


def task(x):
    return x + 1


if __name__ == "__main__":
    N = 10_000
    with multiprocessing.Pool(2) as pool:
        pool.map(task, range(100), 1)
        start = time.perf_counter()
        assert sum(pool.map(task, range(N), 1)) == N * (N + 1) // 2
        print((time.perf_counter() - start) / N)
