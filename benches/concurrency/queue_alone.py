# Seconds for a put and a get by one thread.
import queue, time

q = queue.Queue()


def run(n):
    for i in range(n):
        q.put(i)
        q.get()


N = 100_000
start = time.perf_counter()
run(N)
print((time.perf_counter() - start) / N)
