"""The event loop of Unix, its policy, and what watches child processes."""

import os
import sys
import threading

from . import coroutines, events
from ._later import Later
from .selector_events import BaseSelectorEventLoop

signal = Later("signal")

__all__ = (
    "SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
    "MultiLoopChildWatcher", "ThreadedChildWatcher", "DefaultEventLoopPolicy",
)


class _UnixSelectorEventLoop(BaseSelectorEventLoop):
    """The event loop, with signals."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        for number in list(self._signal_handlers):
            if sys.is_finalizing():
                break
            self.remove_signal_handler(number)

    def add_signal_handler(self, sig, callback, *args):
        """Call a function in the loop when a signal comes."""
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, self._handle_signal)
        except ValueError as e:
            raise RuntimeError(str(e)) from None
        except OSError as e:
            raise RuntimeError(f"sig {sig} cannot be caught") from e
        self._signal_handlers[sig] = handle

    def _handle_signal(self, sig, frame):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._push(handle)
            self._write_to_self()

    def remove_signal_handler(self, sig):
        """Do by default again; whether there was a handler."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")


SelectorEventLoop = _UnixSelectorEventLoop


class AbstractChildWatcher:
    """What tells of the end of child processes."""

    def add_child_handler(self, pid, callback, *args):
        """Call a function with number and exit code when a child ends."""
        raise NotImplementedError

    def remove_child_handler(self, pid):
        """Do not; whether it would have been called."""
        raise NotImplementedError

    def attach_loop(self, loop):
        """Use another loop."""
        raise NotImplementedError

    def close(self):
        """Watch no longer."""
        raise NotImplementedError

    def is_active(self):
        """Whether it watches."""
        raise NotImplementedError

    def __enter__(self):
        raise NotImplementedError

    def __exit__(self, *exc_info):
        raise NotImplementedError


class ThreadedChildWatcher(AbstractChildWatcher):
    """A thread waits for each child."""

    def __init__(self):
        self._threads = {}

    def is_active(self):
        return True

    def close(self):
        pass

    def attach_loop(self, loop):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        thread = threading.Thread(target=self._wait, name=f"waitpid-{pid}", args=(loop, pid, callback, args), daemon=True)
        self._threads[pid] = thread
        thread.start()

    def remove_child_handler(self, pid):
        # The thread waits on.
        return True

    def _wait(self, loop, pid, callback, args):
        try:
            _, status = os.waitpid(pid, 0)
            code = os.waitstatus_to_exitcode(status)
        except ChildProcessError:
            # Somebody else has waited for it.
            code = 255
        if not loop.is_closed():
            loop.call_soon_threadsafe(callback, pid, code, *args)
        self._threads.pop(pid, None)


class PidfdChildWatcher(ThreadedChildWatcher):
    """As ThreadedChildWatcher."""


class SafeChildWatcher(ThreadedChildWatcher):
    """As ThreadedChildWatcher."""


class FastChildWatcher(ThreadedChildWatcher):
    """As ThreadedChildWatcher."""


class MultiLoopChildWatcher(ThreadedChildWatcher):
    """As ThreadedChildWatcher."""


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """The default policy."""

    _loop_factory = _UnixSelectorEventLoop

    def __init__(self):
        super().__init__()
        self._watcher = None

    def get_child_watcher(self):
        if self._watcher is None:
            self._watcher = ThreadedChildWatcher()
        return self._watcher

    def set_child_watcher(self, watcher):
        if watcher is not None and not isinstance(watcher, AbstractChildWatcher):
            raise TypeError(f"watcher must be an instance of AbstractChildWatcher or None, not {type(watcher).__name__}")
        self._watcher = watcher


DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
