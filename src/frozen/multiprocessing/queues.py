"""Queues between processes: a pipe, locks for its ends, and a semaphore that counts the room."""

import collections
import os
import threading
import time
from queue import Empty, Full

import _multiprocessing

from . import connection, context, util

_ForkingPickler = context.reduction.ForkingPickler

__all__ = ["Queue", "SimpleQueue", "JoinableQueue"]

# Who adds so many items in a row, each within so many seconds, has a thread write them, many at a time: that keeps
# the reader from falling asleep after each.
_MANY, _QUICK = 32, 0.00005
# How many the thread takes at a time.
_BATCH = 8192


class Queue:
    """A queue of at most maxsize items. What put() cannot write at once a thread writes later."""

    def __init__(self, maxsize=0, *, ctx):
        if maxsize <= 0:
            maxsize = _multiprocessing.SEM_VALUE_MAX
        self._maxsize = maxsize
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._wlock = ctx.Lock()
        self._sem = ctx.BoundedSemaphore(maxsize)
        self._opid = os.getpid()
        # For use by concurrent.futures.
        self._ignore_epipe = False
        self._reset()
        util.register_after_fork(self, Queue._after_fork)

    def __getstate__(self):
        context.assert_spawning(self)
        return (
            self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock, self._wlock, self._sem,
            self._opid,
        )

    def __setstate__(self, state):
        (
            self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock, self._wlock, self._sem,
            self._opid,
        ) = state
        self._reset()

    def _after_fork(self):
        self._reset()

    def _reset(self):
        self._notempty = threading.Condition(threading.Lock())
        self._buffer = collections.deque()
        # Whether the thread is between taking something from the buffer and having written it.
        self._feeding = False
        self._thread = None
        self._jointhread = None
        self._joincancelled = False
        self._closed = False
        self._close = None
        self._quick, self._last = 0, 0

    def put(self, obj, block=True, timeout=None):
        """Add an item, waiting for room if asked to, at most for a number of seconds; or raise Full."""
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if not self._sem.acquire(block, timeout):
            raise Full
        self._send(obj)

    def _send(self, obj):
        try:
            data = _ForkingPickler.dumps(obj)
        except Exception as error:
            # As if the thread had found out.
            self._sem.release()
            self._on_queue_feeder_error(error, obj)
            return
        with self._notempty:
            now = time.monotonic()
            self._quick = self._quick + 1 if now - self._last < _QUICK else 0
            self._last = now
            if not (self._buffer or self._feeding) and self._quick < _MANY and self._write_now(data):
                return
            if self._thread is None:
                self._start_thread()
            self._buffer.append(data)
            self._notempty.notify()

    def _write_now(self, data):
        handle = self._writer._handle
        return handle is not None and _multiprocessing.give(self._wlock._semlock, handle, data)

    def get(self, block=True, timeout=None):
        """Take an item, waiting for one if asked to, at most for a number of seconds; or raise Empty."""
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if block and timeout is None:
            handle = self._reader._handle
            if handle is None:
                self._reader._check_closed()
            data = _multiprocessing.take(self._rlock._semlock, handle, self._sem._semlock)
        else:
            if block:
                deadline = time.monotonic() + timeout
            if not self._rlock.acquire(block, timeout):
                raise Empty
            try:
                if not self._reader.poll(max(deadline - time.monotonic(), 0) if block else 0):
                    raise Empty
                data = self._reader._recv_bytes()
                self._sem.release()
            finally:
                self._rlock.release()
        return _ForkingPickler.loads(data)

    def qsize(self):
        """How many items there are."""
        return self._maxsize - self._sem._semlock._get_value()

    def empty(self):
        """Whether there is nothing to read."""
        return not self._reader.poll()

    def full(self):
        """Whether there is no room."""
        return self._sem._semlock._is_zero()

    def get_nowait(self):
        """Take an item, or raise Empty."""
        return self.get(False)

    def put_nowait(self, obj):
        """Add an item, or raise Full."""
        return self.put(obj, False)

    def close(self):
        """Say that this process adds no more."""
        self._closed = True
        close = self._close
        if close:
            self._close = None
            close()
        else:
            self._reader.close()

    def join_thread(self):
        """Wait until all has been written; after close()."""
        assert self._closed, f"Queue {self!r} not closed"
        if self._jointhread:
            self._jointhread()

    def cancel_join_thread(self):
        """Do not wait at the end of the process until all has been written."""
        self._joincancelled = True
        if self._jointhread:
            self._jointhread.cancel()

    def _start_thread(self):
        self._thread = threading.Thread(target=self._feed, name="QueueFeederThread", daemon=True)
        self._thread.start()
        if not self._joincancelled:
            self._jointhread = util.Finalize(self._thread, self._thread.join, exitpriority=-5)
        self._close = util.Finalize(self, _end_feeding, args=(self._buffer, self._notempty), exitpriority=10)

    def _feed(self):
        # The thread's own names: the queue may go while the thread still writes.
        buffer, notempty, reader, writer, wlock = (
            self._buffer, self._notempty, self._reader, self._writer, self._wlock,
        )
        while True:
            with notempty:
                self._feeding = False
                while not buffer:
                    notempty.wait()
                batch = [buffer.popleft() for _ in range(min(len(buffer), _BATCH))]
                self._feeding = True
            ends = batch[-1] is _END
            if ends:
                batch.pop()
            while batch:
                try:
                    with wlock:
                        done = _multiprocessing.send_some(writer.fileno(), batch)
                    del batch[:done]
                except Exception as error:
                    if self._ignore_epipe and isinstance(error, BrokenPipeError) or util.is_exiting():
                        return
                    self._sem.release()
                    self._on_queue_feeder_error(error, batch.pop(0))
            if ends:
                reader.close()
                writer.close()
                return

    @staticmethod
    def _on_queue_feeder_error(e, obj):
        """An item could not be written: says why."""
        import traceback

        traceback.print_exception(e)

    __class_getitem__ = classmethod(type(list[int]))


_END = object()


def _end_feeding(buffer, notempty):
    with notempty:
        buffer.append(_END)
        notempty.notify()


class JoinableQueue(Queue):
    """A queue that knows how many of its items have been dealt with."""

    def __init__(self, maxsize=0, *, ctx):
        Queue.__init__(self, maxsize, ctx=ctx)
        self._unfinished_tasks = ctx.Semaphore(0)
        self._cond = ctx.Condition()

    def __getstate__(self):
        return Queue.__getstate__(self) + (self._cond, self._unfinished_tasks)

    def __setstate__(self, state):
        Queue.__setstate__(self, state[:-2])
        self._cond, self._unfinished_tasks = state[-2:]

    def _send(self, obj):
        with self._cond:
            self._unfinished_tasks.release()
            super()._send(obj)

    def task_done(self):
        """Say that an item that was taken is dealt with."""
        with self._cond:
            if not self._unfinished_tasks.acquire(False):
                raise ValueError("task_done() called too many times")
            if self._unfinished_tasks._semlock._is_zero():
                self._cond.notify_all()

    def join(self):
        """Wait until every item has been dealt with."""
        with self._cond:
            while not self._unfinished_tasks._semlock._is_zero():
                self._cond.wait()


class SimpleQueue:
    """A pipe, and locks for its ends."""

    def __init__(self, *, ctx):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._wlock = ctx.Lock()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._reader, self._writer, self._rlock, self._wlock

    def __setstate__(self, state):
        self._reader, self._writer, self._rlock, self._wlock = state

    def close(self):
        """Close both ends."""
        self._reader.close()
        self._writer.close()

    def empty(self):
        """Whether there is nothing to read."""
        return not self._reader.poll()

    def get(self):
        """Wait for an item."""
        with self._rlock:
            data = self._reader.recv_bytes()
        return _ForkingPickler.loads(data)

    def put(self, obj):
        """Add an item, waiting until it fits into the pipe."""
        data = _ForkingPickler.dumps(obj)
        with self._wlock:
            self._writer._send_bytes(data)

    __class_getitem__ = classmethod(type(list[int]))
