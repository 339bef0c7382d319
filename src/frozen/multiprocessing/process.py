"""Process objects: what a process does, and how its parent sees it."""

import sys
import threading

import _process
import _thread

# Not os, which takes longer to load than this package.
from posix import getcwd, getpid, urandom

__all__ = ["BaseProcess", "current_process", "active_children", "parent_process"]

try:
    ORIGINAL_DIR = getcwd()
except OSError:
    ORIGINAL_DIR = None

_SIGNALS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
    9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
}

# Children that have been started and not been seen to end. A thread may take one out while another looks through.
_children = {}
_counter = 0
# What dangling children are kept in, for programs that look.
_dangling = set()


def current_process():
    """This process."""
    return _current_process


def parent_process():
    """The process that has started this one; None for the first."""
    return _parent_process


def active_children():
    """The children that are alive. Those that are not are waited for."""
    _cleanup()
    return list(_children.values())


def _cleanup():
    for child in list(_children.values()):
        if child._popen is None or child._popen.poll() is not None:
            _forget(child)


def _forget(process):
    _children.pop(id(process), None)


class BaseProcess:
    """What a process does, beside all others."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        global _counter
        assert group is None, "group argument must be None for now"
        _counter += 1
        # Processes of one family have one key, so it must be there before they part.
        _current_process.authkey
        self._identity = _current_process._identity + (_counter,)
        self._config = _current_process._config.copy()
        self._parent_pid = getpid()
        self._parent_name = _current_process.name
        self._popen = None
        self._closed = False
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._name = name or type(self).__name__ + "-" + ":".join([str(i) for i in self._identity])
        if daemon is not None:
            self.daemon = daemon

    def __repr__(self):
        exitcode = None
        if self is _current_process:
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._parent_pid != getpid():
            status = "unknown"
        elif self._popen is None:
            status = "initial"
        else:
            exitcode = self._popen.poll()
            status = "started" if exitcode is None else "stopped"
        parts = [type(self).__name__, f"name={self._name!r}"]
        if self._popen is not None:
            parts.append(f"pid={self._popen.pid}")
        parts += [f"parent={self._parent_pid}", status]
        if exitcode is not None:
            parts.append(f"exitcode={_describe(exitcode)}")
        if self.daemon:
            parts.append("daemon")
        return f"<{' '.join(parts)}>"

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        """What the process does: calls its target, unless a subclass does something else."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        """Start the process, which calls run()."""
        self._check_closed()
        assert self._popen is None, "cannot start a process twice"
        assert self._parent_pid == getpid(), "can only start a process object created by current process"
        assert not _current_process._config.get("daemon"), "daemonic processes are not allowed to have children"
        _cleanup()
        self._popen = self._Popen(self)
        self._sentinel = self._popen.sentinel
        # What they refer to need not stay alive here.
        del self._target, self._args, self._kwargs
        _children[id(self)] = self

    def terminate(self):
        """End the process by SIGTERM."""
        self._check_closed()
        self._popen.terminate()

    def kill(self):
        """End the process by SIGKILL."""
        self._check_closed()
        self._popen.kill()

    def join(self, timeout=None):
        """Wait until the process has ended, at most for a number of seconds."""
        self._check_closed()
        assert self._parent_pid == getpid(), "can only join a child process"
        assert self._popen is not None, "can only join a started process"
        if self._popen.wait(timeout) is not None:
            _forget(self)

    def is_alive(self):
        """Whether the process has been started and has not ended."""
        self._check_closed()
        if self is _current_process:
            return True
        assert self._parent_pid == getpid(), "can only test a child process"
        if self._popen is None:
            return False
        if self._popen.poll() is None:
            return True
        _forget(self)
        return False

    def close(self):
        """Give back what the object holds; the process must have ended."""
        if self._popen is not None:
            if self._popen.poll() is None:
                raise ValueError(
                    "Cannot close a process while it is still running. "
                    "You should first call join() or terminate()."
                )
            self._popen.close()
            self._popen = None
            del self._sentinel
            _forget(self)
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        """Whether the process is ended when its parent ends."""
        return self._config.get("daemon", False)

    @daemon.setter
    def daemon(self, daemonic):
        assert self._popen is None, "process has already started"
        self._config["daemon"] = daemonic

    @property
    def authkey(self):
        """What processes that belong together know."""
        key = self._config.get("authkey")
        if key is None:
            key = self._config["authkey"] = AuthenticationString(urandom(32))
        return key

    @authkey.setter
    def authkey(self, authkey):
        self._config["authkey"] = AuthenticationString(authkey)

    @property
    def exitcode(self):
        """What the process ended with, negative for a signal; None before."""
        self._check_closed()
        return None if self._popen is None else self._popen.poll()

    @property
    def ident(self):
        """The number of the process; None before it is started."""
        self._check_closed()
        if self is _current_process:
            return getpid()
        return self._popen and self._popen.pid

    pid = ident

    @property
    def sentinel(self):
        """A descriptor that can be read once the process has ended."""
        self._check_closed()
        try:
            return self._sentinel
        except AttributeError:
            raise ValueError("process not started") from None

    def _bootstrap(self, parent_sentinel=None):
        """All that the new process does; its exit code."""
        global _current_process, _parent_process, _counter, _children
        from . import util

        try:
            if self._start_method is not None:
                from . import context

                context._default_context._actual_context = context._contexts[self._start_method]
            _counter = 0
            _children = {}
            _parent_process = _ParentProcess(self._parent_name, self._parent_pid, parent_sentinel)
            _current_process = self
            threading.main_thread()._ident = _thread.get_ident()
            try:
                self._after_fork()
            finally:
                util._run_after_forkers()
            try:
                self.run()
                code = 0
            finally:
                util._exit_function()
        except SystemExit as error:
            if error.code is None:
                code = 0
            elif isinstance(error.code, int):
                code = error.code
            else:
                sys.stderr.write(str(error.code) + "\n")
                code = 1
        except BaseException as error:
            code = 1
            sys.stderr.write(f"Process {self._name}:\n{_thread.format_exception(error)}")
        finally:
            threading._shutdown()
            util._flush_std_streams()
        return code & 0xFF

    @staticmethod
    def _after_fork():
        from . import util

        # What the parent was to do at its end is not for us.
        util._finalizer_registry.clear()

    _start_method = None


class AuthenticationString(bytes):
    """A key, which is not to be stored."""

    def __reduce__(self):
        from .context import get_spawning_popen

        if get_spawning_popen() is None:
            raise TypeError(
                "Pickling an AuthenticationString object is disallowed for security reasons"
            )
        return AuthenticationString, (bytes(self),)


class _ParentProcess(BaseProcess):
    """The process that has started this one."""

    def __init__(self, name, pid, sentinel):
        self._identity = ()
        self._name = name
        self._pid = pid
        self._parent_pid = None
        self._popen = None
        self._closed = False
        self._sentinel = sentinel
        self._config = {}

    def is_alive(self):
        return not _process.wait_sentinel(self._sentinel, 0)

    def join(self, timeout=None):
        """Wait until the parent has ended."""
        _process.wait_sentinel(self._sentinel, timeout)

    @property
    def ident(self):
        return self._pid

    pid = ident


class _MainProcess(BaseProcess):
    def __init__(self):
        self._identity = ()
        self._name = "MainProcess"
        self._parent_pid = None
        self._popen = None
        self._closed = False
        # The key is made when it is first needed.
        self._config = {"authkey": None, "semprefix": "/mp"}

    def close(self):
        pass


_parent_process = None
_current_process = _MainProcess()


def _describe(code):
    return "-" + _SIGNALS.get(-code, str(-code)) if code < 0 else str(code)


def _finish():
    """At the end of the program."""
    if "multiprocessing.util" in sys.modules:
        # Otherwise there are no children and nothing is to be finalized.
        from . import util

        util._exit_function()
