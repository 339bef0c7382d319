import threading


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e).__name__, e)


def name(x):
    text = repr(x)
    return text[: text.index(" at ")] + text[text.index(":"):]


e = threading.Event()
print(name(e), e.is_set(), e.isSet(), e.wait(0.01), e.wait(0), e.wait(-1))
e.set()
print(name(e), e.is_set(), e.wait(), e.wait(5), e.wait(timeout=0))
e.clear()
print(e.is_set())
err(threading.Event, 1)
err(threading.Event, x=1)
err(e.wait, "x")
err(e.wait, 1e30)
woken = []
threads = [threading.Thread(target=lambda: woken.append(e.wait())) for _ in range(5)]
for t in threads:
    t.start()
e.set()
for t in threads:
    t.join()
print(woken)


class Signal(threading.Event):
    def __init__(self, label):
        super().__init__()
        self.label = label

    def set(self):
        super().set()
        return self.label


s = Signal("go")
print(name(s), s.set(), s.is_set(), s.label, isinstance(s, threading.Event))
e.note = 1
print(e.note)

s = threading.Semaphore(2)
print(name(s), s.acquire(), s.acquire(), s.acquire(False), s.acquire(blocking=False), s.acquire(timeout=0.01))
err(s.release)
err(s.release, 0)
err(s.release, n=3)
print(s._value, name(s))
err(s.acquire, False, 1)
err(s.acquire, False, None)
with s:
    print(s._value)
print(s._value)
err(threading.Semaphore, -1)
err(threading.Semaphore, 1, 2)
print(threading.Semaphore(value=3)._value, threading.Semaphore()._value, threading.Semaphore(0).acquire(False))
b = threading.BoundedSemaphore(2)
print(name(b), isinstance(b, threading.Semaphore), b.acquire())
err(b.release, 2)
b.release()
err(b.release)
err(threading.BoundedSemaphore, -1)
print(name(threading.BoundedSemaphore()))


class Counted(threading.Semaphore):
    pass


c = Counted(1)
print(name(c), c.acquire(), c.acquire(False))

# Never more inside than the semaphore lets in.
inside = worst = passed = 0
guard = threading.Lock()
pool = threading.BoundedSemaphore(3)


def work():
    global inside, worst, passed
    for _ in range(20):
        with pool:
            with guard:
                inside += 1
                worst = max(worst, inside)
            with guard:
                inside -= 1
                passed += 1


threads = [threading.Thread(target=work) for _ in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(passed, worst <= 3, pool._value)

b = threading.Barrier(3, action=lambda: print("all there"))
print(name(b), b.parties, b.n_waiting, b.broken)
numbers = []


def meet():
    for _ in range(4):
        numbers.append(b.wait())


threads = [threading.Thread(target=meet) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(numbers), name(b))
b = threading.Barrier(2)
log = []


def lonely():
    try:
        b.wait(0.02)
    except threading.BrokenBarrierError:
        log.append(b.broken)


t = threading.Thread(target=lonely)
t.start()
t.join()
print(log, name(b))
err(b.wait)
b.reset()
print(b.broken, b.n_waiting)
b.abort()
print(b.broken)


def fail():
    raise ValueError("no")


b = threading.Barrier(1, fail)
err(b.wait)
print(b.broken, threading.Barrier(1).wait(), issubclass(threading.BrokenBarrierError, RuntimeError))
b = threading.Barrier(2)
log = []


def waits():
    try:
        b.wait()
    except threading.BrokenBarrierError:
        log.append("broken")


for end in (b.abort, b.reset):
    t = threading.Thread(target=waits)
    t.start()
    while b.n_waiting == 0:
        pass
    end()
    t.join()
    print(log, b.broken, b.n_waiting)
    b.reset()

t = threading.Timer(0.01, print, ["tick"], {"end": "!\n"})
t.start()
t.join()
t = threading.Timer(60, print, ["never"])
t.start()
t.cancel()
t.join()
print(t.finished.is_set(), t.interval)
