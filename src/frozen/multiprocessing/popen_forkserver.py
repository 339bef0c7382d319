"""Processes that the fork server forks: how they are started."""

import os

from . import connection, forkserver, popen_spawn_posix

__all__ = ["Popen"]


class _DupFd:
    """A descriptor that the new process is handed: the place where it stands among all."""

    def __init__(self, index):
        self.index = index

    def detach(self):
        return forkserver.get_inherited_fds()[self.index]


class Popen(popen_spawn_posix.Popen):
    """A started process, a child of the fork server."""

    method = "forkserver"
    DupFd = _DupFd

    def duplicate_for_child(self, fd):
        self._fds.append(fd)
        return len(self._fds) - 1

    def _launch(self, process_obj):
        data = self._described(process_obj)
        # The server's word: first the number of the process, then, when it has ended, its exit code.
        self._status = forkserver.connect_to_new_process(self._fds, data)
        self.sentinel = self._status.fileno()
        self.pid = self._status.recv()

    def poll(self, wait=None):
        if self.returncode is None and self.parent == os.getpid():
            with self.asking:
                if self.returncode is None and (wait is not None or self._status.poll()):
                    try:
                        self.returncode = self._status.recv()
                    except (OSError, EOFError):
                        # The server has ended; how the process ended nobody knows.
                        self.returncode = 255
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if not connection.wait([self.sentinel], timeout):
                return None
            self.poll(True)
        return self.returncode

    def close(self):
        if self.parent == os.getpid() and self.sentinel is not None:
            self._status.close()
            self.sentinel = None
