"""Threads against processes against one after the other, on a CPU-bound and on an I/O-bound task."""
import multiprocessing
import threading
import time

WORKERS = 4


def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


def cpu_bound():
    for _ in range(5000):
        factorial(100)


def io_bound():
    time.sleep(0.2)


def sequential(task):
    for _ in range(WORKERS):
        task()


def run_all(workers):
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def threads(task):
    run_all([threading.Thread(target=task) for _ in range(WORKERS)])


def processes(task):
    run_all([multiprocessing.Process(target=task) for _ in range(WORKERS)])


def measure(way, task):
    """The best of three times."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        way(task)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    print(f"{'task':<10}{'way':<12}{'seconds':>9}{'speed-up':>10}")
    for task in (cpu_bound, io_bound):
        base = measure(sequential, task)
        print(f"{task.__name__:<10}{'sequential':<12}{base:>9.3f}{1.0:>9.2f}x")
        for way in (threads, processes):
            elapsed = measure(way, task)
            print(f"{task.__name__:<10}{way.__name__:<12}{elapsed:>9.3f}{base / elapsed:>9.2f}x")
