"""Full pipes and peers that close: broken_pipes.py ROUNDS"""
import multiprocessing
import os
import queue
import random
import signal
import socket
import subprocess
import sys
import threading
import time


def raised(f, *args):
    try:
        return f(*args)
    except (OSError, EOFError) as error:
        return type(error)


def closes_at_once(connection):
    connection.close()


def sends_half_and_dies(connection):
    os.write(connection.fileno(), b"\0\0\4\0abc")
    os._exit(3)


def reads_one(connection):
    connection.recv()


def writes_and_is_killed(q):
    for i in range(10_000):
        q.put("x" * 1000)


def pipes():
    r, w = os.pipe()
    os.close(r)
    assert raised(os.write, w, b"x") is BrokenPipeError
    f = open(w, "w")
    f.write("text")
    assert raised(f.flush) is BrokenPipeError
    assert raised(f.close) is BrokenPipeError
    # Nobody reads until the writer has filled the pipe.
    r, w = os.pipe()
    total = 1 << 20
    writer = threading.Thread(target=lambda: (os.fdopen(w, "wb").write(bytes(total))))
    writer.start()
    time.sleep(random.random() * 0.01)
    got = 0
    while chunk := os.read(r, 65536):
        got += len(chunk)
    writer.join()
    os.close(r)
    assert got == total, got


def sockets():
    a, b = socket.socketpair()
    b.close()
    assert a.recv(1) == b""
    assert raised(a.send, b"x") is BrokenPipeError
    a.close()
    server = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(server.getsockname())
    accepted, _ = server.accept()
    client.sendall(b"unread")
    # Unread input makes the close a reset.
    accepted.close()
    time.sleep(0.001)
    assert raised(client.recv, 1) is ConnectionResetError
    client.close()
    server.close()
    assert raised(socket.create_connection, server_address(server)) is not None


def server_address(_):
    probe = socket.socket()
    probe.bind(("127.0.0.1", 0))
    address = probe.getsockname()
    probe.close()
    return address


def connections():
    for target, expected in ((closes_at_once, EOFError), (sends_half_and_dies, (EOFError, OSError))):
        ours, theirs = multiprocessing.Pipe()
        p = multiprocessing.Process(target=target, args=(theirs,))
        p.start()
        theirs.close()
        assert issubclass(raised(ours.recv), expected)
        p.join()
        ours.close()
    ours, theirs = multiprocessing.Pipe()
    p = multiprocessing.Process(target=reads_one, args=(theirs,))
    p.start()
    theirs.close()
    ours.send(1)
    p.join()
    assert raised(ours.send, bytes(1_000_000)) in (BrokenPipeError, ConnectionResetError)
    ours.close()


def queues():
    q = multiprocessing.Queue()
    p = multiprocessing.Process(target=writes_and_is_killed, args=(q,))
    p.start()
    q.get()
    p.kill()
    p.join()
    assert p.exitcode == -9
    q.close()
    q.join_thread()


def children():
    process = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    process.wait()
    assert raised(process.stdin.write, bytes(1_000_000)) is BrokenPipeError
    assert raised(process.stdin.close) in (None, BrokenPipeError)
    # What a child does not read is no error of communicate().
    process = subprocess.Popen(["true"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.communicate(bytes(1_000_000)) == (b"", None)
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert len(process.communicate(bytes(1_000_000))[0]) == 1_000_000


if __name__ == "__main__":
    rounds = int(sys.argv[1])
    for _ in range(rounds):
        for check in (pipes, sockets, connections, queues, children):
            check()
    left = len(multiprocessing.active_children())
    print(f"{rounds} rounds, {left} processes left")
    sys.exit(left != 0)
