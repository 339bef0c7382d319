"""Sockets: connections to other programs, on this machine or elsewhere."""

import _socket
import io
import os
from _socket import (
    CMSG_LEN, CMSG_SPACE, close, dup, gaierror, getdefaulttimeout, gethostbyname, gethostname, getnameinfo, getprotobyname, getservbyname,
    getservbyport, herror, htonl, htons, if_indextoname, if_nameindex, if_nametoindex, inet_aton, inet_ntoa, inet_ntop, inet_pton, ntohl, ntohs, setdefaulttimeout,
)
from enum import IntEnum, IntFlag

error = OSError
timeout = TimeoutError
has_ipv6 = True
SocketType = _socket.socket
EBADF, EAGAIN, EWOULDBLOCK = 9, 11, 11
_GLOBAL_DEFAULT_TIMEOUT = object()

_numbers = {n: v for n, v in vars(_socket).items() if n.isupper() and isinstance(v, int)}
globals().update(_numbers)


def _enumerate(kind, name, prefix, others=()):
    """An enumeration of the constants with a prefix, whose members become names of this module."""
    numbers = sorted(((n, v) for n, v in _numbers.items() if n.startswith(prefix)), key=lambda p: (p[1], p[0]))
    made = kind(name, numbers, module=__name__)
    globals().update(made.__members__)
    return made


AddressFamily = _enumerate(IntEnum, "AddressFamily", "AF_")
SocketKind = _enumerate(IntEnum, "SocketKind", "SOCK_")
MsgFlag = _enumerate(IntFlag, "MsgFlag", "MSG_")
AddressInfo = _enumerate(IntFlag, "AddressInfo", "AI_")

__all__ = [n for n in globals() if not n.startswith("_") and n not in ("io", "os", "sys", "IntEnum", "IntFlag")] + [
    "create_connection", "create_server", "fromfd", "getaddrinfo", "getfqdn", "gethostbyaddr", "gethostbyname_ex",
    "has_dualstack_ipv6", "recv_fds", "send_fds", "socket", "socketpair", "SocketIO",
]


def _member(value, enumeration):
    try:
        return enumeration(value)
    except ValueError:
        return value


class socket(_socket.socket):
    """One end of a connection, or what waits for connections or messages."""

    __slots__ = ("_io_refs", "_closed")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        super().__init__(family, type, proto, fileno)
        # Files of this socket, which keep the descriptor open.
        self._io_refs = 0
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if not self._closed:
            self.close()

    def __repr__(self):
        cls = type(self)
        closed = " [closed]" if getattr(self, "_closed", False) else ""
        text = f"<{cls.__module__}.{cls.__qualname__}{closed} fd={self.fileno()}, family={self.family}, " \
               f"type={self.type}, proto={self.proto}"
        if not closed:
            for label, ask in (("laddr", self.getsockname), ("raddr", self.getpeername)):
                try:
                    address = ask()
                except (OSError, AttributeError):
                    continue
                if address:
                    text += f", {label}={address}"
        return text + ">"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")

    @property
    def family(self):
        """The family of its addresses."""
        return _member(super().family, AddressFamily)

    @property
    def type(self):
        """Whether it is for streams, messages ..."""
        return _member(super().type, SocketKind)

    def dup(self):
        """Another object with a copy of the descriptor."""
        made = type(self)(self.family, self.type, self.proto, fileno=dup(self.fileno()))
        made.settimeout(self.gettimeout())
        return made

    def accept(self):
        """Wait for a connection: a socket for it, and the address of the peer."""
        fd, address = self._accept()
        made = socket(self.family, self.type, self.proto, fileno=fd)
        if getdefaulttimeout() is None and self.gettimeout():
            made.setblocking(True)
        return made, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """A file that reads from or writes to the socket."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        writing = "w" in mode
        reading = "r" in mode or not writing
        binary = "b" in mode
        raw = SocketIO(self, ("r" if reading else "") + ("w" if writing else ""))
        self._io_refs += 1
        if buffering is None or buffering < 0:
            buffering = io.DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if not binary:
                raise ValueError("unbuffered streams must be binary")
            return raw
        if reading and writing:
            buffer = io.BufferedRWPair(raw, raw, buffering)
        elif reading:
            buffer = io.BufferedReader(raw, buffering)
        else:
            buffer = io.BufferedWriter(raw, buffering)
        if binary:
            return buffer
        text = io.TextIOWrapper(buffer, encoding, errors, newline)
        text.mode = mode
        return text

    def _file_closed(self):
        if self._io_refs > 0:
            self._io_refs -= 1
        if self._closed:
            self.close()

    def close(self):
        """Close it, once its files are closed too."""
        self._closed = True
        if self._io_refs <= 0:
            super().close()

    def detach(self):
        """Close the object and not the descriptor, which is returned."""
        self._closed = True
        return super().detach()

    def sendfile(self, file, offset=0, count=None):
        """Send a file's bytes from an offset on; how many."""
        if self.gettimeout() == 0:
            raise ValueError("non-blocking sockets are not supported")
        if "b" not in getattr(file, "mode", "b"):
            raise ValueError("file should be opened in binary mode")
        if not self.type & SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if count is not None:
            if not isinstance(count, int):
                raise TypeError(f"count must be a positive integer (got {count!r})")
            if count <= 0:
                raise ValueError(f"count must be a positive integer (got {count!r})")
        if offset:
            file.seek(offset)
        sent = 0
        while count is None or sent < count:
            data = file.read(65536 if count is None else min(65536, count - sent))
            if not data:
                break
            self.sendall(data)
            sent += len(data)
        if sent and hasattr(file, "seek"):
            file.seek(offset + sent)
        return sent

    def get_inheritable(self):
        """Whether new programs get the descriptor."""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        """Say whether new programs get the descriptor."""
        os.set_inheritable(self.fileno(), inheritable)


class SocketIO(io.RawIOBase):
    """A socket as a file without a buffer."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError(f"invalid mode: {mode!r}")
        super().__init__()
        self._sock = sock
        self._mode = mode if "b" in mode else mode + "b"
        self._timed_out = False

    @staticmethod
    def _require(allowed, what):
        if not allowed:
            raise io.UnsupportedOperation(f"File or stream is not {what}.")

    def readinto(self, b):
        """Receive into a buffer; None if nothing is there and the socket does not wait."""
        self._require(self.readable(), "readable")
        if self._timed_out:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except timeout:
            self._timed_out = True
            raise
        except BlockingIOError:
            return None

    def write(self, b):
        """Send bytes; how many, or None if there is no room and the socket does not wait."""
        self._require(self.writable(), "writable")
        try:
            return self._sock.send(b)
        except BlockingIOError:
            return None

    def readable(self):
        """Whether it can be read."""
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return "r" in self._mode

    def writable(self):
        """Whether it can be written."""
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return "w" in self._mode

    def seekable(self):
        """No."""
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return False

    def fileno(self):
        """The descriptor."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self._sock.fileno()

    @property
    def name(self):
        """The descriptor; -1 when it is closed."""
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        """How it was opened."""
        return self._mode

    def close(self):
        """Close the file; the socket, if that was closed and this was its last file."""
        if self.closed:
            return
        super().close()
        self._sock._file_closed()
        self._sock = None


def fromfd(fd, family, type, proto=0):
    """A socket with a copy of a descriptor."""
    return socket(family, type, proto, fileno=dup(fd))


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected."""
    family = AF_UNIX if family is None else family
    return tuple(socket(family, type, proto, fileno=fd) for fd in _socket._socketpair(family, type, proto))


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Addresses for a host and a service: tuples (family, type, protocol, name, address)."""
    return [
        (_member(f, AddressFamily), _member(t, SocketKind), *rest)
        for f, t, *rest in _socket.getaddrinfo(host, port, family, type, proto, flags)
    ]


def gethostbyname_ex(host):
    """Name, other names and IPv4 addresses of a host."""
    found = _socket.getaddrinfo(host, None, AF_INET, SOCK_STREAM, 0, AI_CANONNAME)
    return found[0][3] or host, [], list(dict.fromkeys(entry[4][0] for entry in found))


def gethostbyaddr(host):
    """Name, other names and addresses of a host."""
    address = gethostbyname(host)
    name, _ = getnameinfo((address, 0), 0)
    return name, [], [address]


def getfqdn(name=""):
    """The full name of a host."""
    name = name.strip()
    if not name or name in ("0.0.0.0", "::"):
        name = gethostname()
    try:
        full = gethostbyaddr(name)[0]
    except OSError:
        return name
    return full if "." in full else name


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """Connect to (host, port), trying all addresses of the host."""
    host, port = address
    failures = []
    for family, kind, proto, _, where in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(where)
            failures.clear()
            return sock
        except error as e:
            if not all_errors:
                failures.clear()
            failures.append(e)
            if sock is not None:
                sock.close()
    if not failures:
        raise error("getaddrinfo returns an empty list")
    try:
        if all_errors:
            raise ExceptionGroup("create_connection failed", failures)
        raise failures[0]
    finally:
        failures.clear()


def has_dualstack_ipv6():
    """Whether one socket can take connections of IPv4 and IPv6."""
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except error:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """A socket that waits for connections at an address."""
    if dualstack_ipv6 and (family != AF_INET6 or not has_dualstack_ipv6()):
        if family != AF_INET6:
            raise ValueError("dualstack_ipv6 requires AF_INET6 family")
        raise ValueError("dualstack_ipv6 not supported on this platform")
    sock = socket(family, SOCK_STREAM)
    try:
        try:
            sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        except error:
            pass
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as e:
            message = f"{e.strerror} (while attempting to bind on address {address!r})"
            raise error(e.errno, message) from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except error:
        sock.close()
        raise


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Send bytes and descriptors over a Unix socket; how many bytes."""
    import array

    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, array.array("i", fds))])


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receive bytes and at most so many descriptors: (bytes, descriptors, flags, address)."""
    import array

    fds = array.array("i")
    data, parts, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * fds.itemsize))
    for level, kind, content in parts:
        if level == SOL_SOCKET and kind == SCM_RIGHTS:
            fds.frombytes(content[:len(content) - len(content) % fds.itemsize])
    return data, list(fds), flags, address
