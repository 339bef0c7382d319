"""Processes by fork: each has an interpreter and a lock of its own."""

import sys
import os
import time
import _process
import threading
import _thread
from os import cpu_count

_SIGTERM = 15
_SIGKILL = 9
_children = []
_counter = 0


class Process:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        global _counter
        if group is not None:
            raise AssertionError("group argument must be None for now")
        _counter += 1
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._name = name or f"Process-{_counter}"
        self._daemonic = _current.daemon if daemon is None else daemon
        self._pid = None
        self._exitcode = None
        self._parent = os.getpid()

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        if self._pid is not None:
            raise AssertionError("cannot start a process twice")
        if self._parent != os.getpid():
            raise AssertionError("can only start a process object created by current process")
        if _current.daemon:
            raise AssertionError("daemonic processes are not allowed to have children")
        pid = _process.fork()
        if pid == 0:
            self._bootstrap()
        self._pid = pid
        _children.append(self)
        del self._target, self._args, self._kwargs

    def _bootstrap(self):
        global _current
        code = 1
        try:
            threading._after_fork()
            _children.clear()
            _current = self
            self._pid = os.getpid()
            try:
                self.run()
                code = 0
            finally:
                _finish()
                threading._shutdown()
        except SystemExit as error:
            if error.code is None:
                code = 0
            elif isinstance(error.code, int):
                code = error.code & 0xFF
            else:
                sys.stderr.write(str(error.code) + "\n")
                code = 1
        except BaseException as error:
            code = 1
            text = _thread.format_exception(error)
            sys.stderr.write(f"Process {self._name}:\n{text}")
        finally:
            _process.exit(code)

    def _poll(self):
        if self._exitcode is None and self._pid is not None and self in _children:
            self._exitcode = _process.poll(self._pid)
            if self._exitcode is not None:
                _children.remove(self)

    def join(self, timeout=None):
        if self._pid is None:
            raise AssertionError("can only join a started process")
        if self._parent != os.getpid():
            raise AssertionError("can only join a child process")
        if self._exitcode is not None:
            return
        if timeout is None:
            self._exitcode = _process.wait(self._pid)
            _children.remove(self)
            return
        end = time.monotonic() + timeout
        pause = 0.0005
        self._poll()
        while self._exitcode is None and time.monotonic() < end:
            time.sleep(min(pause, max(0, end - time.monotonic())))
            pause = min(pause * 2, 0.05)
            self._poll()

    def is_alive(self):
        if self is _current:
            return True
        if self._pid is None:
            return False
        self._poll()
        return self._exitcode is None

    def terminate(self):
        self._signal(_SIGTERM)

    def kill(self):
        self._signal(_SIGKILL)

    def _signal(self, number):
        self._poll()
        if self._exitcode is None and self._pid is not None:
            _process.kill(self._pid, number)

    @property
    def exitcode(self):
        self._poll()
        return self._exitcode

    @property
    def pid(self):
        return self._pid

    ident = pid

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = name

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._pid is not None:
            raise AssertionError("process has already started")
        self._daemonic = daemonic


class _MainProcess(Process):
    def __init__(self):
        self._name = "MainProcess"
        self._daemonic = False
        self._pid = os.getpid()
        self._exitcode = None
        self._parent = None


_current = _MainProcess()


def current_process():
    return _current


def active_children():
    for child in list(_children):
        child._poll()
    return list(_children)


def _finish():
    """At the end of a process: daemons are ended, the other children waited for."""
    for child in active_children():
        if child.daemon:
            child.terminate()
    for child in list(_children):
        child.join()
