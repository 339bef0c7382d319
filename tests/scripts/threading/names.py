# stderr
# Names, messages and deprecations, one by one.
import _thread
import queue
import threading
import warnings


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)


print([n for n in threading.__all__ if not hasattr(threading, n)], sorted(threading.__all__) == sorted([
    "get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX",
    "Event", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError", "Timer",
    "ThreadError", "setprofile", "settrace", "local", "stack_size", "excepthook", "ExceptHookArgs",
    "getprofile", "gettrace", "get_native_id",
]))
for name in (
    "allocate", "allocate_lock", "error", "exit", "exit_thread", "get_ident", "get_native_id", "interrupt_main",
    "LockType", "RLock", "_count", "_ExceptHookArgs", "_excepthook", "_local", "stack_size", "start_new",
    "start_new_thread", "TIMEOUT_MAX",
):
    print(name, hasattr(_thread, name))

with warnings.catch_warnings():
    warnings.simplefilter("error")
    t = threading.Thread()
    c = threading.Condition()
    for f in (
        threading.currentThread, threading.activeCount, c.notifyAll, threading.Event().isSet, t.getName,
        lambda: t.setName("x"), t.isDaemon, lambda: t.setDaemon(True),
    ):
        err("deprecated", f)

lock, rlock = threading.Lock(), threading.RLock()
for args in ((-2,), (0, -2), (1, -2), (True, 1e20), (False, 1), ("x",), (1, "a"), (True, float("nan")), (True, 0), (True, None)):
    err(f"acquire{args}", lambda: lock.acquire(*args) and lock.release())
    err(f"acquire{args}", lambda: rlock.acquire(*args) and rlock.release())
for args in ((), (0,), (-1,), ("a",), (1, 2), ()):
    err(f"semaphore{args}", lambda: repr(threading.Semaphore(*args))[:20])
    err(f"bounded{args}", lambda: repr(threading.BoundedSemaphore(*args))[-12:])
for f in (lambda: threading.Event(1), lambda: threading.Condition(1, 2), lambda: threading.Condition(foo=2)):
    err("arguments", f)
s = threading.Semaphore(2)
for args in ((0,), (-1,), ("a",), (3,)):
    err(f"release{args}", lambda: s.release(*args))
for args in ((1,), (1, 2), ((1, 2),), ((1, 2, 3, 4),)):
    err("hook args", lambda: threading.ExceptHookArgs(*args))
err("hook", lambda: threading.excepthook(5))
print(threading.excepthook is threading.__excepthook__, threading.excepthook)
for n in (0, -1, 100):
    err("interrupt_main", lambda: _thread.interrupt_main(n))
err("interrupt_main", _thread.interrupt_main)
trace = lambda *args: None
threading.settrace(trace)
print(threading.gettrace() is trace)
threading.settrace(None)
threading.setprofile(trace)
print(threading.getprofile() is trace)
threading.setprofile(None)


class Shouting(threading.Condition):
    def __enter__(self):
        print("enter")
        return super().__enter__()

    def __exit__(self, *args):
        print("exit", args[0])
        return super().__exit__(*args)

    def wait(self, timeout=None):
        print("wait", timeout is None)
        return super().wait(0)


with Shouting() as entered:
    print(entered)
shouting = Shouting()
try:
    with shouting:
        values = iter([0, 0, 7])
        print(shouting.wait_for(lambda: next(values)))
        raise KeyError(1)
except KeyError as e:
    print(repr(e))


# Any object with acquire and release may be the lock.
class Own:
    def __init__(self):
        self.held = False

    def acquire(self, blocking=True):
        print("acquire", blocking)
        if self.held:
            return False
        self.held = True
        return True

    def release(self):
        print("release")
        self.held = False

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *args):
        self.release()


own = threading.Condition(Own())
err("own", own.wait)
with own:
    print(own.wait(0), own.notify(), own._is_owned())

# What a thread raises is reported by the hook; what the hook raises, too.
old = threading.excepthook


def hook(args):
    print(args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)


threading.excepthook = hook
t = threading.Thread(target=lambda: 1 / 0, name="failing")
t.start()
t.join()
threading.excepthook = old
t = threading.Thread(target=lambda: _thread.exit())
t.start()
t.join()

# A barrier of one, with an action that fails.
barrier = threading.Barrier(1, action=lambda: print("action"))
print(barrier.wait(), barrier.wait(), barrier.broken)
barrier = threading.Barrier(1, action=lambda: 1 / 0)
err("barrier", barrier.wait)
err("barrier", barrier.wait)
print(barrier.broken, barrier.n_waiting, barrier.parties)
barrier.reset()
print(barrier.broken, repr(barrier)[-14:])
barrier = threading.Barrier(2, timeout=0.01)
err("barrier", barrier.wait)
print(barrier.broken, repr(barrier)[-8:])
barrier.reset()
waiter = threading.Thread(target=lambda: err("thread", lambda: barrier.wait(30)))
waiter.start()
while barrier.n_waiting < 1:
    pass
barrier.reset()
waiter.join()
print(barrier.broken, barrier.n_waiting)
