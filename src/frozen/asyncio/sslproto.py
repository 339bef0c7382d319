"""TLS in an event loop: a protocol for the transport below that is a transport for the protocol above."""

import collections

from . import protocols, transports
from ._later import Later

ssl = Later("ssl")
SSL_HANDSHAKE_TIMEOUT = 60.0
_CHUNK = 256 * 1024


class _SSLProtocolTransport(transports.Transport):
    """What the protocol above writes to."""

    def __init__(self, below):
        self._below = below

    def get_extra_info(self, name, default=None):
        """What is known of the connection, its certificates included."""
        return self._below._get_extra_info(name, default)

    def set_protocol(self, protocol):
        """Gives the connection to another protocol."""
        self._below._app = protocol

    def get_protocol(self):
        """The protocol above."""
        return self._below._app

    def is_closing(self):
        """Whether it is closing or closed."""
        return self._below._closing or self._below._transport is None or self._below._transport.is_closing()

    def close(self):
        """Says goodbye and closes the connection when all is sent."""
        self._below._close()

    def abort(self):
        """Closes the connection at once."""
        self._below._abort()

    def is_reading(self):
        """Whether data is taken."""
        return not self._below._paused and not self.is_closing()

    def pause_reading(self):
        """Takes no data."""
        self._below._pause_reading()

    def resume_reading(self):
        """Takes data again."""
        self._below._resume_reading()

    def set_write_buffer_limits(self, high=None, low=None):
        """Sets how much may wait to be sent."""
        self._below._transport.set_write_buffer_limits(high, low)

    def get_write_buffer_limits(self):
        """How much may wait to be sent."""
        return self._below._transport.get_write_buffer_limits()

    def get_write_buffer_size(self):
        """How much waits to be sent."""
        transport = self._below._transport
        return transport.get_write_buffer_size() if transport is not None else 0

    def write(self, data):
        """Sends bytes."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data: expecting a bytes-like instance, got {type(data).__name__}")
        if data:
            self._below._write(data)

    def writelines(self, list_of_data):
        """Sends bytes in pieces."""
        self.write(b"".join(list_of_data))

    def write_eof(self):
        """Not possible: TLS ends both ways."""
        raise NotImplementedError

    def can_write_eof(self):
        """False."""
        return False


class SSLProtocol(protocols.Protocol):
    """Between a transport that carries TLS and a protocol that knows nothing of it."""

    def __init__(self, loop, app_protocol, sslcontext, waiter, server_side=False, server_hostname=None,
                 call_connection_made=True, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        if ssl_handshake_timeout is None:
            ssl_handshake_timeout = SSL_HANDSHAKE_TIMEOUT
        elif ssl_handshake_timeout <= 0:
            raise ValueError(f"ssl_handshake_timeout should be a positive number, got {ssl_handshake_timeout}")
        if not sslcontext or sslcontext is True:
            sslcontext = _default_context(server_side, server_hostname)
        self._loop = loop
        self._app = app_protocol
        self._app_transport = _SSLProtocolTransport(self)
        self._waiter = waiter
        self._context = sslcontext
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._object = sslcontext.wrap_bio(
            self._incoming, self._outgoing, server_side=server_side,
            server_hostname=None if server_side else server_hostname)
        self._calls_connection_made = call_connection_made
        self._timeout = ssl_handshake_timeout
        self._timer = None
        self._transport = None
        self._extra = {"sslcontext": sslcontext, "ssl_object": self._object}
        self._open = self._closing = self._paused = self._ended = False
        self._unsent = collections.deque()

    # The transport below.

    def connection_made(self, transport):
        """The handshake begins."""
        self._transport = transport
        self._timer = self._loop.call_later(self._timeout, self._too_slow)
        self._proceed()

    def _too_slow(self):
        self._fail(ConnectionAbortedError(f"SSL handshake is taking longer than {self._timeout} seconds: aborting the connection"))

    def data_received(self, data):
        """Bytes have come."""
        self._incoming.write(data)
        self._proceed()

    def eof_received(self):
        """No more will come."""
        self._incoming.write_eof()
        self._proceed()

    def pause_writing(self):
        """Too much waits to be sent."""
        if self._open:
            self._app.pause_writing()

    def resume_writing(self):
        """There is room again."""
        if self._open:
            self._app.resume_writing()

    def connection_lost(self, exc):
        """The transport below is gone."""
        self._stop_timer()
        self._transport = None
        if self._open and self._app is not None:
            self._loop.call_soon(self._app.connection_lost, exc)
        self._open = False
        self._closing = True
        self._wake(exc or ConnectionResetError())

    # TLS.

    def _stop_timer(self):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wake(self, exception=None):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            if exception is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(exception)

    def _flush(self):
        data = self._outgoing.read()
        if data and self._transport is not None:
            self._transport.write(data)

    def _fail(self, exception):
        self._flush()
        self._stop_timer()
        self._wake(exception)
        if self._transport is not None:
            self._transport._force_close(exception)

    def _proceed(self):
        """Does what can be done with what has come."""
        if self._transport is None:
            return
        try:
            if not self._open:
                if self._closing:
                    return
                self._object.do_handshake()
                self._opened()
            if not self._paused and not self._ended:
                self._read()
        except ssl.SSLWantReadError:
            self._flush()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if self._open and not isinstance(error, OSError):
                self._loop.call_exception_handler({
                    "message": "Fatal error on SSL protocol", "exception": error, "transport": self._transport,
                    "protocol": self})
            self._fail(error)
        else:
            self._flush()

    def _opened(self):
        self._flush()
        self._stop_timer()
        self._open = True
        self._extra.update(
            peercert=self._object.getpeercert(), cipher=self._object.cipher(), compression=self._object.compression())
        if self._calls_connection_made:
            self._app.connection_made(self._app_transport)
        self._wake()
        while self._unsent:
            self._object.write(self._unsent.popleft())

    def _read(self):
        while not self._paused and self._transport is not None:
            data = self._object.read(_CHUNK)
            if not data:
                self._ended = True
                # TLS ends both ways, whatever the protocol says.
                self._app.eof_received()
                self._close()
                return
            if self._closing:
                continue
            if isinstance(self._app, protocols.BufferedProtocol):
                self._fill(data)
            else:
                self._app.data_received(data)

    def _fill(self, data):
        view = memoryview(data)
        while view:
            buffer = memoryview(self._app.get_buffer(len(view)))
            if not buffer:
                raise RuntimeError("get_buffer() returned an empty buffer")
            count = min(len(buffer), len(view))
            buffer[:count] = view[:count]
            self._app.buffer_updated(count)
            view = view[count:]

    # The protocol above.

    def _get_extra_info(self, name, default=None):
        if name in self._extra:
            return self._extra[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

    def _write(self, data):
        if self._closing or self._transport is None:
            return
        if not self._open:
            self._unsent.append(bytes(data))
            return
        self._object.write(data)
        self._flush()

    def _pause_reading(self):
        self._paused = True
        self._transport.pause_reading()

    def _resume_reading(self):
        if self._paused:
            self._paused = False
            if self._transport is not None:
                self._transport.resume_reading()
            self._loop.call_soon(self._proceed)

    def _close(self):
        if self._closing or self._transport is None:
            return
        self._closing = True
        if self._open:
            try:
                self._object.unwrap()
            except ssl.SSLError:
                # The peer's goodbye is not waited for.
                pass
        self._flush()
        self._transport.close()

    def _abort(self):
        self._closing = True
        if self._transport is not None:
            self._transport.abort()


def _default_context(server_side, server_hostname):
    if server_side:
        raise ValueError("Server side SSL needs a valid SSLContext")
    context = ssl.create_default_context()
    if not server_hostname:
        context.check_hostname = False
    return context
