import queue
import threading


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e), e)


for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    q = kind()
    for n in (3, 1, 2, 5, 4):
        q.put(n)
    print(kind.__name__, q.qsize(), q.empty(), q.full(), [q.get() for _ in range(5)], q.empty())
    err(q.get_nowait)
    err(q.get, False)
    err(q.get, timeout=0.01)
    err(q.get, True, -1)
    q = kind(maxsize=2)
    q.put("b")
    q.put_nowait("a")
    print(q.full(), q.qsize(), q.maxsize, q.unfinished_tasks)
    err(q.put_nowait, "c")
    err(q.put, "c", False)
    err(q.put, "c", timeout=0.01)
    err(q.put, "c", True, -1)
    print(q.get(), q.get(block=True, timeout=1))
    q.task_done()
    q.task_done()
    err(q.task_done)
    q.join()

# Equal priorities come in the order of the heap.
q = queue.PriorityQueue()


class Job:
    def __init__(self, rank, name):
        self.rank, self.name = rank, name

    def __lt__(self, other):
        return self.rank < other.rank


for i in range(20):
    q.put(Job(i * 7 % 3, i))
jobs = [q.get() for _ in range(20)]
print([(j.rank, j.name) for j in jobs])
q = queue.PriorityQueue()
q.put((1, "x"))
err(q.put, (1, 2))

s = queue.SimpleQueue()
print(s.empty(), s.qsize(), s.put(1), s.put_nowait(2), s.qsize(), s.get(), s.get(timeout=1), s.empty())
err(s.get_nowait)
err(s.get, False)
err(s.get, timeout=0.01)
err(s.get, timeout=0)
err(s.get, True, -1)
err(s.get, False, -1)
print(type(s), queue.Empty, queue.Full, issubclass(queue.Empty, Exception))

# Producers and consumers, with a None for each consumer at the end.
for make in (queue.Queue, lambda: queue.Queue(3), queue.SimpleQueue):
    q = make()
    sums = []

    def produce():
        for i in range(1, 101):
            q.put(i)

    def consume():
        total = 0
        while (item := q.get()) is not None:
            total += item
        sums.append(total)

    producers = [threading.Thread(target=produce) for _ in range(4)]
    consumers = [threading.Thread(target=consume) for _ in range(3)]
    for t in producers + consumers:
        t.start()
    for t in producers:
        t.join()
    for _ in consumers:
        q.put(None)
    for t in consumers:
        t.join()
    print(sum(sums), q.qsize())

# join waits for task_done.
q = queue.Queue()
done = []


def work():
    while True:
        item = q.get()
        done.append(item * item)
        q.task_done()


for _ in range(3):
    threading.Thread(target=work, daemon=True).start()
for i in range(20):
    q.put(i)
q.join()
print(sorted(done), q.unfinished_tasks)


class Unique(queue.Queue):
    def _init(self, maxsize):
        self.queue = set()

    def _put(self, item):
        self.queue.add(item)

    def _get(self):
        return self.queue.pop()


u = Unique()
for x in "aab":
    u.put(x)
print(u.qsize(), sorted([u.get(), u.get()]))

print(queue.SimpleQueue[int], queue.Queue[str])
