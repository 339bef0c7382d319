import time, threading
from concurrent.futures import *
from concurrent.futures import InvalidStateError
def sq(x): return x * x
def bad(): raise ValueError("bad")
with ThreadPoolExecutor(max_workers=3) as ex:
    print(list(ex.map(sq, range(10))))
    print(list(ex.map(pow, [2, 3], [4, 5])))
    f = ex.submit(bad)
    try: f.result()
    except ValueError as e: print(e, repr(f.exception()))
    # Each may end when the one before it has been seen.
    gates = [threading.Event() for _ in range(3)]
    fs = [ex.submit(gate.wait) for gate in gates]
    gates[2].set()
    order = []
    for f in as_completed(fs):
        order.append(fs.index(f))
        gates[order[-1] - 1].set()
    print(order)
    d, n = wait(fs); print(len(d), len(n))
    gate = threading.Event()
    fs = [ex.submit(time.sleep, 0.01), ex.submit(gate.wait)]
    r = wait(fs, return_when=FIRST_COMPLETED); print(len(r.done), len(r.not_done))
    try: fs[1].result(timeout=0.01)
    except TimeoutError as e: print("timeout", repr(e))
    try: list(as_completed(fs, timeout=0.01))
    except TimeoutError as e: print(e)
    gate.set()
    g = ex.submit(sq, 3); g.add_done_callback(lambda f: print("cb", f.result())); wait([g])
try: ex.submit(sq, 1)
except RuntimeError as e: print(e)
with ThreadPoolExecutor(1, thread_name_prefix="w") as ex:
    print(ex.submit(lambda: threading.current_thread().name).result())
    started, gate = threading.Event(), threading.Event()
    a = ex.submit(lambda: started.set() or gate.wait()); b = ex.submit(sq, 1)
    started.wait()
    print(b.cancel(), b.cancelled(), b.done(), a.cancel())
    gate.set()
    try: b.result()
    except CancelledError as e: print(repr(e), type(e))
try: ThreadPoolExecutor(0)
except ValueError as e: print(e)
f = Future(); print(f.done(), f.running(), repr(f).split("state")[1]); f.set_result(3); print(f.result(), repr(f).split("state")[1])
try: f.set_result(4)
except InvalidStateError as e: print(type(e), str(e).split(":")[0])
ex = ThreadPoolExecutor(2); h = ex.submit(sq, 5); print(h.result())
ex.shutdown(wait=False)
gate = threading.Event()
ex = ThreadPoolExecutor(2); ex.submit(lambda: (gate.wait(), time.sleep(0.05), print("late")))
local = []
with ThreadPoolExecutor(2, initializer=local.append, initargs=(1,)) as ex2: list(ex2.map(sq, range(3)))
print(local[0])
# The interpreter's end waits for what is still running.
gate.set()
