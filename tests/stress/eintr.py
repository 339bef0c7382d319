"""Calls that block while a timer interrupts them all the time: eintr.py ROUNDS

The handler raises nothing, so each call goes on and returns what it would have returned, and timeouts are kept.
"""
import multiprocessing
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import threading
import time

ticks = 0


def tick(signum, frame):
    global ticks
    ticks += 1


def later(f, *args):
    """Calls f soon, in a thread in which the timer interrupts nothing."""
    def run():
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(0.01)
        f(*args)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def takes(seconds, f, *args, **kwargs):
    start = time.monotonic()
    result = f(*args, **kwargs)
    took = time.monotonic() - start
    assert took >= seconds, took
    return result


def waits():
    takes(0.01, time.sleep, 0.01)
    lock = threading.Lock()
    lock.acquire()
    assert not takes(0.01, lock.acquire, timeout=0.01)
    assert not takes(0.01, threading.Event().wait, 0.01)
    condition = threading.Condition()
    with condition:
        assert not takes(0.01, condition.wait, 0.01)
    t = later(lock.release)
    assert lock.acquire()
    t.join()
    q = queue.Queue()
    t = later(q.put, 5)
    assert q.get() == 5
    takes(0, t.join)
    try:
        takes(0.01, q.get, timeout=0.01)
        assert False
    except queue.Empty:
        pass


def files():
    r, w = os.pipe()
    t = later(os.write, w, b"abc")
    assert os.read(r, 10) == b"abc"
    t.join()
    assert select.select([r], [], [], 0.01) == ([], [], [])
    takes(0.01, select.select, [r], [], [], 0.01)
    poll = select.poll()
    poll.register(r, select.POLLIN)
    assert takes(0.01, poll.poll, 10) == []
    epoll = select.epoll()
    epoll.register(r, select.EPOLLIN)
    assert takes(0.01, epoll.poll, 0.01) == []
    epoll.close()
    big = os.urandom(300_000)
    received = []
    t = later(lambda: received.append(b"".join(iter(lambda: os.read(r, 70_000), b""))))
    with open(w, "wb") as f:
        assert f.write(big) == len(big)
    t.join()
    assert received == [big]
    os.close(r)


def sockets():
    a, b = socket.socketpair()
    t = later(b.sendall, b"xyz")
    assert a.recv(10) == b"xyz"
    t.join()
    a.settimeout(0.01)
    try:
        takes(0.01, a.recv, 1)
        assert False
    except TimeoutError:
        pass
    a.settimeout(None)
    big = os.urandom(1_000_000)
    received = []

    def drain():
        data = bytearray()
        while len(data) < len(big):
            data += b.recv(100_000)
        received.append(bytes(data))

    t = later(drain)
    a.sendall(big)
    t.join()
    assert received == [big]
    a.close()
    b.close()
    server = socket.create_server(("127.0.0.1", 0))
    client = socket.socket()
    t = later(client.connect, server.getsockname())
    accepted, _ = server.accept()
    t.join()
    for s in (accepted, client, server):
        s.close()


def processes():
    process = subprocess.Popen(["sleep", "0.02"])
    assert process.wait() == 0
    assert subprocess.run(["echo", "hello"], capture_output=True).stdout == b"hello\n"
    pid = os.fork()
    if pid == 0:
        time.sleep(0.01)
        os._exit(7)
    assert os.waitpid(pid, 0) == (pid, 7 << 8)
    p = multiprocessing.Process(target=time.sleep, args=(0.01,))
    p.start()
    p.join()
    assert p.exitcode == 0
    a, b = multiprocessing.Pipe()
    t = later(b.send, "message")
    assert a.recv() == "message"
    t.join()
    assert not takes(0.01, a.poll, 0.01)
    a.close()
    b.close()
    assert not takes(0.01, multiprocessing.Semaphore(0).acquire, True, 0.01)


signal.signal(signal.SIGALRM, tick)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
rounds = int(sys.argv[1])
for _ in range(rounds):
    waits()
    files()
    sockets()
    processes()
signal.setitimer(signal.ITIMER_REAL, 0)
print(f"{rounds} rounds, interrupted {'often' if ticks > rounds * 20 else ticks}")
