"""The set of weak references, by its older name."""

from weakref import WeakSet

__all__ = ["WeakSet"]
