"""Ctrl-C ends a run after the test that runs."""

import functools as _functools
import signal as _signal
import weakref as _weakref

__unittest = True

_results = _weakref.WeakKeyDictionary()
_handler = None


class _InterruptHandler:
    def __init__(self, default):
        self.called = False
        self.original_handler = default
        if isinstance(default, int):
            if default == _signal.SIG_DFL:
                default = _signal.default_int_handler
            elif default == _signal.SIG_IGN:
                default = lambda signum, frame: None
            else:
                raise TypeError("expected SIGINT signal handler to be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
        self.default_handler = default

    def __call__(self, signum, frame):
        if _signal.getsignal(_signal.SIGINT) is not self:
            self.default_handler(signum, frame)
        # A second time it is meant.
        if self.called:
            self.default_handler(signum, frame)
        self.called = True
        for result in list(_results):
            result.stop()


def registerResult(result):
    """Stop this result's run on Ctrl-C."""
    _results[result] = 1


def removeResult(result):
    """Do so no more; whether it was registered."""
    return bool(_results.pop(result, None))


def installHandler():
    """Handle Ctrl-C."""
    global _handler
    if _handler is None:
        _handler = _InterruptHandler(_signal.getsignal(_signal.SIGINT))
        _signal.signal(_signal.SIGINT, _handler)


def removeHandler(method=None):
    """Handle it no more; as a decorator, while a function runs."""
    if method is not None:

        @_functools.wraps(method)
        def inner(*args, **kwargs):
            before = _signal.getsignal(_signal.SIGINT)
            removeHandler()
            try:
                return method(*args, **kwargs)
            finally:
                _signal.signal(_signal.SIGINT, before)

        return inner
    global _handler
    if _handler is not None:
        _signal.signal(_signal.SIGINT, _handler.original_handler)
        _handler = None
    return None
