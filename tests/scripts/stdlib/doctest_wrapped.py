"""Docstrings of functions that a decorator of another module has wrapped."""

import contextlib
import doctest
import functools


@contextlib.contextmanager
def managed(x):
    """
    >>> with managed(3) as y: print(y)
    3
    """
    yield x


@functools.lru_cache
def cached(x):
    """
    >>> cached(2)
    4
    """
    return x * 2


class A:
    @functools.cached_property
    def value(self):
        """
        >>> A().value
        1
        """
        return 1

    @contextlib.contextmanager
    def context(self):
        """
        >>> with A().context(): print("in")
        in
        """
        yield


print(doctest.testmod())
print([t.name for t in doctest.DocTestFinder().find(A)])
