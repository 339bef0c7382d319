"""Threads that are all alive at once: alive.py NUMBER"""
import sys
import threading

number = int(sys.argv[1])
go = threading.Event()
lock = threading.Lock()
begun = ended = 0


def live(k):
    global begun, ended
    mine = threading.local()
    mine.k = k
    with lock:
        begun += 1
    go.wait()
    with lock:
        ended += mine.k == k


threads = [threading.Thread(target=live, args=(k,)) for k in range(number)]
for t in threads:
    t.start()
alive = threading.active_count() - 1
different = len({t.ident for t in threads}), len({t.native_id for t in threads})
go.set()
for t in threads:
    t.join()
print(f"{alive} threads alive at once, {begun} begun, {ended} ended well, {threading.active_count() - 1} left")
sys.exit((alive, begun, ended, *different, threading.active_count()) != (number,) * 5 + (1,))
