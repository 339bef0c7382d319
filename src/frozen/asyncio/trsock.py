"""The socket of a transport, as far as others may touch it."""

import socket


class TransportSocket:
    """Tells of the socket of a transport; what would take data from the transport is missing."""

    __slots__ = ("_sock",)

    def __init__(self, sock: socket.socket):
        self._sock = sock

    family = property(lambda self: self._sock.family, doc="The address family.")
    type = property(lambda self: self._sock.type, doc="The kind of socket.")
    proto = property(lambda self: self._sock.proto, doc="The protocol.")

    def __repr__(self):
        text = f"<asyncio.TransportSocket fd={self.fileno()}, family={self.family!s}, type={self.type!s}"
        text += f", proto={self.proto}"
        if self.fileno() == -1:
            return text + ">"
        for label, ask in (("laddr", self._sock.getsockname), ("raddr", self._sock.getpeername)):
            try:
                address = ask()
            except OSError:
                continue
            if address:
                text += f", {label}={address}"
        return text + ">"

    def __getstate__(self):
        raise TypeError("Cannot serialize asyncio.TransportSocket object")

    def fileno(self):
        """The number of the descriptor."""
        return self._sock.fileno()

    def dup(self):
        """Another socket for the same connection."""
        return self._sock.dup()

    def get_inheritable(self):
        """Whether programs that are started have it too."""
        return self._sock.get_inheritable()

    def shutdown(self, how):
        """Ends one or both directions."""
        self._sock.shutdown(how)

    def getsockopt(self, *args, **kwargs):
        """The value of an option."""
        return self._sock.getsockopt(*args, **kwargs)

    def setsockopt(self, *args, **kwargs):
        """Sets an option."""
        self._sock.setsockopt(*args, **kwargs)

    def getpeername(self):
        """The address at the other end."""
        return self._sock.getpeername()

    def getsockname(self):
        """The address at this end."""
        return self._sock.getsockname()

    def getsockbyname(self):
        """As the socket's method of that name, which no socket has any more."""
        return self._sock.getsockbyname()

    def settimeout(self, value):
        """Only 0 is possible: the transport never waits."""
        if value == 0:
            return
        raise ValueError("settimeout(): only 0 timeout is allowed on transport sockets")

    def gettimeout(self):
        """Always 0."""
        return 0

    def setblocking(self, flag):
        """Only False is possible."""
        if not flag:
            return
        raise ValueError("setblocking(): transport sockets cannot be blocking")
