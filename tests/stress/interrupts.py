"""Ctrl-C in each call that blocks: interrupts.py ROUNDS

Each program says "ready", blocks, gets SIGINT and must raise KeyboardInterrupt there.
"""
import os
import signal
import subprocess
import sys
import time

SETUP = """
import asyncio, concurrent.futures, contextlib, fcntl, multiprocessing, os, queue, select, selectors, signal, socket
import subprocess, sys, threading, time
def held():
    # A lock that another thread holds.
    lock, ready = threading.Lock(), threading.Event()
    def hold():
        with lock:
            ready.set()
            time.sleep(60)
    threading.Thread(target=hold, daemon=True).start()
    ready.wait()
    return lock
def idle():
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
def full(fd):
    os.set_blocking(fd, False)
    with contextlib.suppress(BlockingIOError):
        while True: os.write(fd, bytes(1000))
    os.set_blocking(fd, True)
    return fd
def ready(): print("ready", flush=True)
if __name__ == "__main__":
  try:
"""

END = """
  except KeyboardInterrupt:
    print("interrupted", flush=True)
    os._exit(0)
"""

CALLS = {
    "sleep": "ready(); time.sleep(60)",
    "a loop": "ready()\nwhile True: pass",
    "a native call": "ready(); sum(iter(lambda: 1, 0))",
    "Lock.acquire": "l = held(); ready(); l.acquire()",
    "Lock.acquire with a timeout": "l = held(); ready(); l.acquire(timeout=60)",
    "with Lock": "l = held(); ready()\nwith l: pass",
    "RLock.acquire": "idle(); l = threading.RLock(); t = threading.Thread(target=l.acquire); t.start(); t.join(); ready(); l.acquire()",
    "Condition.wait": "idle(); c = threading.Condition(); c.acquire(); ready(); c.wait()",
    "Condition.wait_for": "idle(); c = threading.Condition(); c.acquire(); ready(); c.wait_for(lambda: False, 60)",
    "Event.wait": "idle(); ready(); threading.Event().wait()",
    "Semaphore.acquire": "idle(); ready(); threading.Semaphore(0).acquire()",
    "Barrier.wait": "idle(); ready(); threading.Barrier(2).wait()",
    "Thread.join": "t = threading.Thread(target=time.sleep, args=(60,), daemon=True); t.start(); ready(); t.join()",
    "Thread.join with a timeout": "t = threading.Thread(target=time.sleep, args=(60,), daemon=True); t.start(); ready(); t.join(60)",
    "Queue.get": "idle(); ready(); queue.Queue().get()",
    "Queue.get with a timeout": "ready(); queue.Queue().get(timeout=60)",
    "Queue.put": "idle(); q = queue.Queue(1); q.put(1); ready(); q.put(2)",
    "Queue.join": "idle(); q = queue.Queue(); q.put(1); ready(); q.join()",
    "SimpleQueue.get": "idle(); ready(); queue.SimpleQueue().get()",
    "Future.result": "idle(); ready(); concurrent.futures.Future().result()",
    "futures.wait": "idle(); ready(); concurrent.futures.wait([concurrent.futures.Future()])",
    "as_completed": "idle(); ready(); list(concurrent.futures.as_completed([concurrent.futures.Future()]))",
    "Process.join": "p = multiprocessing.Process(target=time.sleep, args=(60,), daemon=True); p.start(); ready(); p.join()",
    "Pool.map": "p = multiprocessing.Pool(2); ready(); p.map(time.sleep, [60, 60])",
    "multiprocessing.Queue.get": "ready(); multiprocessing.Queue().get()",
    "multiprocessing.SimpleQueue.get": "ready(); multiprocessing.SimpleQueue().get()",
    "multiprocessing.Queue.get with a timeout": "ready(); multiprocessing.Queue().get(timeout=60)",
    "multiprocessing.Lock": "l = multiprocessing.Lock(); l.acquire(); ready(); l.acquire()",
    "multiprocessing.Event": "ready(); multiprocessing.Event().wait()",
    "multiprocessing.Condition": "c = multiprocessing.Condition(); c.acquire(); ready(); c.wait()",
    "multiprocessing.Semaphore": "ready(); multiprocessing.Semaphore(0).acquire()",
    "multiprocessing.Barrier": "ready(); multiprocessing.Barrier(2).wait()",
    "Connection.recv": "a, b = multiprocessing.Pipe(); ready(); a.recv()",
    "Connection.poll": "a, b = multiprocessing.Pipe(); ready(); a.poll(None)",
    "Connection.send": "a, b = multiprocessing.Pipe(); ready(); a.send(bytes(10_000_000))",
    "connection.wait": "import multiprocessing.connection as c\na, b = multiprocessing.Pipe(); ready(); c.wait([a])",
    "Listener.accept": "import multiprocessing.connection as c\nl = c.Listener(); ready(); l.accept()",
    "input": "ready(); input()",
    "stdin.read": "ready(); sys.stdin.read()",
    "stdin.buffer.read": "ready(); sys.stdin.buffer.read(10)",
    "os.read": "r, w = os.pipe(); ready(); os.read(r, 1)",
    "os.write": "r, w = os.pipe(); full(w); ready(); os.write(w, bytes(100_000))",
    "file.read": "r, w = os.pipe(); f = open(r); ready(); f.read()",
    "file.write": "r, w = os.pipe(); f = open(full(w), 'wb', buffering=0); ready(); f.write(bytes(100_000))",
    "open of a fifo": "p = os.path.join(os.environ['FOLDER'], str(os.getpid())); os.mkfifo(p); ready(); open(p)",
    "os.waitpid": "pid = subprocess.Popen(['sleep', '60'], start_new_session=True).pid; ready(); os.waitpid(pid, 0)",
    "Popen.wait": "p = subprocess.Popen(['sleep', '60']); ready(); p.wait()",
    "Popen.communicate": "p = subprocess.Popen(['sleep', '60'], stdout=subprocess.PIPE, stderr=subprocess.PIPE); ready(); p.communicate()",
    "subprocess.run": "ready(); subprocess.run(['sleep', '60'])",
    "select.select": "a, b = socket.socketpair(); ready(); select.select([a], [], [])",
    "select.poll": "a, b = socket.socketpair(); p = select.poll(); p.register(a, select.POLLIN); ready(); p.poll()",
    "select.epoll": "a, b = socket.socketpair(); p = select.epoll(); p.register(a, select.EPOLLIN); ready(); p.poll()",
    "Selector.select": "a, b = socket.socketpair(); p = selectors.DefaultSelector(); p.register(a, selectors.EVENT_READ); ready(); p.select()",
    "socket.recv": "a, b = socket.socketpair(); ready(); a.recv(1)",
    "socket.recv with a timeout": "a, b = socket.socketpair(); a.settimeout(60); ready(); a.recv(1)",
    "socket.sendall": "a, b = socket.socketpair(); ready(); a.sendall(bytes(10_000_000))",
    "socket.accept": "s = socket.create_server(('127.0.0.1', 0)); ready(); s.accept()",
    "socket.recvfrom": "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); ready(); s.recvfrom(1)",
    "a socket's file": "a, b = socket.socketpair(); f = a.makefile(); ready(); f.readline()",
    "fcntl.flock": "p = open(os.path.join(os.environ['FOLDER'], 'lock'), 'w'); q = open(p.name); fcntl.flock(p, fcntl.LOCK_EX); ready(); fcntl.flock(q, fcntl.LOCK_EX)",
    "signal.pause": "ready(); signal.pause()",
    "asyncio.run": "\nasync def f():\n      ready(); await asyncio.sleep(60)\nasyncio.run(f())",
    "asyncio, a loop": "\nasync def f():\n      ready()\n      while True: await asyncio.sleep(0)\nasyncio.run(f())",
    "asyncio.to_thread": "\nasync def f():\n      ready(); await asyncio.get_running_loop().create_future()\nasyncio.run(f())",
    "import": "import types\nready()\nexec('while True: pass')",
}


def interrupt(interpreter, text, delay, folder):
    body = "".join(f"    {line}\n" for line in text.splitlines())
    process = subprocess.Popen(
        [interpreter, "-c", SETUP + body + END], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=dict(os.environ, FOLDER=folder), start_new_session=True)
    try:
        if process.stdout.readline() != b"ready\n":
            return "did not begin: " + process.communicate()[1].decode()
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        line = b""
        import select

        if select.select([process.stdout], [], [], 30)[0]:
            line = process.stdout.readline()
        if line == b"interrupted\n":
            return None
        return f"{line!r}: " + ("hangs" if process.poll() is None else process.communicate()[1].decode()[-800:])
    finally:
        # Also what it has started.
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()


def main():
    import random
    import tempfile

    rounds = int(sys.argv[1])
    interpreter = sys.argv[2] if len(sys.argv) > 2 else sys.executable
    wanted = sys.argv[3:] or list(CALLS)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for i in range(rounds):
            for name in wanted:
                # The first time it is sure to block, later it may also be about to.
                problem = interrupt(interpreter, CALLS[name], 0.03 if i == 0 else random.random() * 0.01, folder)
                if problem:
                    bad += 1
                    print(f"{name}: {problem}", flush=True)
    print(f"{rounds * len(wanted)} interrupts of {len(wanted)} calls, {bad} bad")
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
