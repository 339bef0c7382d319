"""Calling functions at certain times."""

import time
from threading import RLock

__all__ = ["scheduler"]


class Event:
    """A call that is planned; earlier ones, then those of higher priority (a lower number), come first."""

    __slots__ = ("time", "priority", "sequence", "action", "argument", "kwargs")

    def __init__(self, time, priority, sequence, action, argument, kwargs):
        self.time = time
        self.priority = priority
        self.sequence = sequence
        self.action = action
        self.argument = argument
        self.kwargs = kwargs

    def _key(self):
        return self.time, self.priority, self.sequence

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, Event) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, Event) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, Event) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, Event) else NotImplemented

    def __eq__(self, other):
        return self._parts() == other._parts() if isinstance(other, Event) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def _parts(self):
        return self.time, self.priority, self.sequence, self.action, self.argument, self.kwargs

    def __iter__(self):
        return iter(self._parts())

    def __getitem__(self, index):
        return self._parts()[index]

    def __len__(self):
        return 6

    def __repr__(self):
        parts = ", ".join([f"{name}={getattr(self, name)!r}" for name in self.__slots__])
        return f"Event({parts})"


_no_kwargs = object()


class scheduler:
    """Calls functions when their time has come; `timefunc` says what time it is, `delayfunc` waits."""

    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._queue = []
        self._lock = RLock()
        self._sequence = 0
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=_no_kwargs):
        """Plan a call at a time; returns the event, by which it can be cancelled."""
        if kwargs is _no_kwargs:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, self._sequence, action, argument, kwargs)
            self._sequence += 1
            low, high = 0, len(self._queue)
            while low < high:
                middle = (low + high) // 2
                if self._queue[middle] < event:
                    low = middle + 1
                else:
                    high = middle
            self._queue.insert(low, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_no_kwargs):
        """Plan a call after a delay."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event back; ValueError if it is not planned (any more)."""
        with self._lock:
            self._queue.remove(event)

    def empty(self):
        """Whether nothing is planned."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Call all that is planned, waiting as long as needed; or only what is due, and return the time to the next."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                wait = event.time - self.timefunc()
                if wait <= 0:
                    del self._queue[0]
            if wait > 0:
                if not blocking:
                    return wait
                self.delayfunc(wait)
                continue
            event.action(*event.argument, **event.kwargs)
            # Let other threads run.
            self.delayfunc(0)

    @property
    def queue(self):
        """The events in order."""
        with self._lock:
            return list(self._queue)
