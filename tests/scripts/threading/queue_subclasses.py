# What subclasses of Queue override, and programs that use its parts.
import queue
import threading
import time
from collections import deque


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)


class Unique(queue.Queue):
    def _init(self, maxsize):
        print("init", maxsize)
        self.queue = []
        self.seen = set()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        if item not in self.seen:
            self.seen.add(item)
            self.queue.append(item)

    def _get(self):
        return self.queue.pop(0)


q = Unique(5)
for i in (1, 2, 1, 3):
    q.put(i)
print(q.qsize(), q.queue, q.get(), q.get_nowait(), q.unfinished_tasks, q.full(), q.empty(), q.maxsize)


class Counted(queue.PriorityQueue):
    puts = 0

    def put(self, item, *args, **kwargs):
        self.puts += 1
        super().put(item, *args, **kwargs)


q = Counted()
q.put((3, "c"))
q.put_nowait((1, "a"))
q.put((2, "b"), False)
print(q.puts, q.get(), q.get_nowait(), q.get(timeout=1), q.qsize())
err("mixed", lambda: (q.put("a"), q.put(1)))

q = queue.Queue()
print(type(q.queue) is deque, type(q.mutex).__name__, q.queue, queue.LifoQueue().queue, q.maxsize)
q.put(1)
q.put(2)
with q.mutex:
    q.queue.clear()
    q.unfinished_tasks = 0
    q.all_tasks_done.notify_all()
q.join()
print(q.empty())
q.queue.extend([5, 6])
print(q.get(), q.get(), q.empty())
q.maxsize = 1
q.put(1)
err("full", lambda: q.put_nowait(2))
for args in ((1, True, -1), (1, False), (1, True, 0.01), (1, True, "a"), (1, False, -1)):
    err(f"put{args}", lambda: q.put(*args))
q.get()
for args in ((True, -1), (False,), (True, 0.01), (True, "a"), (False, -1), (True, 0)):
    err(f"get{args}", lambda: q.get(*args))
err("maxsize", lambda: queue.Queue("a").put(1))
err("arguments", lambda: queue.Queue(1, 2))
err("task_done", lambda: [q.task_done() for _ in range(9)])
print(queue.Queue[int], queue.Full.__module__, queue.Empty.__module__, queue.PriorityQueue.__mro__)

# put waits for room, get for items, join for task_done.
q = queue.Queue(2)
seen = []


def consume():
    while True:
        item = q.get()
        if item is None:
            break
        seen.append(item)
        q.task_done()


worker = threading.Thread(target=consume)
worker.start()
for i in range(200):
    q.put(i)
q.join()
print(seen == list(range(200)), q.unfinished_tasks)
q.put(None)
worker.join()

# A waiting get is woken by a put of another thread.
q = queue.LifoQueue()
threading.Timer(0.02, q.put, args=("late",)).start()
print(q.get(timeout=10))
