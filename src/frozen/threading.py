"""Threads on the global interpreter lock. Locks, conditions, events, semaphores and joins are native: see _thread."""

import sys
import _thread
from posix import getpid
from _thread import allocate_lock as Lock, RLock, get_ident, get_native_id, stack_size, TIMEOUT_MAX
from _thread import error as ThreadError, _local as local, _Condition as Condition, _Event as Event
from _thread import _Semaphore as Semaphore, _BoundedSemaphore as BoundedSemaphore
from _thread import _ExceptHookArgs as ExceptHookArgs, _excepthook as excepthook

__all__ = [
    "get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX",
    "Event", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError",
    "Timer", "ThreadError", "setprofile", "settrace", "local", "stack_size", "excepthook", "ExceptHookArgs",
    "getprofile", "gettrace", "get_native_id",
]

# Threads that have begun and not ended, by number.
_active = {}
# Threads whose start() has not returned yet and that may not have begun.
_starting = {}
_counter = 0
# Called when the main thread has ended, last first.
_at_end = []
# Whether the main thread has ended.
_ending = False


class BrokenBarrierError(RuntimeError):
    """The barrier was aborted or reset, or somebody's time was up."""


class Barrier:
    """A number of threads wait for each other, again and again."""

    # What _state may be: threads gather; those of the full round leave; the round is being reset; broken.
    _GATHERING, _LEAVING, _RESETTING, _BROKEN = 0, 1, -1, -2

    def __init__(self, parties, action=None, timeout=None):
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = self._GATHERING
        self._count = 0

    def __repr__(self):
        cls = self.__class__
        name = f"{cls.__module__}.{cls.__qualname__}"
        if self.broken:
            return f"<{name} at {id(self):#x}: broken>"
        return f"<{name} at {id(self):#x}: waiters={self.n_waiting}/{self.parties}>"

    def wait(self, timeout=None):
        """Waits for the others; returns a different number, from 0 on, in each thread."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            # Those of the last round leave first.
            while self._state in (self._LEAVING, self._RESETTING):
                self._cond.wait()
            if self._state == self._BROKEN:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._fall()
                else:
                    self._stand(timeout)
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in (self._LEAVING, self._RESETTING):
                    self._state = self._GATHERING
                    self._cond.notify_all()

    def _fall(self):
        try:
            if self._action:
                self._action()
        except BaseException:
            self._break()
            raise
        self._state = self._LEAVING
        self._cond.notify_all()

    def _stand(self, timeout):
        if not self._cond.wait_for(lambda: self._state != self._GATHERING, timeout):
            self._break()
        if self._state != self._LEAVING:
            raise BrokenBarrierError

    def _break(self):
        self._state = self._BROKEN
        self._cond.notify_all()

    def reset(self):
        """Begins anew; those who wait get a BrokenBarrierError."""
        with self._cond:
            if self._count == 0:
                self._state = self._GATHERING
            elif self._state != self._RESETTING:
                self._state = self._RESETTING
            self._cond.notify_all()

    def abort(self):
        """Breaks the barrier for those who wait and those who come."""
        with self._cond:
            self._break()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == self._GATHERING else 0

    @property
    def broken(self):
        return self._state == self._BROKEN


class Thread:
    """A thread of control: what run() does, beside all others."""

    _known = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name:
            name = str(name)
        else:
            name = _new_name("Thread-{}")
            if target is not None and hasattr(target, "__name__"):
                name += f" ({target.__name__})"
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._native_id = None
        self._started = Event()
        self._known = True

    def __repr__(self):
        assert self._known, "Thread.__init__() was not called"
        status = "initial"
        if self._started.is_set():
            status = "started" if self.is_alive() else "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{type(self).__name__}({self._name}, {status})>"

    def start(self):
        """Starts the thread, which calls run(); returns when it has begun."""
        if not self._known:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        _starting[id(self)] = self
        try:
            _thread._start(self._bootstrap, self._name)
        except BaseException:
            _starting.pop(id(self), None)
            raise
        self._started.wait()

    def run(self):
        """What the thread does: calls its target, unless a subclass does something else."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        try:
            self._ident = get_ident()
            self._native_id = get_native_id()
            _active[self._ident] = self
            _starting.pop(id(self), None)
            self._started.set()
            if _trace_hook is not None:
                sys.settrace(_trace_hook)
            if _profile_hook is not None:
                sys.setprofile(_profile_hook)
            try:
                self.run()
            except BaseException as error:
                _report(error, self)
        finally:
            _active.pop(self._ident, None)

    def join(self, timeout=None):
        """Waits until the thread has ended, at most for a number of seconds."""
        if not self._known:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        _thread._join(self._ident, timeout)

    def is_alive(self):
        """Whether the thread has begun and not ended."""
        assert self._known, "Thread.__init__() not called"
        return self._started.is_set() and not _thread._is_finished(self._ident)

    @property
    def name(self):
        assert self._known, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._known, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        assert self._known, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        assert self._known, "Thread.__init__() not called"
        return self._native_id

    @property
    def daemon(self):
        assert self._known, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._known:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def getName(self):
        _deprecated("getName() is deprecated, get the name attribute instead")
        return self.name

    def setName(self, name):
        _deprecated("setName() is deprecated, set the name attribute instead")
        self.name = name

    def isDaemon(self):
        _deprecated("isDaemon() is deprecated, get the daemon attribute instead")
        return self.daemon

    def setDaemon(self, daemonic):
        _deprecated("setDaemon() is deprecated, set the daemon attribute instead")
        self.daemon = daemonic


class Timer(Thread):
    """Calls a function after a number of seconds, unless cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        """Keeps the function from being called, if it has not been yet."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        Thread.__init__(self, name="MainThread", daemon=False)
        # Another thread may be the first to import this module.
        self._ident = _thread._get_main_thread_ident()
        self._native_id = getpid()
        self._started.set()
        _active[self._ident] = self


class _DummyThread(Thread):
    """A thread that this module has not started."""

    def __init__(self):
        Thread.__init__(self, name=_new_name("Dummy-{}"), daemon=True)
        _adopt(self)

    def is_alive(self):
        return True

    def join(self, timeout=None):
        raise AssertionError("cannot join a dummy thread")


def _adopt(thread):
    thread._ident = get_ident()
    thread._native_id = get_native_id()
    thread._started.set()
    _active[thread._ident] = thread


def _new_name(pattern):
    global _counter
    _counter += 1
    return pattern.format(_counter)


__excepthook__ = excepthook


def _report(error, thread):
    hook = excepthook
    try:
        if hook is None:
            # The module is being torn down.
            hook = _thread._excepthook
        hook(ExceptHookArgs((type(error), error, error.__traceback__, thread)))
    except BaseException as second:
        if sys.stderr is not None:
            sys.stderr.write("Exception in threading.excepthook:\n")
        sys.excepthook(type(second), second, second.__traceback__)


def current_thread():
    """The calling thread."""
    thread = _active.get(get_ident())
    return _DummyThread() if thread is None else thread


def main_thread():
    """The thread that the process began with."""
    return _main_thread


def enumerate():
    """The threads that are alive."""
    return list(_active.values()) + list(_starting.values())


def active_count():
    """How many threads are alive."""
    return len(_active) + len(_starting)


def currentThread():
    """The calling thread; deprecated."""
    _deprecated("currentThread() is deprecated, use current_thread() instead")
    return current_thread()


def activeCount():
    """How many threads are alive; deprecated."""
    _deprecated("activeCount() is deprecated, use active_count() instead")
    return active_count()


def _deprecated(message):
    import warnings

    warnings.warn(message, DeprecationWarning, stacklevel=3)


# What settrace and setprofile were given, for the threads that start after that.
_trace_hook = _profile_hook = None


def settrace(func):
    """Sets the trace function of threads that start from now on: each gives it to sys.settrace."""
    global _trace_hook
    _trace_hook = func


def gettrace():
    """The trace function of settrace."""
    return _trace_hook


def setprofile(func):
    """Sets the profile function of threads that start from now on: each gives it to sys.setprofile."""
    global _profile_hook
    _profile_hook = func


def getprofile():
    """The profile function of setprofile."""
    return _profile_hook


_main_thread = _MainThread()


def _register_atexit(function, *args, **kwargs):
    """Has a function called when the main thread has ended, before the others are waited for."""
    if _ending:
        raise RuntimeError("can't register atexit after shutdown")
    _at_end.append(lambda: function(*args, **kwargs))


def _shutdown():
    """At the end of the program: waits for the threads that are no daemons."""
    global _ending
    # Others may wait for this thread, which waits for them.
    _thread._end_work()
    _ending = True
    while _at_end:
        _at_end.pop()()
    me = current_thread()
    while True:
        others = [t for t in enumerate() if t is not me and not t.daemon]
        if not others:
            return
        for thread in others:
            thread._started.wait()
            thread.join()


def _after_fork():
    """In a new process only the calling thread is there."""
    global _main_thread, _ending
    _main_thread = current_thread()
    _ending = False
    _main_thread._native_id = get_native_id()
    _active.clear()
    _starting.clear()
    _at_end.clear()
    _active[get_ident()] = _main_thread
