"""Forks among threads that contend for the GIL, for locks and for standard output: forks.py NUMBER THREADS

Each child starts threads of its own. At the end it writes how many characters of which kind it and its children
have written, for scripts/stress to compare with what has arrived.
"""
import sys
import threading
import time

import _process

FORKS, THREADS = int(sys.argv[1]), int(sys.argv[2])

lock = threading.Lock()
counter = 0
stopping = False
dots = [0] * THREADS


def contend(k):
    global counter
    n = 0
    while not stopping:
        with lock:
            counter += 1
        n += 1
        if n % 50 == 0:
            sys.stdout.write("." * 100)
            dots[k] += 100
            if n % 500 == 0:
                sys.stdout.flush()


def in_child():
    for i in range(100):
        with child_lock:
            sum(range(50))
    sys.stdout.write(",")


threads = [threading.Thread(target=contend, args=(k,), daemon=True) for k in range(THREADS)]
for t in threads:
    t.start()
good = lost = hung = 0
for n in range(FORKS):
    pid = _process.fork()
    if pid == 0:
        child_lock = threading.Lock()
        mine = [threading.Thread(target=in_child) for _ in range(2)]
        for t in mine:
            t.start()
        for t in mine:
            t.join()
        _process.exit(7)
    code = _process.poll(pid)
    end = time.monotonic() + 60
    while code is None and time.monotonic() < end:
        time.sleep(0.0002)
        code = _process.poll(pid)
    if code is None:
        hung += 1
        _process.kill(pid, 9)
        _process.wait(pid)
    elif code == 7:
        good += 1
    else:
        lost += 1
    if n % 1000 == 999:
        sys.stderr.write(f"{n + 1} forks: {good} good, {lost} lost, {hung} hung\n")
stopping = True
for t in threads:
    t.join()
sys.stderr.write(f"fork: {good} good, {lost} lost, {hung} hung of {FORKS}\n")
print(sum(dots), good)
sys.exit(good != FORKS)
