# Executors of processes.
from concurrent.futures import *
import concurrent.futures as cf, os, time
from concurrent.futures.process import BrokenProcessPool


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)


def sq(x):
    return x * x


def fail(x):
    raise ValueError(x)


def die():
    os._exit(3)


def init(v):
    global G
    G = v


def g(x):
    return G + x
if __name__ == '__main__':
    with ProcessPoolExecutor(3) as e:
        print(list(e.map(sq, range(10))), list(e.map(sq, range(10), chunksize=3)))
        f = e.submit(sq, 5)
        print(f.result(), f.done(), f.exception())
        f = e.submit(fail, 5)
        err('r', f.result)
        print(repr(f.exception()), type(f.exception().__cause__))
        print(str(f.exception().__cause__).splitlines()[-2:])
        fs = [e.submit(sq, i) for i in range(5)]
        print(sorted((f.result() for f in as_completed(fs))))
        d, n = wait(fs)
        print(len(d), len(n))
        err('to', lambda: e.submit(time.sleep, 0.5).result(0.05))
        err('mapto', lambda: list(e.map(time.sleep, [0.5], timeout=0.05)))
        err('chunk', lambda: e.map(sq, [1], chunksize=0))
        err('lam', lambda: e.submit(lambda: 1).result())
    err('shut', lambda: e.submit(sq, 1))
    with ProcessPoolExecutor(2, initializer=init, initargs=(5,)) as e:
        print(list(e.map(g, range(3))))
    with ProcessPoolExecutor(2) as e:
        f = e.submit(die)
        err('die', f.result)
        err('broken', lambda: e.submit(sq, 1))
    err('0', lambda: ProcessPoolExecutor(0))
    err('i', lambda: ProcessPoolExecutor(1, initializer=5))
    err('mt', lambda: ProcessPoolExecutor(1, max_tasks_per_child=1.5))
    err('mt', lambda: ProcessPoolExecutor(1, max_tasks_per_child=0))
    e = ProcessPoolExecutor(1)
    fs = [e.submit(time.sleep, 0.3) for _ in range(5)]
    time.sleep(0.1)
    print(fs[0].running(), fs[4].running())
    e.shutdown(cancel_futures=True)
    print(fs[0].cancelled(), fs[4].cancelled())
    print(sorted(cf.__all__), BrokenProcessPool.__mro__[1:3])
