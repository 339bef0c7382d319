"""Processes by fork: each has an interpreter and a global interpreter lock of its own."""

import sys
import os
import _process
import threading
import _thread
from os import cpu_count

__all__ = [
    "Process", "active_children", "cpu_count", "current_process", "freeze_support", "get_all_start_methods",
    "get_context", "get_start_method", "parent_process", "set_start_method",
]

_SIGNALS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
    10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
}
_SIGTERM = 15
_SIGKILL = 9

# Children that have been started and not been seen to end, by identity: a thread may leave the table while
# another looks through it.
_children = {}
_counter = 0


class _Child:
    """A started child, as its parent sees it."""

    def __init__(self, pid, sentinel, own):
        self.parent = os.getpid()
        self.pid = pid
        self.sentinel = sentinel
        # What tells the child that its parent has ended.
        self.own = own
        self.returncode = None
        # Two threads must not both ask the system, which tells only once.
        self.asking = threading.Lock()

    def poll(self, wait=_process.poll):
        with self.asking:
            if self.returncode is None:
                self.returncode = wait(self.pid)
            return self.returncode

    def wait(self, timeout):
        if self.returncode is None and _process.wait_sentinel(self.sentinel, timeout):
            self.poll(_process.wait)
        return self.returncode

    def terminate(self):
        self._send(_SIGTERM)

    def kill(self):
        self._send(_SIGKILL)

    def _send(self, signal):
        with self.asking:
            # The system keeps the number of a child that nobody has waited for.
            if self.returncode is None:
                try:
                    _process.kill(self.pid, signal)
                except ProcessLookupError:
                    pass

    def close(self):
        # In a child these numbers are those of other files.
        if self.parent == os.getpid():
            _process.close_sentinel(self.sentinel)
            _process.close_sentinel(self.own)

    __del__ = close


class BaseProcess:
    """What a process does, beside all others."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        global _counter
        assert group is None, "group argument must be None for now"
        _counter += 1
        self._identity = _current._identity + (_counter,)
        self._parent_pid = os.getpid()
        self._parent_name = _current.name
        self._popen = None
        self._closed = False
        self._daemonic = _current.daemon
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        numbers = ":".join([str(i) for i in self._identity])
        self._name = name or f"{type(self).__name__}-{numbers}"
        if daemon is not None:
            self.daemon = daemon
        self._check_closed()

    def __repr__(self):
        exitcode = None
        if self is _current:
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._parent_pid != os.getpid():
            status = "unknown"
        elif self._popen is None:
            status = "initial"
        else:
            exitcode = self._popen.poll()
            status = "started" if exitcode is None else "stopped"
        text = f"<{type(self).__name__} name={self._name!r}"
        if self._popen is not None:
            text += f" pid={self._popen.pid}"
        text += f" parent={self._parent_pid} {status}"
        if exitcode is not None:
            text += f" exitcode={_describe(exitcode)}"
        if self._daemonic:
            text += " daemon"
        return text + ">"

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        """What the process does: calls its target, unless a subclass does something else."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        """Starts the process, which calls run()."""
        self._check_closed()
        assert self._popen is None, "cannot start a process twice"
        assert self._parent_pid == os.getpid(), "can only start a process object created by current process"
        assert not _current._daemonic, "daemonic processes are not allowed to have children"
        _reap()
        sys.stdout.flush()
        sys.stderr.flush()
        pid, sentinel, own = _process.fork_child()
        if pid == 0:
            code = 1
            try:
                code = self._bootstrap(sentinel)
            finally:
                _process.exit(code)
        self._popen = _Child(pid, sentinel, own)
        _children[id(self)] = self
        del self._target, self._args, self._kwargs

    def _bootstrap(self, parent_sentinel):
        global _current, _parent, _counter
        try:
            _children.clear()
            _counter = 0
            _parent = _ParentProcess(self._parent_name, self._parent_pid, parent_sentinel)
            _current = self
            try:
                self.run()
                code = 0
            finally:
                _finish()
        except SystemExit as error:
            code = error.code
            if code is None:
                code = 0
            elif not isinstance(code, int):
                sys.stderr.write(str(code) + "\n")
                code = 1
        except BaseException as error:
            code = 1
            text = _thread.format_exception(error)
            sys.stderr.write(f"Process {self._name}:\n{text}")
        finally:
            threading._shutdown()
            sys.stdout.flush()
            sys.stderr.flush()
        return code & 0xFF

    def join(self, timeout=None):
        """Waits until the process has ended, at most for a number of seconds."""
        self._check_closed()
        assert self._parent_pid == os.getpid(), "can only join a child process"
        assert self._popen is not None, "can only join a started process"
        if self._popen.wait(timeout) is not None:
            _forget(self)

    def is_alive(self):
        """Whether the process has been started and has not ended."""
        self._check_closed()
        if self is _current:
            return True
        assert self._parent_pid == os.getpid(), "can only test a child process"
        if self._popen is None:
            return False
        if self._popen.poll() is None:
            return True
        _forget(self)
        return False

    def terminate(self):
        """Ends the process by SIGTERM."""
        self._check_closed()
        self._popen.terminate()

    def kill(self):
        """Ends the process by SIGKILL."""
        self._check_closed()
        self._popen.kill()

    def close(self):
        """Frees what the object holds; the process must have ended."""
        if self._popen is not None:
            if self._popen.poll() is None:
                raise ValueError(
                    "Cannot close a process while it is still running. "
                    "You should first call join() or terminate()."
                )
            self._popen.close()
            self._popen = None
            _forget(self)
        self._closed = True

    @property
    def exitcode(self):
        self._check_closed()
        return None if self._popen is None else self._popen.poll()

    @property
    def pid(self):
        self._check_closed()
        if self is _current:
            return os.getpid()
        return self._popen and self._popen.pid

    ident = pid

    @property
    def sentinel(self):
        self._check_closed()
        if self._popen is None:
            raise ValueError("process not started")
        return self._popen.sentinel

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        assert self._popen is None, "process has already started"
        self._daemonic = daemonic


class Process(BaseProcess):
    """What a process does, beside all others."""


class _MainProcess(BaseProcess):
    def __init__(self):
        self._identity = ()
        self._name = "MainProcess"
        self._parent_pid = None
        self._popen = None
        self._closed = False
        self._daemonic = False

    def close(self):
        pass


class _ParentProcess(BaseProcess):
    """The process that has started this one."""

    def __init__(self, name, pid, sentinel):
        self._identity = ()
        self._name = name
        self._pid = pid
        self._parent_pid = None
        self._popen = None
        self._closed = False
        self._daemonic = False
        self._sentinel = sentinel

    def is_alive(self):
        return not _process.wait_sentinel(self._sentinel, 0)

    def join(self, timeout=None):
        _process.wait_sentinel(self._sentinel, timeout)

    @property
    def pid(self):
        return self._pid

    ident = pid


_current = _MainProcess()
_parent = None


def _describe(code):
    if code < 0:
        return "-" + _SIGNALS.get(-code, str(-code))
    return str(code)


def _forget(process):
    _children.pop(id(process), None)


def _reap():
    """Looks which children have ended, so that none stays a zombie for long."""
    for child in list(_children.values()):
        if child._popen is None or child._popen.poll() is not None:
            _forget(child)


def current_process():
    """This process."""
    return _current


def parent_process():
    """The process that has started this one; None for the first."""
    return _parent


def active_children():
    """The children that are alive."""
    _reap()
    return list(_children.values())


def _finish():
    """At the end of a process: daemons are ended, the other children waited for."""
    for child in active_children():
        if child.daemon:
            child._popen.terminate()
    for child in active_children():
        child.join()


_start_method = None


def get_all_start_methods():
    """How processes can be started: by fork only."""
    return ["fork"]


def get_start_method(allow_none=False):
    """How processes are started."""
    global _start_method
    if _start_method is None and not allow_none:
        _start_method = "fork"
    return _start_method


def set_start_method(method, force=False):
    """Says how processes are started."""
    global _start_method
    if _start_method is not None and not force:
        raise RuntimeError("context has already been set")
    if method is not None:
        get_context(method)
    _start_method = method


def get_context(method=None):
    """This module, which has one way to start processes."""
    if method not in (None, "fork"):
        raise ValueError(f"cannot find context for {method!r}")
    return sys.modules[__name__]


def freeze_support():
    """Does nothing; for programs that are made for other systems too."""
