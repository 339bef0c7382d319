import os
import socket
import threading
import time


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e, e.args)


def hide(s):
    """A repr without descriptor and ports."""
    import re

    return re.sub(r"(\.\d+', )\d+", r"\1PORT", re.sub(r"fd=\d+", "fd=N", repr(s)))


print(repr(socket.AF_INET), repr(socket.SOCK_STREAM), socket.AF_INET, repr(socket.AF_UNIX), repr(socket.SOCK_DGRAM))
print(socket.timeout, socket.error, socket.gaierror.__mro__, socket.herror, socket.has_ipv6)

with socket.socket() as s:
    print(hide(s), s.timeout, s.gettimeout(), s.getblocking(), repr(s.family), repr(s.type), s.proto)
    s.bind(("127.0.0.1", 0))
    print(hide(s))
    s.listen()
    s.settimeout(0.01)
    print(s.gettimeout(), s.getblocking())
    attempt(s.accept)
    s.setblocking(False)
    print(s.gettimeout(), s.getblocking())
    attempt(s.accept)
print(hide(s), s.fileno())
attempt(s.recv, 1)
attempt(s.getsockname)


# TCP
log = []


def serve(server):
    peer, address = server.accept()
    with peer:
        log.append((address[0], peer.family == server.family))
        while data := peer.recv(100):
            peer.sendall(data.upper())


server = socket.create_server(("127.0.0.1", 0))
thread = threading.Thread(target=serve, args=(server,))
thread.start()
with socket.create_connection(server.getsockname(), timeout=5) as c:
    print(c.gettimeout(), c.getpeername() == server.getsockname())
    c.sendall(b"hello")
    print(c.recv(100))
    print(c.send(b"more"), c.recv(2), c.recv(2, socket.MSG_PEEK), c.recv(100))
    buffer = bytearray(10)
    c.sendall(bytearray(b"into"))
    print(c.recv_into(buffer), buffer, c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
          c.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    c.shutdown(socket.SHUT_WR)
    print(c.recv(10))
thread.join()
print(log)
server.close()

# Errors
c = socket.socket()
attempt(c.connect, ("127.0.0.1", 1))
print(c.connect_ex(("127.0.0.1", 1)))
for address in ("x", ("a",), ("127.0.0.1", "x"), ("127.0.0.1", 99999), (1, 2)):
    attempt(c.connect, address)
attempt(c.settimeout, -1)
attempt(c.settimeout, "a")
attempt(c.recv, -1)
attempt(c.recv, 1)
attempt(c.send, "x")
attempt(c.sendall, 5)
attempt(socket.create_connection, ("127.0.0.1", 1))
attempt(socket.socket, 99)
attempt(socket.socket, socket.AF_INET, 99)
attempt(c.makefile, "x")
attempt(c.makefile, "r", 0)
attempt(c.getsockopt, 1, 2, 5000)
c.close()

# Unix
path = f"/tmp/socket-{os.getpid()}"
u = socket.socket(socket.AF_UNIX)
attempt(u.connect, "/nowhere")
attempt(u.connect, 5)
attempt(u.bind, "x" * 200)
u.bind(path)
u.listen(1)
v = socket.socket(socket.AF_UNIX)
v.connect(path)
w, address = u.accept()
print(repr(address), v.getpeername() == path, u.getsockname() == path)
w.sendall(b"unix")
print(v.recv(10))
for s in (u, v, w):
    s.close()
os.unlink(path)

# Pairs and files
a, b = socket.socketpair()
print(hide(a))
f = a.makefile("w", encoding="utf-8", newline="\n")
h = a.makefile("r", encoding="utf-8")
g = b.makefile("rb")
print(f.mode, a.makefile("rb", 0).__class__)
f.write("a line\nand another\n")
f.flush()
print(g.readline(), g.readline())
b.sendall("text é\nrest".encode())
print(h.readline())
b.shutdown(socket.SHUT_WR)
print(h.read())
a.close()
print(a.fileno() >= 0, "closed" in repr(a))
f.close()
h.close()
print(a.fileno())
g.close()
b.close()

# Messages
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as x, socket.socket(type=socket.SOCK_DGRAM) as y:
    x.bind(("localhost", 0))
    y.bind(("", 0))
    print(y.sendto(b"message", x.getsockname()))
    data, sender = x.recvfrom(100)
    print(data, sender[1] == y.getsockname()[1])
    attempt(y.sendto, b"x")
    x.settimeout(0.01)
    attempt(x.recvfrom, 10)
    y.connect(x.getsockname())
    y.send(b"connected")
    print(x.recv(4), hide(y))

# A timeout of a thread, and waking it.
a, b = socket.socketpair()
threading.Timer(0.01, b.send, (b"late",)).start()
print(a.recv(10))
a.settimeout(0.02)
began = time.monotonic()
attempt(a.recv, 1)
print(time.monotonic() - began >= 0.02)
print(a.detach() >= 0, hide(a))
b.close()

# Names and numbers
print(socket.getaddrinfo("127.0.0.1", 80, 0, socket.SOCK_STREAM))
print(socket.getaddrinfo("localhost", 80, socket.AF_INET, socket.SOCK_STREAM), socket.gethostbyname("localhost"))
attempt(socket.getaddrinfo, "no-such-host.invalid", 1)
print(socket.inet_aton("1.2.3.4"), socket.inet_aton("127.1"), socket.inet_ntoa(b"abcd"))
print(socket.inet_pton(socket.AF_INET6, "::1"), socket.inet_ntop(socket.AF_INET, b"abcd"), socket.inet_ntop(socket.AF_INET6, bytes(16)))
for f, args in (
    (socket.inet_aton, ("x",)), (socket.inet_ntoa, (b"a",)), (socket.inet_pton, (socket.AF_INET, "z")),
    (socket.inet_ntop, (socket.AF_INET, b"a")), (socket.htons, (70000,)), (socket.htons, (-1,)),
    (socket.getservbyname, ("no such",)), (socket.getprotobyname, ("no such",)), (socket.getservbyport, (99999,)),
):
    attempt(f, *args)
print(socket.htons(1), socket.ntohs(256), socket.htonl(1), socket.ntohl(1 << 24), socket.getservbyname("http"),
      socket.getservbyport(80), socket.getprotobyname("tcp"))
print(socket.gethostname() == os.uname().nodename, socket.getdefaulttimeout())
socket.setdefaulttimeout(3)
print(socket.socket().gettimeout())
socket.setdefaulttimeout(None)
