"""What carries bytes: the side of a connection that the event loop implements."""

__all__ = (
    "BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport",
)


class BaseTransport:
    """What all of them can do."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What else is known: "socket", "peername", "sockname", "pipe", "subprocess"."""
        return self._extra.get(name, default)

    def is_closing(self):
        """Whether it is closed, or will be."""
        raise NotImplementedError

    def close(self):
        """Close it, after what is in the buffer is sent."""
        raise NotImplementedError

    def set_protocol(self, protocol):
        """Use another protocol."""
        raise NotImplementedError

    def get_protocol(self):
        """The protocol."""
        raise NotImplementedError


class ReadTransport(BaseTransport):
    """One that bytes come from."""

    __slots__ = ()

    def is_reading(self):
        """Whether it receives."""
        raise NotImplementedError

    def pause_reading(self):
        """Receive no more for now."""
        raise NotImplementedError

    def resume_reading(self):
        """Receive again."""
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """One that bytes go to."""

    __slots__ = ()

    def set_write_buffer_limits(self, high=None, low=None):
        """When the protocol is told to pause and to resume writing."""
        raise NotImplementedError

    def get_write_buffer_size(self):
        """How many bytes wait to be sent."""
        raise NotImplementedError

    def get_write_buffer_limits(self):
        """(low, high)"""
        raise NotImplementedError

    def write(self, data):
        """Send bytes, now or later."""
        raise NotImplementedError

    def writelines(self, list_of_data):
        """Send several pieces."""
        self.write(b"".join(list_of_data))

    def write_eof(self):
        """Send no more."""
        raise NotImplementedError

    def can_write_eof(self):
        """Whether that can be."""
        raise NotImplementedError

    def abort(self):
        """Close it at once."""
        raise NotImplementedError


class Transport(ReadTransport, WriteTransport):
    """Both."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """One for messages."""

    __slots__ = ()

    def sendto(self, data, addr=None):
        """Send a message."""
        raise NotImplementedError

    def abort(self):
        """Close it at once."""
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """The pipes of a child process."""

    __slots__ = ()

    def get_pid(self):
        """Its number."""
        raise NotImplementedError

    def get_returncode(self):
        """Its exit code, or None."""
        raise NotImplementedError

    def get_pipe_transport(self, fd):
        """The transport of a pipe."""
        raise NotImplementedError

    def send_signal(self, signal):
        """Send it a signal."""
        raise NotImplementedError

    def terminate(self):
        """Ask it to end."""
        raise NotImplementedError

    def kill(self):
        """End it."""
        raise NotImplementedError


class _FlowControl(Transport):
    """A buffer of what is to be written, and telling the protocol when it is too full."""

    __slots__ = ("_loop", "_protocol", "_protocol_paused", "_high", "_low", "_buffer", "_closing", "_lost")

    def __init__(self, loop, protocol, extra):
        super().__init__(extra)
        self._loop = loop
        self._protocol = protocol
        self._protocol_paused = False
        self._buffer = bytearray()
        self._closing = False
        self._lost = False
        self._set_limits()

    def _set_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._high = high
        self._low = low

    def _tell(self, what, message):
        try:
            what()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop.call_exception_handler({
                "message": message, "exception": e, "transport": self, "protocol": self._protocol})

    def _maybe_pause_protocol(self):
        if not self._protocol_paused and self.get_write_buffer_size() > self._high:
            self._protocol_paused = True
            self._tell(self._protocol.pause_writing, "protocol.pause_writing() failed")

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low:
            self._protocol_paused = False
            self._tell(self._protocol.resume_writing, "protocol.resume_writing() failed")

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_limits(high, low)
        self._maybe_pause_protocol()

    def get_write_buffer_limits(self):
        return self._low, self._high

    def get_write_buffer_size(self):
        return len(self._buffer)

    def is_closing(self):
        return self._closing

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def _fatal_error(self, exc, message="Fatal error on transport"):
        if not isinstance(exc, OSError):
            self._loop.call_exception_handler({
                "message": message, "exception": exc, "transport": self, "protocol": self._protocol})
        self._force_close(exc)

    def _force_close(self, exc):
        raise NotImplementedError

    def abort(self):
        self._force_close(None)
