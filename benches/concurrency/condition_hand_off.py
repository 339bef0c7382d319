# Seconds for handing a turn to another thread and getting it back.
import threading, time

condition = threading.Condition()
turn = 0


def play(me, n):
    global turn
    for _ in range(n):
        with condition:
            while turn != me:
                condition.wait()
            turn = 1 - me
            condition.notify()


N = 10_000
threads = [threading.Thread(target=play, args=(i, N)) for i in range(2)]
start = time.perf_counter()
for t in threads:
    t.start()
for t in threads:
    t.join()
print((time.perf_counter() - start) / N)
