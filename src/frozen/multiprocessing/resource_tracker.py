"""Names of segments that this process has made or found, which must not outlive it and its family."""

import os
import threading

from . import util

__all__ = ["ensure_running", "register", "unregister"]

_lock = threading.Lock()
# (name, kind) of what is to be removed at the end, and the process that will do it.
_names = {}


def ensure_running():
    """Nothing: there is no process beside this one."""


def register(name, rtype):
    """Note a name that is to be removed at the end."""
    with _lock:
        if not _names:
            util.Finalize(None, _remove, exitpriority=-200)
        _names.setdefault((name, rtype), os.getpid())


def unregister(name, rtype):
    """A name that need not be removed any more."""
    with _lock:
        _names.pop((name, rtype), None)


def _remove():
    import warnings

    import _multiprocessing

    # A child that was forked leaves them to its parent.
    leaked = [name for (name, rtype), pid in _names.items() if rtype == "shared_memory" and pid == os.getpid()]
    _names.clear()
    if leaked:
        warnings.warn(
            f"resource_tracker: There appear to be {len(leaked)} leaked shared_memory objects to clean up at shutdown"
        )
    for name in leaked:
        try:
            _multiprocessing.shm_unlink(name)
        except OSError as error:
            warnings.warn(f"resource_tracker: {name!r}: {error}")
