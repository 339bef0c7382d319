"""Connections: messages between processes, and those who listen for them."""

import os

import _multiprocessing

from . import reduction, util
from .context import AuthenticationError, BufferTooShort

_ForkingPickler = reduction.ForkingPickler

__all__ = ["Client", "Listener", "Pipe", "wait"]

BUFSIZE = 8192


class _ConnectionBase:
    """One end of a stream of messages."""

    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError("invalid handle")
        if not readable and not writable:
            raise ValueError("at least one of `readable` and `writable` must be True")
        self._handle = handle
        self._readable = readable
        self._writable = writable

    def __del__(self):
        if self._handle is not None:
            self._close()

    def _check_closed(self):
        if self._handle is None:
            raise OSError("handle is closed")

    def _check_readable(self):
        if not self._readable:
            raise OSError("connection is write-only")

    def _check_writable(self):
        if not self._writable:
            raise OSError("connection is read-only")

    @property
    def closed(self):
        """Whether the connection is closed."""
        return self._handle is None

    @property
    def readable(self):
        """Whether messages may come."""
        return self._readable

    @property
    def writable(self):
        """Whether messages may go."""
        return self._writable

    def fileno(self):
        """The descriptor."""
        self._check_closed()
        return self._handle

    def close(self):
        """Close the connection."""
        if self._handle is not None:
            try:
                self._close()
            finally:
                self._handle = None

    def _close(self, _close=_multiprocessing.close):
        _close(self._handle)

    def send_bytes(self, buf, offset=0, size=None):
        """Send the content of a bytes-like object, or a part of it."""
        self._check_closed()
        self._check_writable()
        view = memoryview(buf)
        n = view.nbytes
        if offset < 0:
            raise ValueError("offset is negative")
        if n < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = n - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > n:
            raise ValueError("buffer length < offset + size")
        self._send_bytes(view.tobytes()[offset:offset + size])

    def send(self, obj):
        """Send an object."""
        handle = self._handle
        if handle is None or not self._writable:
            self._check_closed()
            self._check_writable()
        _multiprocessing.send(handle, _ForkingPickler.dumps(obj))

    def recv_bytes(self, maxlength=None):
        """Wait for a message; its bytes."""
        self._check_closed()
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        data = self._recv_bytes(maxlength)
        if data is None:
            self._bad_message_length()
        return data

    def recv_bytes_into(self, buf, offset=0):
        """Wait for a message and put its bytes into a buffer; how many."""
        self._check_closed()
        self._check_readable()
        with memoryview(buf) as view:
            size = view.nbytes
            if offset < 0:
                raise ValueError("negative offset")
            if offset > size:
                raise ValueError("offset too large")
            data = self._recv_bytes()
            if len(data) > size - offset:
                raise BufferTooShort(data)
            flat = view.cast("B") if view.format != "B" else view
            flat[offset:offset + len(data)] = data
            return len(data)

    def recv(self):
        """Wait for an object."""
        handle = self._handle
        if handle is None or not self._readable:
            self._check_closed()
            self._check_readable()
        return _ForkingPickler.loads(_multiprocessing.recv(handle))

    def poll(self, timeout=0.0):
        """Whether a message comes within a number of seconds; None waits for one."""
        self._check_closed()
        self._check_readable()
        return bool(_multiprocessing.wait((self._handle,), timeout))

    def _bad_message_length(self):
        if self._writable:
            self._readable = False
        else:
            self.close()
        raise OSError("bad message length")

    def _send_bytes(self, data):
        if self._handle is None:
            self._check_closed()
        _multiprocessing.send(self._handle, data)

    def _recv_bytes(self, maxsize=None):
        return _multiprocessing.recv(self._handle, maxsize)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


class Connection(_ConnectionBase):
    """One end of a stream of messages."""


def _reduce_connection(connection):
    return _rebuild_connection, (reduction.DupFd(connection.fileno()), connection.readable, connection.writable)


def _rebuild_connection(dup, readable, writable):
    return Connection(dup.detach(), readable, writable)


reduction.register(Connection, _reduce_connection)


def Pipe(duplex=True):
    """Two connections: what one sends the other receives, and the other way round if duplex."""
    if duplex:
        first, second = _multiprocessing.socketpair()
        return Connection(first), Connection(second)
    reader, writer = _multiprocessing.pipe()
    return Connection(reader, writable=False), Connection(writer, readable=False)


def wait(object_list, timeout=None):
    """Those of the connections, sockets and descriptors that are ready, after at most a number of seconds."""
    by_fd = {}
    for item in object_list:
        by_fd[item if isinstance(item, int) else item.fileno()] = item
    if timeout is not None and timeout < 0:
        timeout = 0
    return [by_fd[fd] for fd in _multiprocessing.wait(list(by_fd), timeout)]


def arbitrary_address(family):
    """An address that nobody has."""
    if family == "AF_INET":
        return ("localhost", 0)
    if family == "AF_UNIX":
        return os.path.join(util.get_temp_dir(), f"listener-{os.urandom(4).hex()}")
    raise ValueError("unrecognized family")


def address_type(address):
    """The family of an address."""
    if type(address) is tuple:
        return "AF_INET"
    if type(address) is str or type(address) is bytes:
        return "AF_UNIX"
    raise ValueError(f"address type of {address!r} unrecognized")


def _validate_family(family):
    if family not in ("AF_INET", "AF_UNIX"):
        raise ValueError(f"Family {family} is not recognized.")


class Listener:
    """Waits for connections at an address."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        family = family or (address and address_type(address)) or "AF_UNIX"
        _validate_family(family)
        if authkey is not None and not isinstance(authkey, bytes):
            raise TypeError("authkey should be a byte string")
        address = address or arbitrary_address(family)
        make = _UnixListener if family == "AF_UNIX" else _SocketListener
        self._listener = make(address, backlog)
        self._authkey = authkey

    def accept(self):
        """Wait for a connection."""
        if self._listener is None:
            raise OSError("listener is closed")
        connection = self._listener.accept()
        if self._authkey is not None:
            deliver_challenge(connection, self._authkey)
            answer_challenge(connection, self._authkey)
        return connection

    def close(self):
        """Listen no more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    @property
    def address(self):
        return self._listener._address

    @property
    def last_accepted(self):
        return self._listener._last_accepted

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


class _UnixListener:
    def __init__(self, address, backlog):
        self._fd = _multiprocessing.listen(os.fsdecode(address), backlog)
        self._address = address
        self._last_accepted = ""
        self._unlink = None
        if not address[:1] in ("\0", b"\0"):
            self._unlink = util.Finalize(self, os.unlink, args=(address,), exitpriority=0)

    def fileno(self):
        return self._fd

    def accept(self):
        return Connection(_multiprocessing.accept(self._fd))

    def close(self):
        try:
            os.close(self._fd)
        finally:
            unlink, self._unlink = self._unlink, None
            if unlink is not None:
                unlink()


class _SocketListener:
    def __init__(self, address, backlog):
        import socket

        self._socket = socket.socket(socket.AF_INET)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.setblocking(True)
            self._socket.bind(address)
            self._socket.listen(backlog)
            self._address = self._socket.getsockname()
        except OSError:
            self._socket.close()
            raise
        self._last_accepted = None

    def fileno(self):
        return self._socket.fileno()

    def accept(self):
        connected, self._last_accepted = self._socket.accept()
        connected.setblocking(True)
        return Connection(connected.detach())

    def close(self):
        self._socket.close()


def Client(address, family=None, authkey=None):
    """A connection to a listener."""
    family = family or address_type(address)
    _validate_family(family)
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError("authkey should be a byte string")
    if family == "AF_UNIX":
        connection = Connection(_multiprocessing.connect(os.fsdecode(address)))
    else:
        import socket

        with socket.socket(socket.AF_INET) as plain:
            plain.setblocking(True)
            plain.connect(address)
            connection = Connection(plain.detach())
    if authkey is not None:
        answer_challenge(connection, authkey)
        deliver_challenge(connection, authkey)
    return connection


MESSAGE_LENGTH = 20
CHALLENGE = b"#CHALLENGE#"
WELCOME = b"#WELCOME#"
FAILURE = b"#FAILURE#"


def deliver_challenge(connection, authkey):
    """Have the other side show that it knows the key."""
    import hmac

    if not isinstance(authkey, bytes):
        raise ValueError(f"Authkey must be bytes, not {type(authkey)!s}")
    message = os.urandom(MESSAGE_LENGTH)
    connection.send_bytes(CHALLENGE + message)
    response = connection.recv_bytes(256)
    if not hmac.compare_digest(response, hmac.new(authkey, message, "md5").digest()):
        connection.send_bytes(FAILURE)
        raise AuthenticationError("digest received was wrong")
    connection.send_bytes(WELCOME)


def answer_challenge(connection, authkey):
    """Show the other side that we know the key."""
    import hmac

    if not isinstance(authkey, bytes):
        raise ValueError(f"Authkey must be bytes, not {type(authkey)!s}")
    message = connection.recv_bytes(256)
    assert message.startswith(CHALLENGE), f"message = {message!r}"
    connection.send_bytes(hmac.new(authkey, message[len(CHALLENGE):], "md5").digest())
    if connection.recv_bytes(256) != WELCOME:
        raise AuthenticationError("digest sent was rejected")
