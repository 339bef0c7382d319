"""What the modules of this package share: things to do at the end, logging, temporary names."""

import itertools
import os
import sys
import threading
import weakref

from . import process

__all__ = [
    "sub_debug", "debug", "info", "sub_warning", "get_logger", "log_to_stderr", "get_temp_dir", "register_after_fork",
    "is_exiting", "Finalize", "ForkAwareThreadLock", "ForkAwareLocal", "close_all_fds_except", "SUBDEBUG",
    "SUBWARNING",
]

NOTSET, SUBDEBUG, DEBUG, INFO, SUBWARNING = 0, 5, 10, 20, 25
LOGGER_NAME = "multiprocessing"
DEFAULT_LOGGING_FORMAT = "[%(levelname)s/%(processName)s] %(message)s"

_logger = None
_log_to_stderr = False


def _log(level, message, args):
    if _logger:
        _logger.log(level, message, *args)


def sub_debug(msg, *args):
    _log(SUBDEBUG, msg, args)


def debug(msg, *args):
    _log(DEBUG, msg, args)


def info(msg, *args):
    _log(INFO, msg, args)


def sub_warning(msg, *args):
    _log(SUBWARNING, msg, args)


def get_logger():
    """The logger of this package, which says nothing unless it is given a handler."""
    global _logger
    if _logger is None:
        import logging

        logger = logging.getLogger(LOGGER_NAME)
        logger.propagate = 0
        _logger = logger
    return _logger


def log_to_stderr(level=None):
    """Write what this package logs to standard error; its logger."""
    global _log_to_stderr
    import logging

    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(DEFAULT_LOGGING_FORMAT))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    _log_to_stderr = True
    return _logger


def get_temp_dir():
    """A folder of this process for names of sockets, removed at its end."""
    folder = process.current_process()._config.get("tempdir")
    if folder is None:
        root = os.environ.get("TMPDIR") or "/tmp"
        folder = os.path.join(root, f"pymp-{os.urandom(6).hex()}")
        os.mkdir(folder, 0o700)
        Finalize(None, _remove_folder, args=(folder,), exitpriority=-100)
        process.current_process()._config["tempdir"] = folder
    return folder


def _remove_folder(folder):
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))
    os.rmdir(folder)
    process.current_process()._config["tempdir"] = None


# What is called in new processes, with the objects that it is for.
_afterfork_registry = weakref.WeakValueDictionary()
_afterfork_counter = itertools.count()


def _run_after_forkers():
    for (_, _, function), obj in sorted(_afterfork_registry.items(), key=lambda item: item[0][0]):
        try:
            function(obj)
        except Exception as error:
            info("after forker raised exception %s", error)


def register_after_fork(obj, func):
    """Have a function called with an object in every new process."""
    _afterfork_registry[(next(_afterfork_counter), id(obj), func)] = obj


_finalizer_registry = {}
_finalizer_counter = itertools.count()


class Finalize:
    """A call to be made once: by itself, when an object dies, or at the end of the process."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if exitpriority is not None and not isinstance(exitpriority, int):
            raise TypeError(f"Exitpriority ({exitpriority!r}) must be None or int, not {type(exitpriority)!s}")
        if obj is not None:
            self._weakref = weakref.ref(obj, self)
        elif exitpriority is None:
            raise ValueError("Without object, exitpriority cannot be None")
        else:
            self._weakref = None
        self._callback = callback
        self._args = args
        self._kwargs = kwargs or {}
        self._key = (exitpriority, next(_finalizer_counter))
        self._pid = os.getpid()
        _finalizer_registry[self._key] = self

    def __call__(self, wr=None):
        """Make the call, unless it has been made or cancelled, or belongs to another process."""
        try:
            del _finalizer_registry[self._key]
        except KeyError:
            return None
        result = None
        if self._pid == os.getpid():
            result = self._callback(*self._args, **self._kwargs)
        self._weakref = self._callback = self._args = self._kwargs = self._key = None
        return result

    def cancel(self):
        """Do not make the call."""
        if _finalizer_registry.pop(self._key, None) is not None:
            self._weakref = self._callback = self._args = self._kwargs = self._key = None

    def still_active(self):
        """Whether the call is still to be made."""
        return self._key in _finalizer_registry

    def __repr__(self):
        obj = self._weakref and self._weakref()
        if obj is None and self._callback is None:
            return f"<{type(self).__name__} object, dead>"
        name = getattr(self._callback, "__name__", self._callback)
        text = f"<{type(self).__name__} object, callback={name}"
        if self._args:
            text += f", args={self._args}"
        if self._kwargs:
            text += f", kwargs={self._kwargs}"
        if self._key[0] is not None:
            text += f", exitpriority={self._key[0]}"
        return text + ">"


def _run_finalizers(minpriority=None):
    """Make the calls of the end, those of the highest priority first and the latest of these first."""
    while True:
        keys = [
            key for key in list(_finalizer_registry)
            if key[0] is not None and (minpriority is None or key[0] >= minpriority)
        ]
        if not keys:
            break
        for key in sorted(keys, reverse=True):
            finalizer = _finalizer_registry.get(key)
            if finalizer is not None:
                try:
                    finalizer()
                except Exception:
                    import traceback

                    traceback.print_exc()
    if minpriority is None:
        _finalizer_registry.clear()


_exiting = False


def is_exiting():
    """Whether the process is at its end."""
    return _exiting


def _exit_function():
    """At the end of a process: daemons are ended, the other children waited for."""
    global _exiting
    _exiting = True
    _run_finalizers(0)
    for child in process.active_children():
        if child.daemon:
            child._popen.terminate()
    for child in process.active_children():
        child.join()
    _run_finalizers()


def _flush_std_streams():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass


class ForkAwareThreadLock:
    """A lock of threads that is free in new processes."""

    def __init__(self):
        self._lock = threading.Lock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        register_after_fork(self, ForkAwareThreadLock._at_fork_reinit)

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)


class ForkAwareLocal(threading.local):
    """Attributes of a thread, which new processes do not have."""

    def __init__(self):
        register_after_fork(self, lambda obj: obj.__dict__.clear())

    def __reduce__(self):
        return type(self), ()


def close_all_fds_except(fds):
    """Close all descriptors but those."""
    keep = set(fds)
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in keep:
            try:
                os.close(int(name))
            except OSError:
                pass
