# Seconds for a message through a multiprocessing.Queue from one process to another.
import multiprocessing, time


def produce(queue, n):
    for i in range(n):
        queue.put(i)


if __name__ == "__main__":
    N = 20_000
    queue = multiprocessing.Queue()
    other = multiprocessing.Process(target=produce, args=(queue, N))
    other.start()
    assert queue.get() == 0
    start = time.perf_counter()
    for _ in range(N - 1):
        queue.get()
    print((time.perf_counter() - start) / (N - 1))
    other.join()
