"""Queues between threads: first in first out, last in first out, and smallest first."""

import threading
from time import monotonic
from _queue import SimpleQueue, Empty

__all__ = ["Empty", "Full", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue"]


class Full(Exception):
    "Exception raised by Queue.put(block=0)/put_nowait()."


class Queue:
    """A queue of at most maxsize items, or of any number if that is not positive."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        # One lock, and a condition for each thing that threads wait for.
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.all_tasks_done = threading.Condition(self.mutex)
        self.unfinished_tasks = 0

    def put(self, item, block=True, timeout=None):
        """Adds an item, waiting for room if asked to, at most for a number of seconds; or raises Full."""
        with self.not_full:
            if self.maxsize > 0:
                _wait(self.not_full, lambda: self._qsize() < self.maxsize, block, timeout, Full)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Takes an item, waiting for one if asked to, at most for a number of seconds; or raises Empty."""
        with self.not_empty:
            _wait(self.not_empty, self._qsize, block, timeout, Empty)
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        """Adds an item, or raises Full."""
        return self.put(item, False)

    def get_nowait(self):
        """Takes an item, or raises Empty."""
        return self.get(False)

    def task_done(self):
        """Says that an item that was taken is dealt with."""
        with self.all_tasks_done:
            if self.unfinished_tasks <= 0:
                raise ValueError("task_done() called too many times")
            self.unfinished_tasks -= 1
            if self.unfinished_tasks == 0:
                self.all_tasks_done.notify_all()

    def join(self):
        """Waits until every item has been dealt with."""
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        """How many items there are."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Whether there is no item."""
        with self.mutex:
            return not self._qsize()

    def full(self):
        """Whether there is no room."""
        with self.mutex:
            return 0 < self.maxsize <= self._qsize()

    # What subclasses override; the mutex is held.

    def _init(self, maxsize):
        self.queue = []

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop(0)


def _wait(condition, ready, block, timeout, failure):
    if ready():
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        return
    if not block:
        raise failure
    end = None
    if timeout is not None:
        if timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        end = monotonic() + timeout
    while not ready():
        left = None
        if end is not None:
            left = end - monotonic()
            if left <= 0:
                raise failure
        condition.wait(left)


class LifoQueue(Queue):
    """The item added last comes first."""

    def _get(self):
        return self.queue.pop()


class PriorityQueue(Queue):
    """The smallest item comes first."""

    def _put(self, item):
        # A binary heap: no item is smaller than the one at half its place.
        heap = self.queue
        heap.append(item)
        _rise(heap, 0, len(heap) - 1)

    def _get(self):
        heap = self.queue
        last = heap.pop()
        if not heap:
            return last
        smallest = heap[0]
        # The gap at the top sinks to the end of the heap, along the smaller children; there the last item
        # fills it and rises.
        place = 0
        while 2 * place + 1 < len(heap):
            child = 2 * place + 1
            if child + 1 < len(heap) and not heap[child] < heap[child + 1]:
                child += 1
            heap[place] = heap[child]
            place = child
        heap[place] = last
        _rise(heap, 0, place)
        return smallest


def _rise(heap, top, place):
    item = heap[place]
    while place > top:
        parent = (place - 1) >> 1
        if not item < heap[parent]:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item
