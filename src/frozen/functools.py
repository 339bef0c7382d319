"""Functions that make functions of others. The hot ones are native; rarely used ones load when they are asked for."""

from _functools import reduce, partial, cmp_to_key, _lru_cache_wrapper

__all__ = [
    "update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key",
    "lru_cache", "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property",
]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper look like what it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    # Last, since the update may bring the one of what is wrapped.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that makes a function look like what it wraps."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _cache_info(*numbers):
    global _CacheInfo
    if _CacheInfo is None:
        from collections import namedtuple

        _CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])
        _CacheInfo.__module__ = "functools"
    return _CacheInfo(*numbers)


_CacheInfo = None


def lru_cache(maxsize=128, typed=False):
    """A decorator for a function that shall keep its newest results, `maxsize` of them or (None) all."""
    if callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed, _cache_info)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """A decorator for a function that shall keep all its results."""
    return lru_cache(maxsize=None)(user_function)


def total_ordering(cls):
    """A class decorator that adds the missing ones of <, <=, > and >=, by way of one that is there and ==."""
    names = ("__lt__", "__le__", "__gt__", "__ge__")
    own = [name for name in names if getattr(cls, name, None) is not getattr(object, name)]
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = own[0]
    for name in names:
        if name not in own:
            setattr(cls, name, _comparison(name, root))
    return cls


def _comparison(name, root):
    """The comparison `name` by way of the method `root`."""
    turned = name[2] != root[2]
    strict = name[3] == "t"
    # not a < b is a >= b: only then does == not matter.
    exact = turned and strict != (root[3] == "t")

    def method(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if turned:
            result = not result
        if exact:
            return result
        return result and self != other if strict else result or self == other

    method.__name__ = name
    method.__doc__ = getattr(int, name).__doc__
    return method


_MISSING = object()


class cached_property:
    """A method whose result becomes the instance's attribute of the same name."""

    def __init__(self, func):
        from _thread import RLock

        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            attributes = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {name!r} property."
            ) from None
        value = attributes.get(name, _MISSING)
        if value is _MISSING:
            with self.lock:
                # Another thread may have been faster.
                value = attributes.get(name, _MISSING)
                if value is _MISSING:
                    value = self.func(instance)
                    try:
                        attributes[name] = value
                    except TypeError:
                        raise TypeError(
                            f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                            f"does not support item assignment for caching {name!r} property."
                        ) from None
        return value

    __class_getitem__ = classmethod(type(list[int]))


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


def __getattr__(name):
    if name in ("singledispatch", "singledispatchmethod", "partialmethod"):
        import _functools_methods

        globals()[name] = value = getattr(_functools_methods, name)
        return value
    raise AttributeError(f"module 'functools' has no attribute {name!r}")
