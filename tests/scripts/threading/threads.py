import sys
import threading
import time

Thread = threading.Thread


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e).__name__, e)


def show(thread):
    print(repr(thread).replace(str(thread.ident), "I"))


t = Thread()
print(t.name, t.daemon, t.ident, t.native_id, t.is_alive())
show(t)
err(t.join)
err(t.join, 0.1)
err(Thread, group=1)
err(Thread, bad=1)
err(setattr, t, "daemon", 1)
print(Thread(target=len).name, Thread(name="").name, Thread(target=lambda: 0).name, Thread(name=5).name)
print(Thread(None, None, "N", (), None, daemon=True))


class Bare(Thread):
    def __init__(self):
        pass


bare = Bare()
err(bare.start)
err(bare.join)
err(bare.is_alive)
err(repr, bare)
for name in ("name", "daemon", "ident", "native_id"):
    err(getattr, bare, name)
err(setattr, bare, "name", "x")
err(setattr, bare, "daemon", True)

t = Thread(target=int)
t.start()
t.join()
show(t)
err(t.start)
err(setattr, t, "daemon", True)
err(t.join, -1)
err(t.join, 1e10)
err(t.join, "x")
t.name = "renamed"
print(t.name, t.is_alive(), t.ident is not None, t.native_id is not None)
show(threading.current_thread())
err(threading.current_thread().join)

# Threads know themselves; subclasses override run.
seen = []


class Worker(Thread):
    def __init__(self, n):
        super().__init__(name=f"worker-{n}", daemon=n % 2 == 0)
        self.n = n

    def run(self):
        seen.append((self.n, threading.current_thread() is self, threading.get_ident() == self.ident))
        self.result = self.n * 2
        child = Thread(target=int)
        seen.append((self.n, child.daemon))


workers = [Worker(n) for n in range(4)]
for w in workers:
    w.start()
    w.join()
print(seen, [w.result for w in workers], [w.daemon for w in workers])

# start() returns when the thread has begun, join with a timeout when that is over.
stop = threading.Event()
t = Thread(target=stop.wait)
t.start()
print(t.is_alive(), t in threading.enumerate(), threading.active_count())
print(t.join(0.01), t.join(0), t.join(-5), t.is_alive())
stop.set()
t.join()
print(t.is_alive(), t in threading.enumerate(), threading.active_count(), t.join())
print(threading.main_thread() is threading.current_thread(), threading.main_thread().name)
print([t.name for t in threading.enumerate()])

# Positional and keyword arguments; results through a shared list.
results = []
threads = [Thread(target=lambda *a, **k: results.append((a, k)), args=(i,), kwargs={"key": i}) for i in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results, key=str))


# What a thread raises ends that thread only; excepthook can be replaced.
def hook(args):
    print(args.exc_type.__name__, args.exc_value, args.thread.name, len(args), args[0] is args.exc_type)


threading.excepthook = hook
t = Thread(target=lambda: 1 / 0, name="divider")
t.start()
t.join()
t = Thread(target=sys.exit, name="exits")
t.start()
t.join()
threading.excepthook = threading.__excepthook__
err(threading.excepthook, 1)

# Old names.
t = Thread(target=int)
print(threading.currentThread() is threading.current_thread(), threading.activeCount())
t.setName("old")
t.setDaemon(True)
print(t.getName(), t.isDaemon())
print(threading.stack_size(), threading.stack_size(1 << 20), threading.stack_size(0))
err(threading.stack_size, 5)
err(threading.stack_size, -5)


# A thread starts more threads, which start more.
def tree(depth, found):
    if depth:
        children = [Thread(target=tree, args=(depth - 1, found)) for _ in range(2)]
        for c in children:
            c.start()
        for c in children:
            c.join()
    found.append(depth)


found = []
tree(4, found)
print(sorted(found))

# Many threads at once, all of them waiting.
gate = threading.Event()
threads = [Thread(target=gate.wait) for _ in range(200)]
for t in threads:
    t.start()
print(threading.active_count())
gate.set()
for t in threads:
    t.join()
print(threading.active_count())

# Threads that are no daemons are waited for at the end.
def late():
    time.sleep(0.05)
    print("late")


Thread(target=late).start()
Thread(target=time.sleep, args=(60,), daemon=True).start()
print("main ends")
