"""Locks and the like for processes: words in shared memory, which futexes wait on."""

import threading

import _multiprocessing
from _multiprocessing import SEM_VALUE_MAX

from . import context, process
from .heap import Block

__all__ = ["Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event"]

RECURSIVE_MUTEX, SEMAPHORE, _LOCK = 0, 1, 2


class SemLock:
    """What locks and semaphores have in common."""

    def __init__(self, kind, value, maxvalue, *, ctx):
        self._block = Block(64)
        self._connect(_multiprocessing.SemLock(kind, value, maxvalue, self._block.region, self._block.offset, True))

    def _connect(self, semlock):
        self._semlock = semlock
        # Found without a look at the class, as they are called often.
        self.acquire = semlock.acquire
        self.release = semlock.release

    def __enter__(self):
        return self._semlock.__enter__()

    def __exit__(self, *args):
        return self._semlock.__exit__(*args)

    def __getstate__(self):
        context.assert_spawning(self)
        lock = self._semlock
        return self._block, lock.kind, lock.maxvalue

    def __setstate__(self, state):
        self._block, kind, maxvalue = state
        block = self._block
        self._connect(_multiprocessing.SemLock(kind, 0, maxvalue, block.region, block.offset, False))

    def _holder(self):
        """Who holds a lock, for its repr."""
        lock = self._semlock
        try:
            if lock._is_mine():
                name = process.current_process().name
                thread = threading.current_thread().name
                return name if thread == "MainThread" else f"{name}|{thread}"
            if lock._get_value() == 1:
                return "None"
            return "SomeOtherThread" if lock._count() > 0 else "SomeOtherProcess"
        except Exception:
            return "unknown"


class Semaphore(SemLock):
    """A count that acquire takes from, waiting while there is nothing left, and release adds to."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, SEM_VALUE_MAX, ctx=ctx)

    def get_value(self):
        """How many are left."""
        return self._semlock._get_value()

    def __repr__(self):
        return f"<{type(self).__name__}(value={self._semlock._get_value()})>"


class BoundedSemaphore(Semaphore):
    """A semaphore whose count must not exceed its initial value."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, value, ctx=ctx)

    def __repr__(self):
        lock = self._semlock
        return f"<{type(self).__name__}(value={lock._get_value()}, maxvalue={lock.maxvalue})>"


class Lock(SemLock):
    """A lock that any process may release."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, _LOCK, 1, 1, ctx=ctx)

    def __repr__(self):
        return f"<{type(self).__name__}(owner={self._holder()})>"


class RLock(SemLock):
    """A lock that its owner may take again."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, RECURSIVE_MUTEX, 1, 1, ctx=ctx)

    def __repr__(self):
        holder = self._holder()
        lock = self._semlock
        count = lock._count() if lock._is_mine() else 0 if holder == "None" else "nonzero"
        return f"<{type(self).__name__}({holder}, {count})>"


class Condition:
    """Processes wait for a state of things that a lock guards, and are notified when it has changed."""

    def __init__(self, lock=None, *, ctx):
        self._lock = lock or ctx.RLock()
        self._block = Block(_multiprocessing.WAITERS_SIZE)
        self._connect()

    def _connect(self):
        self._waiters = _multiprocessing.Waiters(self._block.region, self._block.offset)
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __getstate__(self):
        context.assert_spawning(self)
        return self._lock, self._block

    def __setstate__(self, state):
        self._lock, self._block = state
        self._connect()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        try:
            waiting = len(self._waiters)
        except Exception:
            waiting = "unknown"
        return f"<{type(self).__name__}({self._lock}, {waiting})>"

    def wait(self, timeout=None):
        """Release the lock until notified, at most for a number of seconds; whether notified."""
        held = self._lock._semlock
        assert held._is_mine(), "must acquire() condition before using wait()"
        waiters = self._waiters
        ticket = waiters.enter()
        count = held._count()
        for _ in range(count):
            held.release()
        try:
            waiters.sleep(ticket, timeout)
        finally:
            for _ in range(count):
                held.acquire()
            notified = waiters.leave(ticket)
        return notified

    def notify(self, n=1):
        """Wake at most n of those that wait, who have waited longest."""
        assert self._lock._semlock._is_mine(), "lock is not owned"
        self._waiters.notify(n)

    def notify_all(self):
        """Wake all that wait."""
        assert self._lock._semlock._is_mine(), "lock is not owned"
        self._waiters.notify()

    def wait_for(self, predicate, timeout=None):
        """Wait until the predicate is true, at most for a number of seconds; its last value."""
        import time

        result = predicate()
        end = None if timeout is None else time.monotonic() + timeout
        while not result:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class Event:
    """A flag that is false at first; processes wait until it is set."""

    def __init__(self, *, ctx):
        self._block = Block(64)
        self._connect()

    def _connect(self):
        self._flag = flag = _multiprocessing.Waiters(self._block.region, self._block.offset)
        self.is_set, self.set, self.clear = flag.is_set, flag.set, flag.clear

    def __getstate__(self):
        if context.get_spawning_popen() is None:
            raise RuntimeError("Condition objects should only be shared between processes through inheritance")
        return self._block

    def __setstate__(self, state):
        self._block = state
        self._connect()

    def wait(self, timeout=None):
        """Wait until the flag is true, at most for a number of seconds; whether it was."""
        return self._flag.wait(timeout)

    def __repr__(self):
        status = "set" if self.is_set() else "unset"
        return f"<{type(self).__qualname__} at {id(self):#x} {status}>"


class Barrier(threading.Barrier):
    """A number of processes wait for each other, again and again."""

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        self._block = Block(64)
        self._cond = ctx.Condition()
        self._parties, self._action, self._timeout = parties, action, timeout
        self._state = self._count = 0

    def __getstate__(self):
        context.assert_spawning(self._cond)
        return self._block, self._cond, self._parties, self._action, self._timeout

    def __setstate__(self, state):
        self._block, self._cond, self._parties, self._action, self._timeout = state

    @property
    def _state(self):
        return self._block.region.get(self._block.offset, "i")

    @_state.setter
    def _state(self, value):
        self._block.region.set(self._block.offset, "i", value)

    @property
    def _count(self):
        return self._block.region.get(self._block.offset + 4, "i")

    @_count.setter
    def _count(self, value):
        self._block.region.set(self._block.offset + 4, "i", value)
