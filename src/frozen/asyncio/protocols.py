"""What transports call: the side of a connection that a program writes."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all of them are told."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection is there."""

    def connection_lost(self, exc):
        """The connection is closed; None, or why."""

    def pause_writing(self):
        """The transport's buffer is full enough."""

    def resume_writing(self):
        """The transport's buffer has room."""


class Protocol(BaseProtocol):
    """For streams of bytes."""

    __slots__ = ()

    def data_received(self, data):
        """Bytes have come."""

    def eof_received(self):
        """The peer sends no more; true to keep the transport open."""


class BufferedProtocol(BaseProtocol):
    """For streams of bytes that go to a buffer of the program's."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """A buffer for the next bytes."""

    def buffer_updated(self, nbytes):
        """So many bytes are in the buffer."""

    def eof_received(self):
        """The peer sends no more; true to keep the transport open."""


class DatagramProtocol(BaseProtocol):
    """For messages."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A message has come."""

    def error_received(self, exc):
        """Sending or receiving has failed."""


class SubprocessProtocol(BaseProtocol):
    """For the pipes of a child process."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child has written bytes."""

    def pipe_connection_lost(self, fd, exc):
        """A pipe is closed."""

    def process_exited(self):
        """The child has ended."""
