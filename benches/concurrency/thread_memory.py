# Memory, in bytes, of one of 1,000 sleeping threads.
import threading


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


N = 1000
wake = threading.Event()
before = resident()
threads = [threading.Thread(target=wake.wait) for _ in range(N)]
for t in threads:
    t.start()
print((resident() - before) / N)
wake.set()
for t in threads:
    t.join()
