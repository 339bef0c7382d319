"""Taking objects apart for other processes: what pickle alone cannot send."""

import copyreg
import functools
import os
import pickle

import _multiprocessing
import _pickle

from . import context

__all__ = ["send_handle", "recv_handle", "ForkingPickler", "register", "dump", "DupFd", "sendfds", "recvfds"]

HAVE_SEND_HANDLE = True


class ForkingPickler(pickle.Pickler):
    """A Pickler with functions of its own for classes that only other processes of the family get."""

    _extra_reducers = {}

    def __init__(self, *args):
        super().__init__(*args)
        self.dispatch_table = {**copyreg.dispatch_table, **self._extra_reducers}

    @classmethod
    def register(cls, type, reduce):
        """Register the function that takes objects of a class apart."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        """An object as bytes."""
        return _pickle._dumps_with(obj, protocol, cls._extra_reducers)

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Write an object to a file."""
    ForkingPickler(file, protocol).dump(obj)


def sendfds(sock, fds):
    """Send descriptors through a socket."""
    _multiprocessing.send_fds(sock.fileno(), list(fds), bytes([len(fds) % 256]))
    acknowledged = os.read(sock.fileno(), 1)
    if acknowledged != b"A":
        raise RuntimeError("did not receive acknowledgement of fd")


def recvfds(sock, size):
    """Receive descriptors through a socket."""
    data, fds = _multiprocessing.recv_fds(sock.fileno(), 1)
    if not data:
        raise EOFError
    os.write(sock.fileno(), b"A")
    if len(fds) != size:
        raise RuntimeError("Invalid data received" if fds else "received 0 items of ancdata")
    return fds


def send_handle(conn, handle, destination_pid):
    """Send a descriptor through a connection."""
    sendfds(conn, [handle])


def recv_handle(conn):
    """Receive a descriptor through a connection."""
    return recvfds(conn, 1)[0]


def DupFd(fd):
    """What stands for a descriptor in another process: detach() there is its number."""
    popen = context.get_spawning_popen()
    if popen is not None:
        return popen.DupFd(popen.duplicate_for_child(fd))
    from .resource_sharer import DupFd as Shared

    return Shared(fd)


def _reduce_method(method):
    if method.__self__ is None:
        return getattr, (method.__class__, method.__func__.__name__)
    return getattr, (method.__self__, method.__func__.__name__)


class _Sample:
    def method(self):
        pass


register(type(_Sample().method), _reduce_method)
register(type(list.append), lambda method: (getattr, (method.__objclass__, method.__name__)))
register(type(int.__add__), lambda method: (getattr, (method.__objclass__, method.__name__)))


def _reduce_partial(partial):
    return _rebuild_partial, (partial.func, partial.args, partial.keywords or {})


def _rebuild_partial(func, args, keywords):
    return functools.partial(func, *args, **keywords)


register(functools.partial, _reduce_partial)
