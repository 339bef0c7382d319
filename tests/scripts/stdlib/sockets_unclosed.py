# Sockets that nobody has closed, the class below `socket.socket`, IPv6 addresses with flow and scope, odd signals.
import _socket
import signal
import socket
import warnings


def show(message, category, *rest):
    print(category.__name__, str(message).split("fd=")[0], "fd=-1" in str(message))


warnings.simplefilter("always")
warnings.showwarning = show
s = socket.socket()
del s
s = socket.socket()
f = s.makefile("rb")
del s
del f
with socket.socket():
    pass
s = _socket.socket()
print(repr(s).replace(str(s.fileno()), "N"))
s.close()
print(s)
for address in [("::1", 0, 1 << 20), ("::1", 80, 5), ("127.0.0.1", 80), ("::1", "x")]:
    try:
        print(socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
    except (OverflowError, OSError, TypeError) as e:
        print(type(e).__name__, e)
for number in [1 << 1000, -1 << 1000, 0, 65, 1 << 62]:
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    except ValueError as e:
        print(e)
