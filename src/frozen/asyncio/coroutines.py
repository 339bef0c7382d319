"""What counts as a coroutine, and how one is shown."""

import os
import sys
import types
from collections.abc import Coroutine

__all__ = ("iscoroutinefunction", "iscoroutine")

_is_coroutine = object()
_CO_COROUTINE = 0x80


def _is_debug_mode():
    return sys.flags.dev_mode or (not sys.flags.ignore_environment and bool(os.environ.get("PYTHONASYNCIODEBUG")))


def iscoroutinefunction(func):
    """Whether calling it gives a coroutine: it was made by `async def`."""
    function = func
    while True:
        if isinstance(function, types.MethodType):
            function = function.__func__
        elif type(function).__name__ == "partial" and hasattr(function, "func"):
            function = function.func
        else:
            break
    code = getattr(function, "__code__", None)
    if isinstance(function, types.FunctionType) and code.co_flags & _CO_COROUTINE:
        return True
    return getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """Whether it is a coroutine; generators count, as they once were all there was."""
    return isinstance(obj, (types.CoroutineType, types.GeneratorType, Coroutine))


def _format_coroutine(coro):
    """Name, state and place of a coroutine."""
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None) or f"<{type(coro).__name__} without __name__>"
    name += "()"
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None)
    if code is None:
        running = getattr(coro, "cr_running", False) or getattr(coro, "gi_running", False)
        return f"{name} running" if running else name
    file = code.co_filename or "<empty co_filename>"
    if frame is not None:
        return f"{name} running at {file}:{frame.f_lineno}"
    return f"{name} done, defined at {file}:{code.co_firstlineno}"
