"""Threads on the global interpreter lock."""

import sys
import _thread
from _thread import RLock, get_ident, TIMEOUT_MAX
from _thread import allocate_lock as Lock

_active = {}
_counter = 0


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _counter
        if group is not None:
            raise AssertionError("group argument must be None for now")
        if name is None:
            _counter += 1
            name = f"Thread-{_counter}"
            if target is not None and hasattr(target, "__name__"):
                name = f"{name} ({target.__name__})"
        self._target = target
        self._name = str(name)
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._started = False
        self._finished = False

    def start(self):
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        try:
            self._ident = _thread.start_new_thread(self._bootstrap, ())
        except BaseException:
            self._started = False
            raise
        _active[self._ident] = self

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._ident = get_ident()
        _active[self._ident] = self
        try:
            self.run()
        except SystemExit:
            pass
        except BaseException as error:
            text = _thread.format_exception(error)
            sys.stderr.write(f"Exception in thread {self._name}:\n{text}")
        finally:
            self._finished = True
            _active.pop(self._ident, None)

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if not self._finished or timeout is None:
            _thread.join(self._ident, timeout if timeout is None else max(timeout, 0))

    def is_alive(self):
        return self._started and not self._finished

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        return self._ident

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def __repr__(self):
        status = "initial"
        if self._started:
            status = "started"
        if self._finished:
            status = "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{type(self).__name__}({self._name}, {status})>"


class _MainThread(Thread):
    def __init__(self):
        self._target = None
        self._name = "MainThread"
        self._daemonic = False
        self._ident = get_ident()
        self._started = True
        self._finished = False


class _DummyThread(Thread):
    def __init__(self):
        self._target = None
        self._name = f"Dummy-{get_ident()}"
        self._daemonic = True
        self._ident = get_ident()
        self._started = True
        self._finished = False


_main_thread = _MainThread()
_active[_main_thread.ident] = _main_thread


def current_thread():
    thread = _active.get(get_ident())
    if thread is None:
        thread = _DummyThread()
        _active[get_ident()] = thread
    return thread


def main_thread():
    return _main_thread


def active_count():
    return len(_active)


def enumerate():
    return list(_active.values())


def _shutdown():
    """Waits for the threads that are no daemons, at the end of the program."""
    while True:
        others = [t for t in _active.values() if not t.daemon and t is not current_thread()]
        if not others:
            return
        for thread in others:
            thread.join()


def _after_fork():
    """In a new process only the calling thread is there."""
    global _main_thread
    me = current_thread()
    for thread in list(_active.values()):
        if thread is not me:
            thread._finished = True
    _active.clear()
    me._ident = get_ident()
    me._name = "MainThread"
    _active[me._ident] = me
    _main_thread = me
