# Locks, semaphores, conditions, events, barriers and values, their reprs and errors.
import multiprocessing as mp, time, os


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)
l = mp.Lock()
print(l)
l.acquire()
print(l, l.acquire(False), l.acquire(timeout=0.01))
l.release()
err('rel', l.release)
r = mp.RLock()
print(r)
r.acquire()
r.acquire()
print(r)
r.release()
r.release()
err('rel', r.release)
s = mp.Semaphore(2)
print(s, s.get_value())
s.acquire()
s.acquire()
print(s.acquire(False), s)
s.release()
s.release()
s.release()
print(s)
b = mp.BoundedSemaphore(1)
print(b)
err('b', b.release)
err('neg', lambda: mp.Semaphore(-1))
e = mp.Event()
print(e.is_set(), e.wait(0.01))
e.set()
print(e.is_set(), e.wait(), repr(e)[:10], repr(e)[-6:])
e.clear()
c = mp.Condition()
print(c)
err('w', c.wait)
err('n', c.notify)
with c:
    print(c.wait(0.01), c.wait_for(lambda: 3), c.wait_for(lambda: 0, 0.01))
    c.notify()
    c.notify_all()
    print(c)
import pickle
for o in (l, r, s, e, c, mp.Queue(), mp.SimpleQueue(), mp.Barrier(2), mp.Value('i')):
    err('pickle', lambda: pickle.dumps(o))
v = mp.Value('i', 0)
arr = mp.Array('d', 5)


def work(n):
    for _ in range(200):
        with v.get_lock():
            v.value += 1
    arr[n] = n * 1.5
    with c:
        c.notify_all()
ps = [mp.Process(target=work, args=(i,)) for i in range(4)]
[p.start() for p in ps]
[p.join() for p in ps]
print(v.value, arr[:], v, [p.exitcode for p in ps])


def child(e, c, q):
    e.wait()
    q.put('woken')
    with c:
        c.wait()
    q.put('notified')
q = mp.Queue()
p = mp.Process(target=child, args=(e, c, q))
p.start()
e.set()
print(q.get())
time.sleep(0.1)
with c:
    c.notify_all()
print(q.get())
p.join()
bar = mp.Barrier(3)


def b3(q):
    q.put(bar.wait())
ps = [mp.Process(target=b3, args=(q,)) for _ in range(3)]
[p.start() for p in ps]
print(sorted((q.get() for _ in ps)))
[p.join() for p in ps]
print(bar.n_waiting, bar.broken, bar.parties)


def holds(l):
    l.acquire()
    print(l, flush=True)
    time.sleep(0.3)
    l.release()
p = mp.Process(target=holds, args=(l,))
p.start()
time.sleep(0.15)
print(l, l.acquire(False))
p.join()
print(l)
print(mp.current_process().name, mp.parent_process(), mp.active_children(), mp.cpu_count() == os.cpu_count(), mp.get_start_method(), mp.get_all_start_methods())
err('ctx', lambda: mp.get_context('foo'))
err('set', lambda: mp.set_start_method('spawn'))
err('set', lambda: mp.get_context('fork').set_start_method('spawn'))
print(mp.get_context('spawn').get_start_method(), type(mp.get_context('fork').Process()).__name__, mp.Process, mp.get_context('spawn').Process)
