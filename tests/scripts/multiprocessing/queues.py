# Queues between processes: room, timeouts, order, ends.
import multiprocessing as mp, queue, time


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)
q = mp.Queue(3)
for i in range(3):
    q.put(i)
err('full', lambda: q.put(4, False))
err('full', lambda: q.put(4, True, 0.01))
err('nw', lambda: q.put_nowait(1))
print(q.qsize(), q.full())
time.sleep(0.1)
print(q.empty())
print([q.get() for _ in range(3)], q.qsize())
err('e', lambda: q.get(False))
err('e', lambda: q.get(timeout=0.01))
err('e', q.get_nowait)
err('e', lambda: q.get(True, -1))
q.close()
q.join_thread()
for use_closed in (lambda: q.put(1), q.get):
    try:
        use_closed()
    except ValueError as e:
        print('closed', str(e).rpartition('>')[2])


def prod(q, n):
    for i in range(n):
        q.put((n, i))
q = mp.Queue()
ps = [mp.Process(target=prod, args=(q, n)) for n in (100, 200, 300)]
[p.start() for p in ps]
got = sorted((q.get() for _ in range(600)))
[p.join() for p in ps]
print(got == sorted(((n, i) for n in (100, 200, 300) for i in range(n))))


def big(q):
    q.put(b'x' * 1000000)
    q.put('after')
p = mp.Process(target=big, args=(q,))
p.start()
print(len(q.get()), q.get())
p.join()
jq = mp.JoinableQueue()


def cons(jq):
    while True:
        x = jq.get()
        if x is None:
            jq.task_done()
            break
        jq.task_done()
p = mp.Process(target=cons, args=(jq,))
p.start()
for i in range(20):
    jq.put(i)
jq.put(None)
jq.join()
p.join()
print('joined')
err('td', jq.task_done)
sq = mp.SimpleQueue()
print(sq.empty())
sq.put([1])
print(sq.empty(), sq.get())


def sp(sq):
    sq.put('c')
p = mp.Process(target=sp, args=(sq,))
p.start()
print(sq.get())
p.join()
sq.close()
err('cl', lambda: sq.put(1))
