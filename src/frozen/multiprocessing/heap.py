"""Blocks of shared memory, for locks and numbers."""

import os
import threading

import _multiprocessing

__all__ = ["BufferWrapper"]

_ALIGNMENT = 64
_ARENA = 64 * 1024


class _Heap:
    """Memory that is given out in blocks, and taken back.

    A forked process begins a heap of its own: two must not give out the same block.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._begin()

    def _begin(self):
        self._pid = os.getpid()
        # Free places of (region, offset), by size; the rest of the region in use.
        self._free = {}
        self._region, self._used = None, 0
        # Blocks that died while a thread held the lock.
        self._late = []

    def _check(self):
        if self._pid != os.getpid():
            self._lock._at_fork_reinit()
            self._begin()

    def take(self, size):
        """Room for so many bytes, of zeros: a region and where in it."""
        self._check()
        size = max(-(-size // _ALIGNMENT), 1) * _ALIGNMENT
        with self._lock:
            while self._late:
                place = self._late.pop()
                self._free.setdefault(place[2], []).append(place)
            places = self._free.get(size)
            if places:
                region, offset, _ = places.pop()
            elif size > _ARENA // 4:
                region, offset = _multiprocessing.shared(size), 0
            else:
                if self._region is None or self._used + size > _ARENA:
                    self._region, self._used = _multiprocessing.shared(_ARENA), 0
                region, offset = self._region, self._used
                self._used += size
        region.clear(offset, size)
        return region, offset, size

    def give_back(self, region, offset, size, pid):
        """A block is not used any more, in the process that took it."""
        if pid != self._pid or pid != os.getpid() or size > _ARENA // 4:
            return
        # This may run in the middle of take(), in the same thread.
        self._late.append((region, offset, size))


_heap = _Heap()


class Block:
    """A block of shared memory: a region, and where in it."""

    def __init__(self, size):
        self.size = size
        self.region, self.offset, self._room = _heap.take(size)
        self._pid = os.getpid()

    def __del__(self):
        if getattr(self, "_room", 0) and _heap is not None:
            _heap.give_back(self.region, self.offset, self._room, self._pid)

    def __getstate__(self):
        from .context import assert_spawning

        assert_spawning(self)
        return self.size, self.offset, _describe(self.region)

    def __setstate__(self, state):
        self.size, self.offset, described = state
        self.region, self._room = _attach(*described), 0


# Regions of other processes that this one has, by what the system calls their files.
_attached = {}


def _describe(region):
    from . import reduction

    return reduction.DupFd(region.fd), region.size


def _attach(dup, size):
    fd = dup.detach()
    stat = os.fstat(fd)
    key = stat.st_dev, stat.st_ino
    region = _attached.get(key)
    if region is None:
        region = _attached[key] = _multiprocessing.attached(fd, size)
    elif fd != region.fd:
        os.close(fd)
    return region


class BufferWrapper:
    """A block of shared memory, as a memoryview."""

    def __init__(self, size):
        if size < 0:
            raise ValueError(f"Size {size:n} out of range")
        self._block = Block(size)

    def create_memoryview(self):
        block = self._block
        return memoryview(block.region)[block.offset:block.offset + block.size]
