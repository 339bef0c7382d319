import threading


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e).__name__, e)


c = threading.Condition()
err(c.wait)
err(c.notify)
err(c.notify_all)
err(c.release)
err(threading.Condition, 5)
with c:
    print(c.wait(0.01), c.wait(0), c.wait(-1), c.wait_for(lambda: False, 0.01), c.wait_for(lambda: "yes"))
    c.notify()
    c.notify(3)
    c.notify_all()
    c.notifyAll()
print(repr(c)[:46])
lock = threading.Lock()
shared = threading.Condition(lock)
print(shared.acquire(), shared.acquire(False), lock.locked(), shared.wait(0.01), lock.locked())
shared.release()
print(lock.locked())

# Two conditions on one lock: a bounded buffer.
not_empty, not_full = threading.Condition(lock), threading.Condition(lock)
buffer, got = [], []


def produce(k):
    for i in range(50):
        with not_full:
            while len(buffer) >= 4:
                not_full.wait()
            buffer.append((k, i))
            not_empty.notify()


def consume():
    for _ in range(75):
        with not_empty:
            not_empty.wait_for(lambda: buffer)
            got.append(buffer.pop(0))
            not_full.notify()


threads = [threading.Thread(target=produce, args=(k,)) for k in range(3)]
threads += [threading.Thread(target=consume) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(got), sorted(got) == [(k, i) for k in range(3) for i in range(50)], buffer)
# Each producer's items come in their order.
print(all([i for k2, i in got if k2 == k] == list(range(50)) for k in range(3)))

# notify wakes as many as it says, the longest waiting first.
woken = []
waiting = 0


def waiter(k):
    global waiting
    with c:
        waiting += 1
        c.wait()
        woken.append(k)


threads = []
for k in range(5):
    t = threading.Thread(target=waiter, args=(k,))
    t.start()
    threads.append(t)
    while True:
        with c:
            if waiting == k + 1:
                break
with c:
    c.notify(2)
while len(woken) < 2:
    with c:
        pass
print(sorted(woken))
with c:
    c.notify_all()
for t in threads:
    t.join()
print(sorted(woken))

# A reentrant lock is given up as often as it is held.
r = threading.Condition(threading.RLock())
seen = []


def setter():
    with r:
        seen.append("set")
        r.notify()


with r:
    with r:
        t = threading.Thread(target=setter)
        t.start()
        print(r.wait(), seen)
t.join()

# wait_for gives the predicate's last value; an exception in it leaves the lock held.
with c:
    calls = []
    print(c.wait_for(lambda: calls.append(1) or len(calls) > 0, 1), len(calls))
    try:
        c.wait_for(lambda: 1 / 0)
    except ZeroDivisionError as e:
        print(e)
err(c.release)
