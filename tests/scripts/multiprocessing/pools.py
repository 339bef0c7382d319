# Pools of processes and threads: results, errors, callbacks, ends.
import multiprocessing as mp, os, time
from multiprocessing.pool import ThreadPool, Pool


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)


def sq(x):
    return x * x


def add(a, b=1):
    return a + b


def fail(x):
    raise ValueError(x)


def name(x):
    return mp.current_process().name.split('-')[0]


class Here:
    def __repr__(self):
        return 'Here()'

    def __reduce__(self):
        raise TypeError('stays here')


def nothing(x):
    return Here()


def init(v):
    global G
    G = v


def getg(x):
    return G + x


def die(x):
    if x == 3:
        os.kill(os.getpid(), 9)
    return x


def pid(x):
    time.sleep(0.01)
    return os.getpid()


def gen():
    yield 1
    yield 2
    raise KeyError('gen')
if __name__ == '__main__':
    for P in (Pool, ThreadPool):
        with P(3) as p:
            print(repr(p))
            print(p.map(sq, range(10)), p.map(sq, []), p.map(sq, range(10), chunksize=3))
            print(p.apply(add, (1,), {'b': 5}))
            print(p.starmap(add, [(1, 2), (3, 4), (5,)]))
            print(list(p.imap(sq, range(6))))
            print(sorted(p.imap_unordered(sq, range(6), chunksize=2)))
            r = p.apply_async(sq, (5,))
            print(r.get(5), r.ready(), r.successful())
            r = p.apply_async(fail, (5,))
            err('err', lambda: r.get(5))
            print(r.successful())
            err('map err', lambda: p.map(fail, [1]))
            err('imap err', lambda: list(p.imap(fail, range(3))))
            it = p.imap(sq, [1, 2])
            print(next(it), it.next(timeout=5))
            err('stop', lambda: next(it))
            r = p.apply_async(time.sleep, (0.3,))
            err('to', lambda: r.get(0.01))
            r.wait()
            out = []
            p.map_async(sq, range(3), callback=out.append).wait()
            time.sleep(0.05)
            print(out)
            p.apply_async(fail, (1,), error_callback=lambda e: out.append(repr(e))).wait()
            time.sleep(0.05)
            print(out[1:])
            err('chunk0', lambda: p.imap(sq, [1], 0))
            err('gen', lambda: list(p.imap(sq, gen())))
            err('genmap', lambda: p.map(sq, gen()))
            err('join', p.join)
            p.close()
            p.join()
            err('closed', lambda: p.map(sq, [1]))
            print(repr(p))
        err('reenter', lambda: p.__enter__())
        p = P(2, init, (10,))
        print(p.map(getg, range(3)))
        p.terminate()
        p.join()
        print(repr(p))
        err('0', lambda: P(0))
        err('init', lambda: P(1, 5))
    err('mt', lambda: Pool(1, maxtasksperchild=0))
    with Pool(2) as p:
        print(set(p.map(name, range(4))))
        err('unp', lambda: p.map(nothing, [1]))
        err('lam', lambda: p.map(lambda x: x, [1]))
        import pickle
        err('pickle', lambda: pickle.dumps(p))
    with Pool(2, maxtasksperchild=2) as p:
        print(len(set(p.map(pid, range(12), chunksize=1))) >= 4)
    try:
        with Pool(1) as p:
            p.apply(fail, (7,))
    except ValueError as e:
        print(type(e.__cause__), str(e.__cause__).splitlines()[-2:], type(e.__cause__).__module__)
