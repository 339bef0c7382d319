"""Processes, each with an interpreter and a global interpreter lock of its own, used as threads are."""

import sys

from . import context
from .process import _finish

# The levels of this package's messages.
SUBDEBUG, SUBWARNING = 5, 25

# What a context offers, of the default one.
__all__ = [name for name in dir(context._default_context) if not name.startswith("_")]
globals().update([(name, getattr(context._default_context, name)) for name in __all__ if name != "reducer"])


def __getattr__(name):
    # These need pickling, which is loaded when it is first used.
    if name == "reducer":
        return context._default_context.reducer
    if name == "reduction":
        import multiprocessing.reduction

        if name in globals():
            return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*{*globals(), "reducer", "reduction"}]
