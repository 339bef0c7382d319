"""How futures are shown."""

import reprlib

from . import format_helpers

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def isfuture(obj):
    """Whether it is a future, of whatever class."""
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _callback_text(callback):
    # A task that waits is its own callback.
    if isfuture(callback):
        return "Task.task_wakeup()"
    return format_helpers._format_callback_source(callback, ())


def _format_callbacks(callbacks):
    texts = [_callback_text(pair[0]) for pair in callbacks if pair] if len(callbacks) < 3 else [
        _callback_text(callbacks[0][0]), f"<{len(callbacks) - 2} more>", _callback_text(callbacks[-1][0])]
    return f"cb=[{', '.join(texts)}]"


def _future_repr_info(future):
    """State, result and callbacks of a future, as parts of its repr."""
    info = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            info.append(f"exception={future._exception!r}")
        else:
            info.append(f"result={reprlib.repr(future._result)}")
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    return info


@reprlib.recursive_repr()
def _future_repr(future):
    info = getattr(future, "_repr_info", None)
    parts = info() if info else _future_repr_info(future)
    return f"<{type(future).__name__} {' '.join(parts)}>"
