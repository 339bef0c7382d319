"""Processes that begin as copies: how they are started, waited for and ended."""

import os
import threading

import _process

__all__ = ["Popen"]

_SIGTERM, _SIGKILL = 15, 9


class Popen:
    """A started process, as its parent sees it."""

    method = "fork"

    def __init__(self, process_obj):
        from . import util

        util._flush_std_streams()
        self.parent = os.getpid()
        self.returncode = None
        # Two threads must not both ask the system, which tells only once.
        self.asking = threading.Lock()
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        """The number under which the new process finds a descriptor."""
        return fd

    def _launch(self, process_obj):
        pid, sentinel, own = _process.fork_child()
        if pid == 0:
            code = 1
            try:
                code = process_obj._bootstrap(parent_sentinel=sentinel)
            finally:
                _process.exit(code)
        self.pid, self.sentinel, self._own = pid, sentinel, own

    def poll(self, wait=_process.poll):
        """The exit code, negative for a signal; None while the process runs."""
        if self.returncode is None and self.parent == os.getpid():
            with self.asking:
                if self.returncode is None:
                    self.returncode = wait(self.pid)
        return self.returncode

    def wait(self, timeout=None):
        """The same, after waiting for at most a number of seconds."""
        if self.returncode is None:
            if not _process.wait_sentinel(self.sentinel, timeout):
                return None
            # It has closed its end, and is about to be gone.
            self.poll(_process.wait)
        return self.returncode

    def _send_signal(self, signal):
        with self.asking:
            # The system keeps the number of a child that nobody has waited for.
            if self.returncode is None:
                try:
                    os.kill(self.pid, signal)
                except ProcessLookupError:
                    pass

    def terminate(self):
        self._send_signal(_SIGTERM)

    def kill(self):
        self._send_signal(_SIGKILL)

    def close(self):
        # In a forked child these numbers are those of other files.
        if self.parent == os.getpid() and self.sentinel is not None:
            _process.close_sentinel(self.sentinel)
            _process.close_sentinel(self._own)
            self.sentinel = None

    def __del__(self):
        if getattr(self, "sentinel", None) is not None:
            self.close()
