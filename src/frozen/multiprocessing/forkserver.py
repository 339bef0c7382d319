"""The fork server: a fresh interpreter that forks on request, so that the copies are of something small.

Each request is a connection of its own: three descriptors at least come with it, then a message of bytes that say
what to be. The server answers with the number of the new process and, when that has ended, its exit code.
"""

import os
import sys
import threading

import _multiprocessing
import _process

from . import connection, process, spawn, util

__all__ = ["ensure_running", "get_inherited_fds", "connect_to_new_process", "set_forkserver_preload"]

_MOST_FDS = 60
_lock = threading.Lock()
# Our end of the line to the server, and the process that it belongs to.
_line = None
_owner = None
_preload = ["__main__"]
_inherited = None


def set_forkserver_preload(modules_names):
    """What the server imports at its start."""
    global _preload
    if not all(type(name) is str for name in modules_names):
        raise TypeError("module_names must be a list of strings")
    _preload = modules_names


def get_inherited_fds():
    """In a new process: the descriptors that came with the request."""
    return _inherited


def ensure_running():
    """Start the server, unless this process has one."""
    global _line, _owner
    with _lock:
        if _line is not None and _owner == os.getpid():
            if not connection.wait([_line], 0):
                return
            # At its end: the server has died.
            _line.close()
        ours, theirs = connection.Pipe()
        data = {}
        if _preload:
            wanted = spawn.get_preparation_data("ignore")
            data = {name: wanted[name] for name in ("sys_path", "init_main_from_path") if name in wanted}
        code = f"from multiprocessing.forkserver import main; main({theirs.fileno()}, {_preload!r}, **{data!r})"
        command = [spawn.get_executable(), "-c", code]
        _multiprocessing.spawn(command, [theirs.fileno()])
        theirs.close()
        _line, _owner = ours, os.getpid()


def connect_to_new_process(fds, data):
    """Have the server fork a process; the connection that tells of it."""
    ensure_running()
    if len(fds) > _MOST_FDS:
        raise ValueError("too many fds")
    ours, theirs = connection.Pipe()
    with _lock:
        _multiprocessing.send_fds(_line.fileno(), [theirs.fileno(), *fds], b"F")
    theirs.close()
    ours.send_bytes(data)
    return ours


def main(fd, preload, main_path=None, sys_path=None, init_main_from_path=None):
    """What the server does, until its parent has ended."""
    if sys_path is not None:
        sys.path[:] = sys_path
    for name in preload:
        try:
            if name == "__main__":
                if init_main_from_path is not None:
                    process.current_process()._inheriting = True
                    try:
                        spawn.import_main_path(init_main_from_path)
                    finally:
                        del process.current_process()._inheriting
            else:
                __import__(name)
        except ImportError:
            pass
    util._flush_std_streams()
    line = connection.Connection(fd)
    # The connections that wait for the exit codes of children, by their sentinels.
    waiting = {}
    while True:
        for ready in connection.wait([line, *waiting]):
            if ready is line:
                _, fds = _multiprocessing.recv_fds(fd, 1)
                if not fds:
                    os._exit(0)
                _fork(line, fds, waiting)
            else:
                pid, own, status = waiting.pop(ready)
                code = _process.wait(pid)
                _process.close_sentinel(ready)
                _process.close_sentinel(own)
                try:
                    status.send(code)
                except OSError:
                    pass
                status.close()


def _fork(line, fds, waiting):
    global _inherited
    status = connection.Connection(fds[0])
    try:
        data = status.recv_bytes()
    except (OSError, EOFError):
        return
    pid, sentinel, own = _process.fork_child()
    if pid == 0:
        code = 1
        try:
            line.close()
            for _, _, other in waiting.values():
                other.close()
            status.close()
            _inherited = fds[1:]
            code = _serve(data, sentinel)
        except Exception:
            sys.excepthook(*sys.exc_info())
        finally:
            util._flush_std_streams()
            _process.exit(code)
    for fd in fds[1:]:
        os.close(fd)
    waiting[sentinel] = pid, own, status
    try:
        status.send(pid)
    except OSError:
        pass


def _serve(data, sentinel):
    import io
    import pickle

    stream = io.BytesIO(data)
    process.current_process()._inheriting = True
    try:
        preparation = pickle.load(stream)
        if "__mp_main__" in sys.modules:
            # The server has run it.
            preparation.pop("init_main_from_path", None)
        spawn.prepare(preparation)
        self = pickle.load(stream)
    finally:
        del process.current_process()._inheriting
    return self._bootstrap(sentinel)
