"""Processes with fresh interpreters: how they are started."""

import io
import os

import _multiprocessing

from . import popen_fork, reduction, spawn
from .context import set_spawning_popen

__all__ = ["Popen"]


class _DupFd:
    """A descriptor that the new process inherits."""

    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        return self.fd


class Popen(popen_fork.Popen):
    """A started process with a fresh interpreter."""

    method = "spawn"
    DupFd = _DupFd

    def __init__(self, process_obj):
        self._fds = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        if fd not in self._fds:
            self._fds.append(fd)
        return fd

    def _described(self, process_obj):
        """What the new process is to know and be, as bytes; notes which descriptors it needs."""
        data = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(spawn.get_preparation_data(process_obj._name), data)
            reduction.dump(process_obj, data)
        finally:
            set_spawning_popen(None)
        return data.getvalue()

    def _launch(self, process_obj):
        data = self._described(process_obj)
        # The new process holds the writing end of the first pipe, and we that of the second: each end tells the
        # other side when its process has ended.
        opened = []
        try:
            self.sentinel, child_end = self._pipe(opened)
            parent_end, self._own = self._pipe(opened)
            child_reads, writer = self._pipe(opened)
            command = spawn.get_command_line(pipe_handle=child_reads, parent_sentinel=parent_end)
            self.pid = _multiprocessing.spawn(command, [*self._fds, child_end, child_reads, parent_end])
            opened = [child_end, child_reads, parent_end]
            with open(writer, "wb") as stream:
                try:
                    stream.write(data)
                except BrokenPipeError:
                    # It has ended: the exit code will tell.
                    pass
        finally:
            for fd in opened:
                os.close(fd)

    @staticmethod
    def _pipe(opened):
        ends = _multiprocessing.pipe()
        opened.extend(ends)
        return ends

    def close(self):
        if self.parent == os.getpid() and self.sentinel is not None:
            os.close(self.sentinel)
            os.close(self._own)
            self.sentinel = None
