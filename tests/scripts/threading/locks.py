import _thread
import threading
import time


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e).__name__, e)


lock = threading.Lock()
print(repr(lock)[:29], type(lock), lock.locked())
print(lock.acquire(), repr(lock)[:27], lock.locked(), lock.acquire(False), lock.acquire(blocking=False))
print(lock.acquire(timeout=0.01), lock.acquire(True, 0.01), lock.acquire(True, 0))
lock.release()
err(lock.release)
err(lock.acquire, False, 1)
err(lock.acquire, True, -2)
err(lock.acquire, True, 1e10)
err(lock.acquire, True, 10**30)
err(lock.acquire, True, float("nan"))
err(lock.acquire, True, "s")
err(lock.acquire, True, None)
err(lock.acquire, timeout=-1)
lock.release()
err(type(lock))
with lock:
    print(lock.locked())
print(lock.locked())
try:
    with lock:
        raise KeyError(1)
except KeyError:
    print(lock.locked())

# A lock may be released by another thread.
lock.acquire()
t = threading.Thread(target=lock.release)
t.start()
print(lock.acquire())
lock.release()
t.join()

r = threading.RLock()
print(repr(r)[:30], r.acquire(), r.acquire(), r.acquire(False), repr(r)[:28], "count=3" in repr(r))
tried = []
t = threading.Thread(target=lambda: tried.append((r.acquire(False), r.acquire(timeout=0.01))))
t.start()
t.join()
print(tried)


def foreign():
    try:
        r.release()
    except RuntimeError as e:
        tried.append(str(e))


t = threading.Thread(target=foreign)
t.start()
t.join()
print(tried)
for _ in range(3):
    r.release()
err(r.release)
with r, r:
    print("count=2" in repr(r))
state = (r.acquire(), r.acquire(), r._release_save())[2]
print(r.acquire(False), r.release(), r._acquire_restore(state), "count=2" in repr(r), r._is_owned())
r.release()
r.release()
print(r._is_owned())

# Mutual exclusion, with another thread's turn in the middle of the section.
total = 0
inside = 0
worst = 0


def add():
    global total, inside, worst
    for i in range(200):
        with lock:
            inside += 1
            worst = max(worst, inside)
            seen = total
            if i % 50 == 0:
                time.sleep(0)
            total = seen + 1
            inside -= 1


threads = [threading.Thread(target=add) for _ in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total, worst)

# _thread itself.
done = _thread.allocate_lock()
done.acquire()
out = []


def raw(a, b=0):
    out.append((a, b))
    done.release()


print(isinstance(_thread.start_new_thread(raw, (1,), {"b": 2}), int), done.acquire(), out)
err(_thread.start_new_thread, 1, ())
err(_thread.start_new_thread, print, 1)
err(_thread.start_new_thread, print, (), 1)
print(isinstance(done, _thread.LockType), _thread.error is RuntimeError, _thread.TIMEOUT_MAX == threading.TIMEOUT_MAX)
err(_thread.exit)
for bad in ("a", None, float("nan"), float("inf"), -1, 10**30, 1e300, -0.1):
    err(time.sleep, bad)
