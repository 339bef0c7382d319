"""Transports over sockets and pipes, in an event loop with a selector."""

import collections
import os
import warnings

from . import protocols, transports
from ._later import Later

socket = Later("socket")

_CHUNK = 256 * 1024
# Kinds of files that can be waited for: pipes, sockets, devices.
_WAITABLE = (0o010000, 0o140000, 0o020000)


class _FdTransport(transports._FlowControl):
    """What reads from and writes to a descriptor have in common."""

    __slots__ = ("_fd", "_reading", "_eof", "__weakref__")

    def __init__(self, loop, fd, protocol, extra):
        super().__init__(loop, protocol, extra)
        self._fd = fd
        self._reading = False
        self._eof = False

    def __repr__(self):
        info = [type(self).__name__]
        if self._lost:
            info.append("closed")
        elif self._closing:
            info.append("closing")
        info.append(f"fd={self._fd}")
        return f"<{' '.join(info)}>"

    # Reading

    def is_reading(self):
        return self._reading and not self._closing

    def pause_reading(self):
        if self.is_reading():
            self._reading = False
            self._loop._remove(self._fd, 1)

    def resume_reading(self):
        if not self._closing and not self._reading:
            self._reading = True
            self._loop._add(self._fd, 1, self._read_ready, ())

    def _start(self, waiter, reads=True):
        self._loop.call_soon(self._protocol.connection_made, self)
        if reads:
            self._loop.call_soon(self.resume_reading)
        if waiter is not None:
            self._loop.call_soon(_release, waiter)

    def _receive(self):
        raise NotImplementedError

    def _read_ready(self):
        if self._closing:
            return
        try:
            data = self._receive()
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal read error on transport")
            return
        try:
            if data:
                self._deliver(data)
            else:
                self._at_end()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal error: protocol.data_received() call failed.")

    def _deliver(self, data):
        protocol = self._protocol
        if not isinstance(protocol, protocols.BufferedProtocol):
            protocol.data_received(data)
            return
        while data:
            buffer = memoryview(protocol.get_buffer(len(data)))
            if not len(buffer):
                raise RuntimeError("get_buffer() returned an empty buffer")
            n = min(len(buffer), len(data))
            buffer[:n] = data[:n]
            protocol.buffer_updated(n)
            data = data[n:]

    def _at_end(self):
        keep = self._protocol.eof_received()
        if keep:
            # It may still be written to.
            self.pause_reading()
        else:
            self.close()

    # Writing

    def _send(self, data):
        raise NotImplementedError

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if not data or self._lost:
            return
        if not self._buffer:
            try:
                n = self._send(data)
            except (BlockingIOError, InterruptedError):
                n = 0
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as e:
                self._fatal_error(e, "Fatal write error on transport")
                return
            data = data[n:]
            if not data:
                return
            self._loop._add(self._fd, 2, self._write_ready, ())
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        if self._lost:
            return
        try:
            n = self._send(self._buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop._remove(self._fd, 2)
            self._buffer.clear()
            self._fatal_error(e, "Fatal write error on transport")
            return
        del self._buffer[:n]
        self._maybe_resume_protocol()
        if not self._buffer:
            self._loop._remove(self._fd, 2)
            if self._closing:
                self._lose(None)
            elif self._eof:
                self._end_writing()

    def _end_writing(self):
        raise NotImplementedError

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing or self._eof:
            return
        self._eof = True
        if not self._buffer:
            self._end_writing()

    # Closing

    def close(self):
        if self._closing:
            return
        self._closing = True
        self._loop._remove(self._fd, 1)
        if not self._buffer:
            self._lose(None)

    def _force_close(self, exc):
        if self._lost:
            return
        self._closing = True
        self._buffer.clear()
        self._loop._remove(self._fd, 1)
        self._loop._remove(self._fd, 2)
        self._lose(exc)

    def _lose(self, exc):
        if not self._lost:
            self._lost = True
            self._loop.call_soon(self._connection_lost, exc)

    def _connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._close_file()
            self._loop._transports.pop(self._fd, None)
            self._protocol = None

    def _close_file(self):
        raise NotImplementedError


def _release(waiter):
    if not waiter.done():
        waiter.set_result(None)


def _names(sock):
    extra = {"socket": sock}
    for name, ask in (("sockname", sock.getsockname), ("peername", sock.getpeername)):
        try:
            extra[name] = ask()
        except OSError:
            extra[name] = None
    return extra


class _SelectorSocketTransport(_FdTransport):
    """A connected socket."""

    __slots__ = ("_sock", "_server")

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(loop, sock.fileno(), protocol, {**_names(sock), **(extra or {})})
        self._sock = sock
        self._server = server
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            # Small pieces are sent at once.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if server is not None:
            server._attach()
        loop._transports[self._fd] = self
        self._start(waiter)

    def __del__(self, _warn=warnings.warn):
        if self._sock is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()

    def _receive(self):
        return self._sock.recv(_CHUNK)

    def _send(self, data):
        return self._sock.send(data)

    def _end_writing(self):
        self._sock.shutdown(socket.SHUT_WR)

    def _close_file(self):
        self._sock.close()
        self._sock = None
        server, self._server = self._server, None
        if server is not None:
            server._detach()


class _SelectorDatagramTransport(_FdTransport, transports.DatagramTransport):
    """A socket for messages."""

    __slots__ = ("_sock", "_address", "_waiting")

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock.fileno(), protocol, {**_names(sock), **(extra or {})})
        self._sock = sock
        self._address = address
        self._waiting = collections.deque()
        loop._transports[self._fd] = self
        self._start(waiter)

    def get_write_buffer_size(self):
        return sum(len(data) for data, _ in self._waiting)

    def _read_ready(self):
        if self._closing:
            return
        try:
            data, address = self._sock.recvfrom(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as e:
            self._protocol.error_received(e)
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal read error on datagram transport")
            return
        self._protocol.datagram_received(data, address)

    def _send_one(self, data, address):
        if self._address is not None:
            self._sock.send(data)
        else:
            self._sock.sendto(data, address)

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._address is not None and addr not in (None, self._address):
            raise ValueError(f"Invalid address: must be None or {self._address}")
        if not data or self._lost:
            return
        if not self._waiting:
            try:
                self._send_one(data, addr)
                return
            except (BlockingIOError, InterruptedError):
                self._loop._add(self._fd, 2, self._write_ready, ())
            except OSError as e:
                self._protocol.error_received(e)
                return
        self._waiting.append((bytes(data), addr))
        self._maybe_pause_protocol()

    def _write_ready(self):
        while self._waiting:
            try:
                self._send_one(*self._waiting[0])
            except (BlockingIOError, InterruptedError):
                break
            except OSError as e:
                self._protocol.error_received(e)
            self._waiting.popleft()
        self._maybe_resume_protocol()
        if not self._waiting:
            self._loop._remove(self._fd, 2)
            if self._closing:
                self._lose(None)

    def close(self):
        if self._closing:
            return
        self._closing = True
        self._loop._remove(self._fd, 1)
        if not self._waiting:
            self._lose(None)

    def _close_file(self):
        self._sock.close()


class _PipeTransport(_FdTransport):
    """One end of a pipe, or another file that can be waited for."""

    __slots__ = ("_pipe",)

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(loop, pipe.fileno(), protocol, {"pipe": pipe, **(extra or {})})
        self._pipe = pipe
        if os.fstat(self._fd).st_mode & 0o170000 not in _WAITABLE:
            self._pipe = None
            raise ValueError("Pipe transport is for pipes/sockets only.")
        os.set_blocking(self._fd, False)
        self._start(waiter, reads=self._READS)
        if not self._READS:
            # The other end is closed: that is something to read.
            loop.call_soon(self._watch_other_end)

    def _watch_other_end(self):
        if not self._closing:
            self._loop._add(self._fd, 1, self._other_end_closed, ())

    def _other_end_closed(self):
        self._force_close(BrokenPipeError() if self._buffer else None)

    def _receive(self):
        return os.read(self._fd, _CHUNK)

    def _at_end(self):
        self._protocol.eof_received()
        self.close()

    def _send(self, data):
        return os.write(self._fd, data)

    def _end_writing(self):
        self._closing = True
        self._loop._remove(self._fd, 1)
        self._lose(None)

    def _close_file(self):
        self._pipe.close()
        self._pipe = None


class _UnixReadPipeTransport(_PipeTransport):
    """The end to read from."""

    __slots__ = ()
    _READS = True


class _UnixWritePipeTransport(_PipeTransport):
    """The end to write to."""

    __slots__ = ()
    _READS = False
