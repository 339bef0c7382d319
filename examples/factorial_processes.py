"""The document's factorial in several processes: each has a lock of its own, so they run side by side."""
import multiprocessing
import time

PROCESSES = 2
ROUNDS = 2000


def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


def work():
    total = 0
    for _ in range(ROUNDS):
        total += factorial(100)
    assert total == factorial(100) * ROUNDS


if __name__ == "__main__":
    start = time.perf_counter()
    for _ in range(PROCESSES):
        work()
    sequential_time = time.perf_counter() - start

    start = time.perf_counter()
    processes = [multiprocessing.Process(target=work) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    parallel_time = time.perf_counter() - start

    assert [process.exitcode for process in processes] == [0] * PROCESSES
    print(f"{PROCESSES} processes, {ROUNDS} factorials each: all results are right")
    print(f"one after the other: {sequential_time:.3f} s")
    print(f"in processes:        {parallel_time:.3f} s")
