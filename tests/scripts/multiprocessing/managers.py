# Objects in a server process.
import multiprocessing as mp
from multiprocessing.managers import BaseManager


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)


class Counter:

    def __init__(self, n=0):
        self.n = n

    def inc(self, k=1):
        self.n += k
        return self.n

    def _priv(self):
        pass


class M(BaseManager):
    pass
M.register('Counter', Counter)


def work(d, l, ns, lock, i):
    with lock:
        d[i] = i * i
        l.append(i)
        ns.total += i
if __name__ == '__main__':
    with mp.Manager() as m:
        d = m.dict()
        l = m.list([5])
        ns = m.Namespace(total=0)
        lock = m.Lock()
        ps = [mp.Process(target=work, args=(d, l, ns, lock, i)) for i in range(4)]
        [p.start() for p in ps]
        [p.join() for p in ps]
        print(sorted(d.items()), sorted(l), ns.total, ns)
        print(len(d), 2 in d, d.get(9, 'no'), sorted(d.keys()), sorted(d.values()), d.copy() == {0: 0, 1: 1, 2: 4, 3: 9})
        print(sorted(d))
        err('ke', lambda: d['x'])
        err('ie', lambda: l[99])
        err('vi', lambda: l.remove(77))
        print(repr(d)[:36], type(d), len(l[:2]))
        l += [1]
        l *= 2
        print(len(l), l.pop(), l.count(1))
        l.sort(reverse=True)
        print(sorted(l))
        del d[0]
        d.update(z=1)
        print(sorted(d.items(), key=str))
        q = m.Queue()
        q.put(1)
        print(q.get(), q.empty(), q.qsize())
        import queue
        err('emp', lambda: q.get(False))
        e = m.Event()
        e.set()
        print(e.is_set(), e.wait(1))
        v = m.Value('i', 3)
        v.value = 9
        print(v.value, v)
        s = m.Semaphore(2)
        print(s.acquire(), s.acquire(False), s.acquire(False))
        s.release()
        c = m.Condition()
        with c:
            c.notify_all()
        b = m.Barrier(1)
        print(b.wait(), b.parties, b.n_waiting, b.broken)
        nested = m.dict()
        nested['l'] = m.list([1])
        nested['l'].append(2)
        print(nested['l'])
        print(len([x for x in l]))
        err('attr', lambda: ns.nope)
        ns.x = [1]
        print(ns.x)
        del ns.x
        err('attr', lambda: ns.x)
        with m.Pool(2) as pool:
            print(pool.map(abs, [-1, 2]), pool.apply_async(abs, (-5,)).get())
        import copy
        print(copy.deepcopy(d) == d.copy(), type(copy.deepcopy(d)))
        print(m.RLock().acquire())
    m2 = M()
    m2.start()
    c = m2.Counter(5)
    print(c.inc(), c.inc(k=3), repr(c)[:30])
    err('priv', lambda: c._priv())
    err('n', lambda: c.n)
    m2.shutdown()
    err('after', c.inc)
    err('ns', lambda: M().Counter())
