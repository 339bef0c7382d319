"""Processes, each with an interpreter and a global interpreter lock of its own, used as threads are."""

import sys

from . import context
from .process import _finish

# What a context offers, of the default one.
__all__ = [name for name in dir(context._default_context) if not name.startswith("_")]
globals().update((name, getattr(context._default_context, name)) for name in __all__)

# The levels of this package's messages.
SUBDEBUG, SUBWARNING = 5, 25
