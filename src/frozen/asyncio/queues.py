"""Queues between tasks."""

import collections
import heapq
from _asyncio import _Queue
from types import GenericAlias

from . import locks, mixins

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty")


class QueueEmpty(Exception):
    """There is nothing to get at once."""


class QueueFull(Exception):
    """There is no room to put something at once."""


class Queue(_Queue, mixins._LoopBoundMixin):
    """First in, first out; `put` waits while there are `maxsize` items, if that is greater than 0."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = collections.deque()
        self._putters = collections.deque()
        self._unfinished_tasks = 0
        self._finished = locks.Event()
        self._finished.set()
        self._init(maxsize)

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x} {self._format()}>"

    def __str__(self):
        return f"<{type(self).__name__} {self._format()}>"

    __class_getitem__ = classmethod(GenericAlias)

    def _format(self):
        text = f"maxsize={self._maxsize!r}"
        if getattr(self, "_queue", None):
            text += f" _queue={list(self._queue)!r}"
        if self._getters:
            text += f" _getters[{len(self._getters)}]"
        if self._putters:
            text += f" _putters[{len(self._putters)}]"
        if self._unfinished_tasks:
            text += f" tasks={self._unfinished_tasks}"
        return text

    async def put(self, item):
        """Put an item, waiting for room."""
        while self.full():
            await self._wait(self._putters, self.full)
        return self.put_nowait(item)

    async def _wait(self, waiters, still):
        """Wait in a line; a task that is cancelled hands its turn on."""
        waiter = self._get_loop().create_future()
        waiters.append(waiter)
        try:
            await waiter
        except:
            waiter.cancel()
            try:
                waiters.remove(waiter)
            except ValueError:
                # It was woken already.
                pass
            if not still() and not waiter.cancelled():
                self._wakeup_next(waiters)
            raise

    async def get(self):
        """Take an item, waiting for one."""
        while self.empty():
            await self._wait(self._getters, self.empty)
        return self.get_nowait()

    async def join(self):
        """Wait until all items have been dealt with."""
        if self._unfinished_tasks > 0:
            await self._finished.wait()


class PriorityQueue(Queue):
    """The least item first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item, heappush=heapq.heappush):
        heappush(self._queue, item)

    def _get(self, heappop=heapq.heappop):
        return heappop(self._queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()
