"""Futures, the executors' common part, and waiting for several futures."""

import threading
import time

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"
PENDING = "PENDING"
RUNNING = "RUNNING"
CANCELLED = "CANCELLED"
CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED"
FINISHED = "FINISHED"
_DONE = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)
_NAMES = {CANCELLED_AND_NOTIFIED: "cancelled"}


def __getattr__(name):
    # Loaded when it is first needed.
    global LOGGER
    if name != "LOGGER":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import logging

    LOGGER = logging.getLogger("concurrent.futures")
    return LOGGER


class Error(Exception):
    """Base of this package's errors."""


class CancelledError(Error):
    """The future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The future is not in a state that allows this."""


class BrokenExecutor(RuntimeError):
    """The executor cannot be used any more."""


for _class in (Error, CancelledError, InvalidStateError, BrokenExecutor):
    _class.__module__ = "concurrent.futures._base"


class Future:
    """The result of a call that may not have ended yet."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = self._exception = None
        self._callbacks = []
        # Events of those who wait for several futures.
        self._watchers = []

    def __repr__(self):
        with self._condition:
            state = "cancelled" if self._state in _NAMES else self._state.lower()
            if self._state == FINISHED:
                what = (
                    f"raised {type(self._exception).__name__}" if self._exception
                    else f"returned {type(self._result).__name__}"
                )
                return f"<{type(self).__name__} at {id(self):#x} state={state} {what}>"
            return f"<{type(self).__name__} at {id(self):#x} state={state}>"

    def cancel(self):
        """Prevent the call; whether it was still possible."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke()
        return True

    def cancelled(self):
        """Whether it was cancelled."""
        return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        """Whether the call is going on."""
        return self._state == RUNNING

    def done(self):
        """Whether it ended or was cancelled."""
        return self._state in _DONE

    def _invoke(self):
        with self._condition:
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher()
        for callback in self._callbacks:
            self._call(callback)

    def _call(self, callback):
        try:
            callback(self)
        except Exception:
            __getattr__("LOGGER").exception("exception calling callback for %r", self)

    def add_done_callback(self, fn):
        """Call a function with this future once it is done, at once if it already is."""
        with self._condition:
            if self._state not in _DONE:
                self._callbacks.append(fn)
                return
        self._call(fn)

    def _wait(self, timeout):
        """Wait until it is done; CancelledError, TimeoutError."""
        with self._condition:
            if self._state not in _DONE:
                self._condition.wait(timeout)
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                raise CancelledError
            if self._state != FINISHED:
                raise TimeoutError

    def result(self, timeout=None):
        """What the call returned, after waiting up to `timeout` seconds; raises what it raised."""
        try:
            self._wait(timeout)
            if self._exception is not None:
                raise self._exception
            return self._result
        finally:
            # The exception's traceback holds this frame.
            self = None

    def exception(self, timeout=None):
        """What the call raised, or None, after waiting up to `timeout` seconds."""
        self._wait(timeout)
        return self._exception

    def set_running_or_notify_cancel(self):
        """For executors: the call begins; false if it was cancelled."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            raise RuntimeError("Future in unexpected state")

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _DONE:
                raise InvalidStateError(f"{self._state}: {self!r}")
            self._result, self._exception, self._state = result, exception, FINISHED
            self._condition.notify_all()
        self._invoke()

    def set_result(self, result):
        """For executors: the call returned."""
        self._finish(result, None)

    def set_exception(self, exception):
        """For executors: the call raised."""
        self._finish(None, exception)

    __class_getitem__ = classmethod(type(list[int]))


class DoneAndNotDoneFutures(tuple):
    """Two sets of futures: `done` and `not_done`."""

    __slots__ = ()

    def __new__(cls, done, not_done):
        return tuple.__new__(cls, (done, not_done))

    done = property(lambda self: self[0])
    not_done = property(lambda self: self[1])

    def __repr__(self):
        return f"DoneAndNotDoneFutures(done={self[0]!r}, not_done={self[1]!r})"


class _Watch:
    """Wakes its thread when one of several futures is done."""

    def __init__(self, futures):
        self.futures = futures
        self.event = threading.Event()
        for future in futures:
            with future._condition:
                if future._state in _DONE:
                    self.event.set()
                else:
                    future._watchers.append(self.event.set)

    def close(self):
        for future in self.futures:
            with future._condition:
                if self.event.set in future._watchers:
                    future._watchers.remove(self.event.set)


def as_completed(fs, timeout=None):
    """The futures, each when it is done; TimeoutError after `timeout` seconds."""
    end = None if timeout is None else time.monotonic() + timeout
    pending = set(fs)
    total = len(pending)
    ordered = [future for future in dict.fromkeys(fs)] if not hasattr(fs, "__next__") else list(pending)
    watch = _Watch(ordered)
    done_order = []
    try:
        while pending:
            watch.event.clear()
            done_order = [future for future in ordered if future in pending and future._state in _DONE]
            for future in done_order:
                pending.discard(future)
                ordered.remove(future)
            while done_order:
                # No reference may keep a result alive while the caller works.
                yield done_order.pop(0)
            if not pending or any(future._state in _DONE for future in pending):
                continue
            left = None if end is None else end - time.monotonic()
            if left is not None and left < 0 or not watch.event.wait(left):
                raise TimeoutError(f"{len(pending)} (of {total}) futures unfinished")
    finally:
        watch.close()


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """The sets of done and other futures, after `timeout` seconds or when `return_when` says."""
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return condition: {return_when!r}")
    fs = set(fs)
    end = None if timeout is None else time.monotonic() + timeout
    watch = _Watch(fs)
    try:
        while True:
            watch.event.clear()
            done = {future for future in fs if future._state in _DONE}
            enough = len(done) == len(fs) or return_when == FIRST_COMPLETED and done
            if return_when == FIRST_EXCEPTION:
                enough = enough or any(not future.cancelled() and future._exception is not None for future in done)
            left = None if end is None else end - time.monotonic()
            if enough or left is not None and left <= 0:
                break
            watch.event.wait(left)
    finally:
        watch.close()
    return DoneAndNotDoneFutures(done, fs - done)


class Executor:
    """Calls functions some other way; used with `with`, it waits at the end."""

    def submit(self, fn, /, *args, **kwargs):
        """Start a call; its Future."""
        raise NotImplementedError

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """The results for the items of all iterables, in order; the calls start now."""
        end = None if timeout is None else time.monotonic() + timeout
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                futures.reverse()
                while futures:
                    left = None if end is None else end - time.monotonic()
                    yield _take(futures.pop(), left)
            finally:
                for future in futures:
                    future.cancel()

        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls; with `wait`, wait for those that were taken."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.shutdown(wait=True)
        return False


def _take(future, timeout):
    """A future's result; if that does not come, the future is cancelled."""
    try:
        return future.result(timeout)
    finally:
        future.cancel()
        del future
