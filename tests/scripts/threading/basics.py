import threading
import time

lock = threading.Lock()
total = 0


def add(n):
    global total
    for _ in range(n):
        with lock:
            total += 1


threads = [threading.Thread(target=add, args=(1000,), name=f"T{i}") for i in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total, [t.is_alive() for t in threads], [t.name for t in threads])
print(threading.current_thread().name, threading.active_count(), threading.main_thread() is threading.current_thread())


class Worker(threading.Thread):
    def run(self):
        time.sleep(0.01)
        self.result = 42


w = Worker(daemon=True)
w.start()
w.join()
print(w.result, w.daemon)
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock.locked())
lock.release()
for bad in (lock.release, w.start, threading.current_thread().join):
    try:
        bad()
    except RuntimeError as e:
        print(e)
r = threading.RLock()
with r, r:
    print("twice")
slow = threading.Thread(target=time.sleep, args=(0.3,))
slow.start()
slow.join(0.01)
print(slow.is_alive())
slow.join()
print(slow.is_alive())


def fail():
    raise ValueError("in a thread")


t = threading.Thread(target=fail)
t.start()
t.join()
print("goes on")
