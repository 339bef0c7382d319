"""Threads started and joined, one after the other and a hundred at a time: threads.py NUMBER"""
import sys
import threading

number = int(sys.argv[1])
lock = threading.Lock()
done = 0


def work():
    global done
    with lock:
        done += 1


def together(n):
    threads = [threading.Thread(target=work) for _ in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def descriptors_and_tasks():
    import os

    return len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task"))


before = descriptors_and_tasks()
for _ in range(number // 2):
    together(1)
for _ in range(number // 200):
    together(100)
left = threading.active_count() - 1
print(f"{done} threads started and joined, {left} left")
sys.exit((done, left) != (number // 2 + number // 200 * 100, 0) or descriptors_and_tasks()[0] != before[0])
