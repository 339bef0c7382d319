import errno
import os
import select
import selectors
import threading
import time

print(errno.ENOENT, errno.EAGAIN == errno.EWOULDBLOCK, errno.errorcode[errno.ENOENT], errno.errorcode[11], errno.errorcode[35], errno.errorcode[95])
print(len(errno.errorcode) > 120, OSError(errno.EPIPE, os.strerror(errno.EPIPE)).__class__)


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e), e)


r, w = os.pipe()
print(select.select([r], [w], [], 0) == ([], [w], []))
os.write(w, b"x")
print(select.select([r, r], [w], [r], 1) == ([r, r], [w], []))
os.read(r, 1)
began = time.monotonic()
print(select.select([r], [], [], 0.02), time.monotonic() - began >= 0.02)
attempt(select.select, [-1], [], [], 0)
attempt(select.select, ["x"], [], [], 0)
attempt(select.select, [r], [], [], -1)
attempt(select.select, [r], [], [], "x")
attempt(select.select, 5, [], [], 0)
attempt(select.select, [2000], [], [], 0)

p = select.poll()
p.register(r)
p.register(w, select.POLLOUT)
print(p.poll(0) == [(w, select.POLLOUT)])
p.modify(w, select.POLLIN)
print(p.poll(10))
threading.Timer(0.01, os.write, (w, b"y")).start()
print(p.poll() == [(r, select.POLLIN)])
p.unregister(w)
try:
    p.unregister(w)
except KeyError as e:
    print("KeyError", e.args == (w,))
attempt(p.modify, 999, 1)
attempt(p.register, r, -1)
attempt(p.register, r, 1 << 20)
os.read(r, 1)

with select.epoll() as e:
    print(e.closed, e.fileno() > 2)
    e.register(r, select.EPOLLIN)
    e.register(w, select.EPOLLOUT)
    print(e.poll(0) == [(w, select.EPOLLOUT)])
    attempt(e.register, r)
    e.modify(w, 0)
    print(e.poll(0.01))
    os.write(w, b"z")
    print(e.poll(5, maxevents=1) == [(r, select.EPOLLIN)])
    e.unregister(r)
    print(e.poll(0))
    attempt(e.unregister, r)
    attempt(e.poll, 0, 0)
print(e.closed)
attempt(e.poll)
attempt(select.epoll, -5)
os.read(r, 1)

for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
    with kind() as s:
        key = s.register(r, selectors.EVENT_READ, data="reader")
        print(kind.__name__, key == (r, r, 1, "reader"), len(s.get_map()), list(s.get_map()) == [r])
        s.register(w, selectors.EVENT_WRITE)
        print([(k.data, m) for k, m in s.select()])
        s.unregister(w)
        print(s.select(0), s.select(-1))
        os.write(w, b"1")
        print([(k.data, m) for k, m in s.select(None)])
        s.modify(r, selectors.EVENT_READ, "other")
        print([(k.data, m) for k, m in s.select(timeout=0.5)], s.get_key(r).data)
        os.read(r, 1)
        for f in (lambda: s.register(r, 1), lambda: s.unregister(w), lambda: s.register(w, 0), lambda: s.register("x", 1),
                  lambda: s.register(-1, 1), lambda: s.modify(w, 1), lambda: s.get_key(w)):
            try:
                f()
            except Exception as e:
                print(type(e).__name__, str(e).replace(str(r), "R").replace(str(w), "W"))
    print(s.get_map())
    try:
        s.get_key(r)
    except RuntimeError as e:
        print(e)
print(selectors.DefaultSelector.__name__)
