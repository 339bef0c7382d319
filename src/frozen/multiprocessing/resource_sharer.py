"""Descriptors for processes that are running already: each waits here, at a socket, for the one who asks for it."""

import os
import threading

import _multiprocessing

from . import util

__all__ = ["DupFd", "stop"]


class DupFd:
    """Stands for a copy of a descriptor in a message."""

    def __init__(self, fd):
        self._id = _server.register(_multiprocessing.dup(fd))

    def detach(self):
        """The descriptor, fetched from the process that has it; once only."""
        address, key = self._id
        with _connect(address) as connection:
            connection.send((key, os.getpid()))
            _, fds = _multiprocessing.recv_fds(connection.fileno(), 1)
            return fds[0]


def _connect(address):
    from .connection import Client
    from .process import current_process

    return Client(address, authkey=current_process().authkey)


class _Server:
    """The descriptors of this process that others may fetch, and the thread that hands them out."""

    def __init__(self):
        self._lock = threading.Lock()
        self._fds = {}
        self._next = 0
        self._listener = None
        self._pid = None
        util.register_after_fork(self, _Server._forget)

    def register(self, fd):
        with self._lock:
            if self._listener is None or self._pid != os.getpid():
                self._start()
            self._next += 1
            self._fds[self._next] = fd
            return self._listener.address, self._next

    def _start(self):
        from .connection import Listener
        from .process import current_process

        self._listener = Listener(authkey=current_process().authkey, backlog=128)
        self._pid = os.getpid()
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener):
        while True:
            try:
                with listener.accept() as connection:
                    message = connection.recv()
                    if message is None:
                        return
                    fd = self._fds.pop(message[0])
                    try:
                        _multiprocessing.send_fds(connection.fileno(), [fd], b"F")
                    finally:
                        os.close(fd)
            except Exception as error:
                if not util.is_exiting():
                    util.info("resource sharer: %r", error)

    def _forget(self):
        self._lock._at_fork_reinit()
        for fd in self._fds.values():
            os.close(fd)
        self._fds.clear()
        self._listener = None

    def stop(self, timeout=None):
        with self._lock:
            if self._listener is not None:
                with _connect(self._listener.address) as connection:
                    connection.send(None)
                self._listener.close()
                self._listener = None


_server = _Server()
stop = _server.stop
