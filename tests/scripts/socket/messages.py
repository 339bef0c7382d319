"""Messages with descriptors beside their bytes, network interfaces, and what is sent in several buffers."""
import array
import os
import socket


def shown(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


a, b = socket.socketpair()
print(a.sendmsg([b"one", bytearray(b"two"), memoryview(b"!")]), b.recvmsg(100))
print(a.sendmsg([]), a.sendmsg((b"x",), [], 0), b.recvmsg(10, 100, 0))
r, w = os.pipe()
print(a.sendmsg([b"fd"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [w]))]))
data, parts, flags, address = b.recvmsg(10, socket.CMSG_SPACE(4))
[(level, kind, content)] = parts
print(data, flags & ~socket.MSG_CMSG_CLOEXEC, address, level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, len(content))
[copy] = array.array("i", content)
os.write(copy, b"through")
print(os.read(r, 10))
print(socket.send_fds(a, [b"ab", b"cd"], [r, w]))
data, fds, flags, address = socket.recv_fds(b, 100, 5)
print(data, len(fds), set(fds).isdisjoint([r, w]), address)
for fd in (copy, r, w, *fds):
    os.close(fd)
first, second = bytearray(2), bytearray(4)
a.send(b"12345")
print(b.recvmsg_into([first, second], 10), first, second)
for call in (
    lambda: a.sendmsg(5), lambda: a.sendmsg(["text"]), lambda: a.sendmsg([b"x"], 5), lambda: b.recvmsg(-1),
    lambda: b.recvmsg(1, -1), lambda: b.recvmsg_into(5), lambda: b.recvmsg_into([b"constant"]),
    lambda: socket.CMSG_LEN(-1), lambda: socket.CMSG_SPACE(2**40),
):
    print(shown(call))
print(socket.CMSG_LEN(0), socket.CMSG_LEN(5), socket.CMSG_SPACE(5))
b.settimeout(0.01)
print(shown(b.recvmsg, 1))
b.close()
print(shown(a.sendmsg, [b"gone"]), shown(b.recvmsg, 1))

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as to, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as via:
    to.bind(("127.0.0.1", 0))
    via.bind(("127.0.0.1", 0))
    print(via.sendmsg([b"to ", b"an address"], [], 0, to.getsockname()))
    data, parts, flags, address = to.recvmsg(5)
    print(data, parts, flags == socket.MSG_TRUNC, address == via.getsockname())

print((1, "lo") in socket.if_nameindex(), socket.if_nametoindex("lo"), socket.if_indextoname(1))
print(shown(socket.if_nametoindex, "nosuch"), shown(socket.if_indextoname, 12345))
print(repr(socket.AF_CAN), socket.CAN_RAW, repr(socket.AF_ROUTE), socket.IPPROTO_MPTCP, socket.TCP_NOTSENT_LOWAT)
