import multiprocessing
import os
import sys
import threading
import time

Process = multiprocessing.Process


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e).__name__, e)


def show(p):
    text = repr(p).replace(f"parent={os.getpid()}", "parent=ME")
    print(text.replace(f"pid={p.pid}", "pid=PID"))


def run(target, *args, **keywords):
    sys.stdout.flush()
    p = Process(target=target, args=args, **keywords)
    p.start()
    p.join()
    return p


p = Process(target=print, args=("hello",), kwargs={"flush": True})
show(p)
print(p.name, p.daemon, p.pid, p.ident, p.exitcode, p.is_alive())
err(p.join)
err(p.terminate)
err(p.kill)
err(getattr, p, "sentinel")
err(Process, group=1)
err(Process, target=print, args=3)
p.start()
p.join()
err(p.start)
err(setattr, p, "daemon", True)
err(setattr, p, "name", 5)
show(p)
print(p.exitcode, p.is_alive(), p.pid == p.ident, isinstance(p.sentinel, int), p.join(), p.join(1))
p.terminate()
p.kill()
p.close()
for method in (p.join, p.is_alive, p.start, p.terminate):
    err(method)
for name in ("exitcode", "pid", "ident", "sentinel", "name", "daemon"):
    err(getattr, p, name)
p.close()

p = Process(target=time.sleep, args=(60,))
p.start()
show(p)
err(p.close)
print(p.join(0.01), p.join(0), p.join(-1), p.is_alive(), p.exitcode, multiprocessing.active_children() == [p])
p.terminate()
p.join()
show(p)
print(p.exitcode, p.is_alive(), multiprocessing.active_children())
p = Process(target=time.sleep, args=(60,), daemon=True, name="sleeper")
show(p)
p.start()
show(p)
p.kill()
p.join()
show(p)

# What a process returns, raises or exits with is its exit code.
def fail():
    raise ValueError("x")


for code in (0, 3, "text", None, 300, -1, True, (1, 2)):
    p = run(sys.exit, code)
    print(code, p.exitcode)
print(run(fail).exitcode, run(len, "abc").exitcode, run(len).exitcode)
show(run(sys.exit, 5, name="five"))


# Names show who started whom.
def grandchild():
    me, parent = multiprocessing.current_process(), multiprocessing.parent_process()
    print(me.name, parent.name, parent.is_alive(), parent.pid != me.pid, threading.current_thread().name)


def child():
    p = Process(target=grandchild)
    print(p.name, multiprocessing.active_children(), multiprocessing.current_process().pid == os.getpid())
    sys.stdout.flush()
    p.start()
    p.join()
    print(threading.active_count(), threading.current_thread() is threading.main_thread())


run(child, name="child")
me = multiprocessing.current_process()
print(multiprocessing.parent_process(), me, me.name, me.pid == os.getpid(), me.daemon, me.is_alive(), me.exitcode)
err(me.join)
err(me.start)


class Worker(Process):
    def __init__(self, n):
        super().__init__(daemon=n > 1)
        self.n = n

    def run(self):
        print(self.name[:6], self.n, self.daemon, multiprocessing.current_process() is self)
        sys.exit(self.n)


sys.stdout.flush()
for n in range(3):
    w = Worker(n)
    w.start()
    w.join()
    print(w.exitcode)


def nested_daemon():
    err(Process(target=print).start)


run(nested_daemon, daemon=True)


# Memory is not shared.
numbers = []


def append():
    numbers.append(1)
    print("in the child:", numbers)


run(append)
print("in the parent:", numbers)


# Threads of the parent are not in the child, those of the child are its own.
def threads_inside():
    results = []
    threads = [threading.Thread(target=results.append, args=(i,)) for i in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(threading.active_count(), sorted(results))


stop = threading.Event()
others = [threading.Thread(target=stop.wait) for _ in range(3)]
for t in others:
    t.start()
run(threads_inside)
codes = []
starters = [threading.Thread(target=lambda n=n: codes.append(run(sys.exit, n).exitcode)) for n in range(6)]
for t in starters:
    t.start()
for t in starters:
    t.join()
print(sorted(codes), threading.active_count())
stop.set()


# A thread of the child is waited for; standard input is empty there.
def late():
    threading.Thread(target=lambda: (time.sleep(0.02), print("late", flush=True))).start()


run(late)


def read():
    print(repr(sys.stdin.read()))
    err(input)


run(read)
# What was written before a fork comes once.
sys.stdout.write("once, ")
processes = [Process(target=int) for _ in range(5)]
for p in processes:
    p.start()
for p in processes:
    p.join()
print([p.exitcode for p in processes], multiprocessing.active_children())
print(multiprocessing.get_start_method(), multiprocessing.cpu_count() == os.cpu_count())
err(multiprocessing.get_context, "bad")
err(multiprocessing.set_start_method, "fork")
Process(target=time.sleep, args=(60,), daemon=True).start()
Process(target=lambda: (time.sleep(0.05), print("waited for", flush=True))).start()
print("main ends", flush=True)
