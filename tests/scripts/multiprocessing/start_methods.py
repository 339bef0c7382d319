# Fresh interpreters: the program runs again there, by another name.
import multiprocessing as mp, os, sys


def f(q, v, l, e, b, c):
    print(__name__, mp.current_process().name, mp.parent_process().name, flush=True)
    with v.get_lock():
        v.value += 5
    with l:
        q.put(os.getpid() != b)
    e.set()
    c.send('x')
    c.close()


class P(mp.get_context('spawn').Process):

    def run(self):
        print('run', self.name, flush=True)
        sys.exit(7)
if __name__ == '__main__':
    for m in ('spawn', 'forkserver'):
        ctx = mp.get_context(m)
        q = ctx.Queue()
        v = ctx.Value('i', 1)
        l = ctx.Lock()
        e = ctx.Event()
        a, b = ctx.Pipe()
        p = ctx.Process(target=f, args=(q, v, l, e, os.getpid(), b))
        p.start()
        print(q.get(), e.wait(10), a.recv())
        p.join()
        print(v.value, p.exitcode, p) if 0 else print(v.value, p.exitcode)
        with ctx.Pool(2) as pool:
            print(pool.map(abs, [-1, -2]))
        p = ctx.Process(target=os._exit, args=(3,))
        p.start()
        p.join()
        print(p.exitcode)
        p = ctx.Process(target=os.abort)
        p.start()
        p.join()
        print(p.exitcode)
        import time
        p = ctx.Process(target=time.sleep, args=(100,))
        p.start()
        p.terminate()
        p.join()
        print(p.exitcode)
    p = P()
    p.start()
    p.join()
    print(p.exitcode)
