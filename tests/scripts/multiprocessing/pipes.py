# Pipes, connections, listeners: messages, errors, ends.
import multiprocessing as mp
from multiprocessing import connection


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__name__, e)
a, b = mp.Pipe()
a.send({'x': [1, 2]})
print(b.poll(), b.recv(), b.poll(), b.poll(0.01))
b.send_bytes(b'hello')
print(a.recv_bytes())
b.send_bytes(b'hello', 1, 3)
print(a.recv_bytes())
for args in ((b'abc', -1), (b'abc', 5), (b'abc', 0, 9), (b'abc', 0, -1), ('x',), (5,)):
    err(f'sb{args}', lambda: a.send_bytes(*args))
buf = bytearray(10)
a.send_bytes(b'12345')
print(b.recv_bytes_into(buf, 2), buf)
a.send_bytes(b'12345678901')
err('bts', lambda: b.recv_bytes_into(buf))
a.send_bytes(b'x' * 20)
err('ml', lambda: b.recv_bytes(5))
a, b = mp.Pipe(False)
print(a.readable, a.writable, b.readable, b.writable, a.closed)
err('ro', lambda: a.send(1))
err('wo', b.recv)
err('wop', b.poll)
a.close()
err('c', a.recv)
err('c', a.fileno)
print(a.closed)
err('brk', lambda: b.send(1))
b.close()
a, b = mp.Pipe()
b.close()
err('eof', a.recv)
a, b = mp.Pipe()
err('lam', lambda: a.send(lambda: 1))
with a, b:
    pass
print(a.closed, b.closed)


def child(c):
    while True:
        m = c.recv()
        if m is None:
            break
        c.send(m * 2)
    c.close()
a, b = mp.Pipe()
p = mp.Process(target=child, args=(b,))
p.start()
b.close()
for x in (1, 'ab', [1], b'x' * 100000):
    a.send(x)
    r = a.recv()
    print(len(r) if hasattr(r, '__len__') else r)
a.send(None)
err('eof', a.recv)
p.join()
print(p.exitcode)
ps = [mp.Pipe(False) for _ in range(3)]
for i, (r, w) in enumerate(ps):
    w.send(i)
print(len(connection.wait([r for r, _ in ps], 1)), connection.wait([ps[0][0]], 0) == [ps[0][0]])
[r.recv() for r, _ in ps]
print(connection.wait([r for r, _ in ps], 0.01))


def sends(c):
    x, y = mp.Pipe()
    c.send(y)
    x.send('via')
    c.recv()
a, b = mp.Pipe()
p = mp.Process(target=sends, args=(b,))
p.start()
y = a.recv()
print(y.recv())
a.send(1)
p.join()
with connection.Listener(authkey=b'k') as L:

    def cl(addr):
        c = connection.Client(addr, authkey=b'k')
        c.send('hi')
        print(c.recv(), flush=True)
    p = mp.Process(target=cl, args=(L.address,))
    p.start()
    with L.accept() as c:
        print(c.recv())
        c.send('yo')
    p.join()

    def bad(address):
        try:
            connection.Client(address, authkey=b'wrong')
        except connection.AuthenticationError as e:
            print(e, flush=True)

    p = mp.Process(target=bad, args=(L.address,))
    p.start()
    try:
        L.accept()
    except connection.AuthenticationError as e:
        refused = e
    p.join()
    print(refused)
