# Seconds for an item that goes to another thread and back.
import queue, threading, time

there, back = queue.Queue(), queue.Queue()


def answer(n):
    for _ in range(n):
        back.put(there.get())


N = 10_000
other = threading.Thread(target=answer, args=(N,))
other.start()
start = time.perf_counter()
for i in range(N):
    there.put(i)
    back.get()
print((time.perf_counter() - start) / N)
other.join()
