"""TLS over sockets and over memory: the bytes between `_tls` and what they travel on."""
import socket
import threading

import _tls
from _ssl_certificates import Certificate
from _ssl_names import SSLError, failed, unexpected_end, want_read, want_write

CHANNEL_BINDING_TYPES = ["tls-unique"]
_CHUNK = 65536


class MemoryBIO:
    """Bytes on their way, in memory."""

    def __init__(self):
        self._data = bytearray()
        self._ended = False

    def read(self, size=-1, /):
        """Up to so many bytes, by default all."""
        size = len(self._data) if size is None or size < 0 else size
        result = bytes(self._data[:size])
        del self._data[:size]
        return result

    def write(self, b, /):
        """Adds bytes; how many."""
        if self._ended:
            raise SSLError("cannot write() after write_eof()")
        view = memoryview(b)
        self._data += view.cast("B") if view.contiguous else view.tobytes()
        return view.nbytes

    def write_eof(self):
        """Says that no more will come."""
        self._ended = True

    @property
    def pending(self):
        """How many bytes there are."""
        return len(self._data)

    @property
    def eof(self):
        """Whether all have been read and no more will come."""
        return self._ended and not self._data


MemoryBIO.__module__ = "ssl"


class Channel:
    """What a socket and an object over memory have in common. They say how bytes come (`_pull`: bytes, empty at the
    end, or an exception) and go (`_push`: how many were taken, or an exception)."""

    def _begin(self, context, server_side, server_hostname):
        self._context = context
        self._side = server_side
        self._hostname = server_hostname
        self._unsent = bytearray()
        self._sending = threading.RLock()
        made = _tls.connection(context._config(server_side), server_hostname)
        if isinstance(made, tuple):
            raise failed(made, server_hostname)
        self._tls = made

    # Moving bytes.

    def _flush(self):
        with self._sending:
            self._unsent += self._tls.outgoing()
            while self._unsent:
                del self._unsent[: self._push(bytes(self._unsent[:_CHUNK]))]

    def _advance(self):
        """Takes what comes from the peer; false at the end."""
        data = self._pull()
        if not data:
            self._tls.receive_end()
            return False
        wrong = self._tls.receive(data)
        if wrong:
            try:
                # The peer is told.
                self._flush()
            except OSError:
                pass
            raise failed(wrong, self._hostname)
        return True

    def _handshake(self):
        while True:
            self._flush()
            if not self._tls.handshaking:
                return
            if not self._advance():
                raise unexpected_end()

    def _read(self, size):
        if self._tls.handshaking:
            self._handshake()
        while True:
            data = self._tls.read(size)
            if isinstance(data, bytes):
                return data
            if data is False:
                raise unexpected_end()
            if data is not None:
                raise failed(data, self._hostname)
            self._flush()
            self._advance()

    def _write(self, data):
        if self._tls.handshaking:
            self._handshake()
        with self._sending:
            if self._unsent:
                # What was taken earlier goes first.
                self._flush()
            count = self._tls.write(data)
            try:
                self._flush()
            except (BlockingIOError, SSLError):
                # It is taken, and goes with the next bytes.
                pass
            return count

    def _finish(self):
        """Says goodbye, and waits for the peer to do so."""
        self._tls.close()
        self._flush()
        while True:
            data = self._tls.read(_CHUNK)
            if data == b"" and isinstance(data, bytes) or data is False:
                return
            if data is None and not self._advance():
                return

    # What is known of the connection.

    @property
    def context(self):
        """The context that it was made by."""
        return self._context

    @context.setter
    def context(self, context):
        self._context = context

    @property
    def server_side(self):
        """Whether it is the server's end."""
        return self._side

    @property
    def server_hostname(self):
        """The name that the server was asked for by."""
        return self._hostname

    @property
    def session(self):
        """Sessions are kept by the context and cannot be had."""
        return None

    @property
    def session_reused(self):
        """Whether it continues an earlier connection."""
        return self._tls.resumed if self._tls is not None else None

    def getpeercert(self, binary_form=False):
        """The peer's certificate: a dictionary, empty if it was not checked, or DER; None without one."""
        if self._tls.handshaking:
            raise ValueError("handshake not done yet")
        chain = self._tls.peer_chain
        if not chain:
            return None
        if binary_form:
            return chain[0]
        return Certificate(chain[0]).as_dict() if self._context.verify_mode else {}

    def selected_npn_protocol(self):
        """None: there is no NPN."""
        import warnings

        warnings.warn("ssl NPN is deprecated, use ALPN instead", DeprecationWarning, stacklevel=2)

    def selected_alpn_protocol(self):
        """The protocol that was agreed on, or None."""
        return self._tls.protocol

    def cipher(self):
        """Name, version and bits of the cipher."""
        return self._tls.cipher

    def shared_ciphers(self):
        """The ciphers that both know, as far as the server knows."""
        return [(name, version, bits) for name, bits, version in _tls.ciphers] if self._side else None

    def compression(self):
        """None: nothing is compressed."""

    def version(self):
        """The version of the protocol, or None before there is one."""
        return None if self._tls.handshaking else self._tls.version

    def pending(self):
        """How many bytes can be read at once."""
        return self._tls.pending

    def verify_client_post_handshake(self):
        """Not possible here."""
        raise NotImplementedError("post-handshake authentication is not supported")

    def get_channel_binding(self, cb_type="tls-unique"):
        """What identifies the connection: nothing that is supported."""
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError(f"{cb_type} channel binding type not implemented")
        return None


class SSLObject(Channel):
    """A TLS connection over two `MemoryBIO`s."""

    def __init__(self, *args, **kwargs):
        raise TypeError("SSLObject does not have a public constructor. Instances are returned by SSLContext.wrap_bio().")

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False, server_hostname=None, session=None, context=None):
        self = cls.__new__(cls)
        self._incoming, self._outgoing = incoming, outgoing
        self._begin(context, server_side, server_hostname)
        return self

    def _pull(self):
        data = self._incoming.read()
        if not data and not self._incoming.eof:
            raise want_read()
        return data

    def _push(self, data):
        return self._outgoing.write(data)

    def do_handshake(self):
        """Goes on with the handshake."""
        self._handshake()

    def read(self, len=1024, buffer=None):
        """Up to so many bytes, or how many were put into a buffer."""
        data = self._read(len)
        if buffer is None:
            return data
        memoryview(buffer)[: data.__len__()] = data
        return data.__len__()

    def write(self, data):
        """Sends bytes; how many."""
        return self._write(data)

    def unwrap(self):
        """Ends TLS."""
        self._finish()


class SSLSocket(Channel, socket.socket):
    """A socket that speaks TLS."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} does not have a public constructor. Instances are returned by "
                        "SSLContext.wrap_socket().")

    @classmethod
    def _create(cls, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None,
                context=None, session=None):
        if sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) != socket.SOCK_STREAM:
            raise NotImplementedError("only stream sockets are supported")
        if server_side:
            if server_hostname:
                raise ValueError("server_hostname can only be specified in client mode")
            if session is not None:
                raise ValueError("session can only be specified in client mode")
        if context.check_hostname and not server_hostname and not server_side:
            raise ValueError("check_hostname requires server_hostname")
        timeout = sock.gettimeout()
        self = cls.__new__(cls)
        socket.socket.__init__(self, family=sock.family, type=sock.type, proto=sock.proto, fileno=sock.fileno())
        sock.detach()
        self.settimeout(timeout)
        self._context, self._side = context, server_side
        self._hostname = context._encode_hostname(server_hostname)
        self._tls = None
        self.do_handshake_on_connect = do_handshake_on_connect
        self.suppress_ragged_eofs = suppress_ragged_eofs
        try:
            self.getpeername()
            self._connected = True
        except OSError:
            self._connected = False
        if self._connected:
            try:
                self._start(timeout)
            except BaseException:
                self.close()
                raise
        return self

    def _start(self, timeout):
        self._begin(self._context, self._side, self._hostname)
        if self.do_handshake_on_connect:
            if timeout == 0.0:
                raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
            self.do_handshake()

    def _pull(self):
        try:
            return socket.socket.recv(self, _CHUNK)
        except BlockingIOError:
            raise want_read() from None
        except TimeoutError:
            what = "_ssl.c:1000: The handshake" if self._tls.handshaking else "The read"
            raise TimeoutError(f"{what} operation timed out") from None

    def _push(self, data):
        try:
            return socket.socket.send(self, data)
        except BlockingIOError:
            raise want_write() from None
        except TimeoutError:
            raise TimeoutError("The write operation timed out") from None

    def _require(self, msg=None):
        if self._tls is None:
            # A socket that is not connected says so.
            self.getpeername()

    def dup(self):
        """A TLS connection cannot be copied."""
        raise NotImplementedError(f"Can't dup() {type(self).__name__} instances")

    def do_handshake(self, block=False):
        """Goes on with the handshake."""
        self._require()
        timeout = self.gettimeout()
        try:
            if timeout == 0.0 and block:
                self.settimeout(None)
            self._handshake()
        finally:
            self.settimeout(timeout)

    def read(self, len=1024, buffer=None):
        """Up to so many bytes, or how many were put into a buffer."""
        if self._tls is None:
            raise ValueError("Read on closed or unwrapped SSL socket.")
        try:
            data = self._read(len)
        except SSLError as error:
            if not (self.suppress_ragged_eofs and error.args and error.args[0] == 8):
                raise
            data = b""
        if buffer is None:
            return data
        memoryview(buffer).cast("B")[: data.__len__()] = data
        return data.__len__()

    def write(self, data):
        """Sends bytes; how many."""
        if self._tls is None:
            raise ValueError("Write on closed or unwrapped SSL socket.")
        return self._write(data)

    def _no_flags(self, flags, method):
        if flags:
            raise ValueError(f"non-zero flags not allowed in calls to {method}() on {type(self)}")

    def recv(self, buflen=1024, flags=0):
        """Receives up to so many bytes."""
        if self._tls is None:
            return super().recv(buflen, flags)
        self._no_flags(flags, "recv")
        return self.read(buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        """Receives into a buffer; how many bytes."""
        if nbytes is None:
            nbytes = memoryview(buffer).nbytes if buffer is not None else 1024
        if self._tls is None:
            return super().recv_into(buffer, nbytes, flags)
        self._no_flags(flags, "recv_into")
        return self.read(nbytes, buffer)

    def send(self, data, flags=0):
        """Sends bytes; how many."""
        if self._tls is None:
            return super().send(data, flags)
        self._no_flags(flags, "send")
        return self._write(data)

    def sendall(self, data, flags=0):
        """Sends all bytes."""
        if self._tls is None:
            super().sendall(data, flags)
            return
        self._no_flags(flags, "sendall")
        with memoryview(data) as view, view.cast("B") as rest:
            sent = 0
            while sent < len(rest):
                sent += self._write(rest[sent : sent + _CHUNK])
            self._flush()

    def sendfile(self, file, offset=0, count=None):
        """Sends a file."""
        return socket.socket.sendfile(self, file, offset, count)

    def _only_plain(self, name, *args):
        if self._tls is not None:
            raise ValueError(f"{name} not allowed on instances of {type(self)}")
        return getattr(super(), name)(*args)

    def sendto(self, data, flags_or_addr, addr=None):
        """Only before TLS."""
        return self._only_plain("sendto", data, flags_or_addr, *([] if addr is None else [addr]))

    def recvfrom(self, buflen=1024, flags=0):
        """Only before TLS."""
        return self._only_plain("recvfrom", buflen, flags)

    def recvfrom_into(self, buffer, nbytes=None, flags=0):
        """Only before TLS."""
        return self._only_plain("recvfrom_into", buffer, nbytes or 0, flags)

    def sendmsg(self, *args, **kwargs):
        """Not with TLS."""
        raise NotImplementedError(f"sendmsg not allowed on instances of {type(self)}")

    def recvmsg(self, *args, **kwargs):
        """Not with TLS."""
        raise NotImplementedError(f"recvmsg not allowed on instances of {type(self)}")

    def recvmsg_into(self, *args, **kwargs):
        """Not with TLS."""
        raise NotImplementedError(f"recvmsg_into not allowed on instances of {type(self)}")

    def pending(self):
        """How many bytes can be read at once."""
        return 0 if self._tls is None else self._tls.pending

    def version(self):
        """The version of the protocol, or None before there is one."""
        return None if self._tls is None else super().version()

    def cipher(self):
        """Name, version and bits of the cipher."""
        return None if self._tls is None else super().cipher()

    def getpeercert(self, binary_form=False):
        """The peer's certificate: a dictionary, empty if it was not checked, or DER; None without one."""
        self._require()
        return super().getpeercert(binary_form)

    def selected_alpn_protocol(self):
        """The protocol that was agreed on, or None."""
        return None if self._tls is None else super().selected_alpn_protocol()

    def unwrap(self):
        """Ends TLS; the socket can be used without."""
        if self._tls is None:
            raise ValueError("No SSL wrapper around " + str(self))
        self._finish()
        self._tls = None
        return self

    def shutdown(self, how):
        """Ends the connection."""
        self._tls = None
        super().shutdown(how)

    def _real_connect(self, addr, connect_ex):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._tls is not None:
            raise ValueError("attempt to connect already-connected SSLSocket!")
        result = super().connect_ex(addr) if connect_ex else super().connect(addr)
        if not result:
            self._connected = True
            self._start(self.gettimeout())
        return result

    def connect(self, addr):
        """Connects, and shakes hands."""
        self._real_connect(addr, False)

    def connect_ex(self, addr):
        """The same; an error of connecting is returned."""
        return self._real_connect(addr, True)

    def accept(self):
        """Waits for a connection, and shakes hands."""
        made, address = super().accept()
        made = self._context.wrap_socket(
            made, do_handshake_on_connect=self.do_handshake_on_connect, suppress_ragged_eofs=self.suppress_ragged_eofs,
            server_side=True)
        return made, address


SSLObject.__module__ = SSLSocket.__module__ = "ssl"
