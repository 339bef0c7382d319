"""Waiting for several files, on top of `select`."""

import math
import select
from abc import ABC, abstractmethod
from collections import namedtuple
from collections.abc import Mapping

EVENT_READ = 1
EVENT_WRITE = 2

SelectorKey = namedtuple("SelectorKey", ["fileobj", "fd", "events", "data"])
SelectorKey.__doc__ = "A registered file: itself, its descriptor, the events waited for, and what came with it."


def _descriptor(fileobj):
    """The descriptor of a file object or number."""
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fileobj!r}") from None
    if fd < 0:
        raise ValueError(f"Invalid file descriptor: {fd}")
    return fd


class _Map(Mapping):
    """The keys of a selector by file object."""

    def __init__(self, selector):
        self._selector = selector

    def __len__(self):
        return len(self._selector._keys)

    def __getitem__(self, fileobj):
        try:
            return self._selector._keys[self._selector._fd_of(fileobj)]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None

    def __iter__(self):
        return iter(self._selector._keys)


class BaseSelector(ABC):
    """What every selector can do."""

    @abstractmethod
    def register(self, fileobj, events, data=None):
        """Wait for events of a file; returns its key."""
        raise NotImplementedError

    @abstractmethod
    def unregister(self, fileobj):
        """Wait no longer for a file; returns the key that it had."""
        raise NotImplementedError

    def modify(self, fileobj, events, data=None):
        """Change what is waited for, or the data."""
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    @abstractmethod
    def select(self, timeout=None):
        """Wait, at most for a number of seconds; the keys that have something, with the events."""
        raise NotImplementedError

    def close(self):
        """Release what the selector uses."""

    def get_key(self, fileobj):
        """The key of a file."""
        mapping = self.get_map()
        if mapping is None:
            raise RuntimeError("Selector is closed")
        try:
            return mapping[fileobj]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None

    @abstractmethod
    def get_map(self):
        """The keys by file object; None when the selector is closed."""
        raise NotImplementedError

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class _Selector(BaseSelector):
    """The book-keeping that all of them share."""

    def __init__(self):
        self._keys = {}
        self._map = _Map(self)

    def _fd_of(self, fileobj):
        try:
            return _descriptor(fileobj)
        except ValueError:
            # A file that has been closed meanwhile is known by its key.
            for key in self._keys.values():
                if key.fileobj is fileobj:
                    return key.fd
            raise

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f"Invalid events: {events!r}")
        key = SelectorKey(fileobj, self._fd_of(fileobj), events, data)
        if key.fd in self._keys:
            raise KeyError(f"{fileobj!r} (FD {key.fd}) is already registered")
        self._keys[key.fd] = key
        try:
            self._added(key)
        except BaseException:
            del self._keys[key.fd]
            raise
        return key

    def unregister(self, fileobj):
        try:
            key = self._keys.pop(self._fd_of(fileobj))
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None
        self._removed(key)
        return key

    def modify(self, fileobj, events, data=None):
        try:
            key = self._keys[self._fd_of(fileobj)]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._keys[key.fd] = key._replace(data=data)
        return key

    def close(self):
        self._keys.clear()
        self._map = None

    def get_map(self):
        return self._map

    def _added(self, key):
        pass

    def _removed(self, key):
        pass

    def _found(self, pairs):
        """Keys and events of what has been found, without those that are not waited for."""
        ready = []
        for fd, events in pairs:
            key = self._keys.get(fd)
            if key is not None:
                ready.append((key, events & key.events))
        return ready


class SelectSelector(_Selector):
    """By `select.select`."""

    def __init__(self):
        super().__init__()
        self._readers = set()
        self._writers = set()

    def _added(self, key):
        if key.events & EVENT_READ:
            self._readers.add(key.fd)
        if key.events & EVENT_WRITE:
            self._writers.add(key.fd)

    def _removed(self, key):
        self._readers.discard(key.fd)
        self._writers.discard(key.fd)

    def select(self, timeout=None):
        timeout = None if timeout is None else max(timeout, 0)
        readable, writable, _ = select.select(self._readers, self._writers, [], timeout)
        events = dict.fromkeys(readable, EVENT_READ)
        for fd in writable:
            events[fd] = events.get(fd, 0) | EVENT_WRITE
        return self._found(events.items())


class _PollLike(_Selector):
    """By an object with `register` and `poll`."""

    def __init__(self):
        super().__init__()
        self._selector = self._make()

    def _added(self, key):
        mask = 0
        if key.events & EVENT_READ:
            mask |= self._IN
        if key.events & EVENT_WRITE:
            mask |= self._OUT
        self._selector.register(key.fd, mask)

    def _removed(self, key):
        try:
            self._selector.unregister(key.fd)
        except OSError:
            # The descriptor has been closed, which took it out.
            pass

    def _translated(self, pairs):
        # An error or the end concerns whoever waits, for whatever.
        for fd, mask in pairs:
            yield fd, (EVENT_WRITE if mask & ~self._IN else 0) | (EVENT_READ if mask & ~self._OUT else 0)


class PollSelector(_PollLike):
    """By `select.poll`."""

    _make = staticmethod(select.poll)
    _IN = select.POLLIN
    _OUT = select.POLLOUT

    def select(self, timeout=None):
        ms = None if timeout is None else max(math.ceil(timeout * 1000), 0)
        return self._found(self._translated(self._selector.poll(ms)))


class EpollSelector(_PollLike):
    """By `select.epoll`."""

    _make = staticmethod(select.epoll)
    _IN = select.EPOLLIN
    _OUT = select.EPOLLOUT

    def fileno(self):
        """The descriptor of the epoll object."""
        return self._selector.fileno()

    def select(self, timeout=None):
        seconds = -1 if timeout is None else max(timeout, 0)
        return self._found(self._translated(self._selector.poll(seconds, max(len(self._keys), 1))))

    def close(self):
        self._selector.close()
        super().close()


DefaultSelector = EpollSelector
