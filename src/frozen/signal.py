"""Signals of the operating system, and what is done about them."""

import _signal
from _signal import (
    ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL, NSIG, alarm, default_int_handler, pause, pidfd_send_signal, pthread_kill,
    raise_signal, set_wakeup_fd, siginterrupt, sigtimedwait, sigwaitinfo, strsignal, struct_siginfo,
)
from enum import IntEnum

_HANDLERS = ("SIG_DFL", "SIG_IGN")
_MASKS = ("SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK")


def _enumerate(name, names):
    """An enumeration of some constants of `_signal`; its members become names of this module."""
    numbers = sorted(((n, getattr(_signal, n)) for n in names), key=lambda pair: (pair[1], pair[0]))
    made = IntEnum(name, numbers, module=__name__)
    globals().update(made.__members__)
    return made


Signals = _enumerate("Signals", [n for n in vars(_signal) if n.startswith("SIG") and n[3] != "_"])
Handlers = _enumerate("Handlers", _HANDLERS)
Sigmasks = _enumerate("Sigmasks", _MASKS)


class itimer_error(OSError):
    """A timer that there is not, or a time that it cannot have."""


itimer_error.__qualname__ = "itimer_error"
ItimerError = itimer_error
del itimer_error


def _member(enumeration, value):
    """The member with a value, or the value itself if there is none."""
    try:
        return enumeration(value)
    except ValueError:
        return value


def _number(handler):
    return int(handler) if isinstance(handler, Handlers) else handler


def signal(signalnum, handler):
    """Set what is done when a signal comes; returns what was done before."""
    return _member(Handlers, _signal.signal(signalnum, _number(handler)))


def getsignal(signalnum):
    """What is done when a signal comes: a function, SIG_DFL, SIG_IGN, or None if it is not known."""
    return _member(Handlers, _signal.getsignal(signalnum))


def _signals(numbers):
    return {_member(Signals, n) for n in numbers}


def valid_signals():
    """All signals of this system."""
    return _signals(n for n in range(1, NSIG) if not 31 < n < SIGRTMIN)


def pthread_sigmask(how, mask):
    """Change which signals are held back from the calling thread; returns those that were."""
    return _signals(_signal.pthread_sigmask(how, mask))


def sigpending():
    """The signals that have come and are held back."""
    return _signals(_signal.sigpending())


def sigwait(sigset):
    """Wait for one of some signals, which are held back."""
    return _member(Signals, _signal.sigwait(sigset))


def _timer(call, *args):
    try:
        return call(*args)
    except OSError as e:
        raise ItimerError(*e.args) from None


def setitimer(which, seconds, interval=0.0, /):
    """Set a timer that sends a signal after so many seconds, and then at an interval; returns what it was."""
    return _timer(_signal.setitimer, which, seconds, interval)


def getitimer(which, /):
    """The seconds left of a timer, and its interval."""
    return _timer(_signal.getitimer, which)
