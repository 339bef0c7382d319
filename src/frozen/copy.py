"""Copies of objects: shallow, sharing what is inside, and deep."""

from _weakref import ref
from copyreg import dispatch_table

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    """The object cannot be copied."""


error = Error

# They never change, so a copy is the object itself.
_ATOMIC = {
    type(None), type(...), type(NotImplemented), int, float, complex, bool, str, bytes, type, range, property, ref,
    type(len), type(lambda: None), type((lambda: None).__code__),
}
_SHALLOW_ATOMIC = _ATOMIC | {tuple, frozenset, slice}


def copy(x):
    """A shallow copy; Error if there is no way to make one."""
    cls = type(x)
    if cls in _SHALLOW_ATOMIC or isinstance(x, type):
        return x
    if cls in (list, dict, set):
        return cls.copy(x)
    if cls.__name__ == "bytearray" and cls.__module__ == "builtins":
        return cls(x)
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    reduced = _reduced(x, cls, "un(shallow)copyable")
    return x if isinstance(reduced, str) else _rebuild(x, *reduced)


def _reduced(x, cls, failure):
    """The object taken apart; Error if that is not possible."""
    reducer = dispatch_table.get(cls)
    if reducer is not None:
        return reducer(x)
    reducer = getattr(x, "__reduce_ex__", None)
    if reducer is not None:
        return reducer(4)
    reducer = getattr(x, "__reduce__", None)
    if reducer is not None:
        return reducer()
    raise Error(f"{failure} object of type {cls}")


def _rebuild(x, make, args, state=None, items=None, pairs=None, *, deep=None):
    """An object from its parts, each passed through `deep` if given."""
    if deep is not None:
        args = tuple([deep(arg) for arg in args])
    made = make(*args)
    if deep is not None:
        # What refers back to the object from inside must find the copy.
        deep.memo[id(x)] = made
    if state is not None:
        if deep is not None:
            state = deep(state)
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(made, name, value)
    if items is not None:
        for item in items:
            made.append(item if deep is None else deep(item))
    if pairs is not None:
        for key, value in pairs:
            if deep is not None:
                key, value = deep(key), deep(value)
            made[key] = value
    return made


class _Deep:
    """Copies deeply with one memo."""

    def __init__(self, memo):
        self.memo = memo

    def __call__(self, x):
        return deepcopy(x, self.memo)


_missing = object()


def deepcopy(x, memo=None):
    """A copy of an object and all that it refers to; `memo` maps ids to copies already made."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    else:
        known = memo.get(id(x), _missing)
        if known is not _missing:
            return known
    made = _deep_copy(x, cls, memo)
    if made is not x:
        memo[id(x)] = made
        # The original must live on, or another object could get its id.
        memo.setdefault(id(memo), []).append(x)
    return made


def _deep_copy(x, cls, memo):
    if cls is list:
        made = memo[id(x)] = []
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if cls is dict:
        made = memo[id(x)] = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if cls is tuple:
        copies = [deepcopy(item, memo) for item in x]
        # It may have been copied meanwhile, if it contains itself.
        known = memo.get(id(x), _missing)
        if known is not _missing:
            return known
        return x if all([old is new for old, new in zip(x, copies)]) else tuple(copies)
    if cls is set or cls is frozenset:
        return cls([deepcopy(item, memo) for item in x])
    if cls is slice:
        return slice(deepcopy(x.start, memo), deepcopy(x.stop, memo), deepcopy(x.step, memo))
    if isinstance(x, type):
        return x
    copier = getattr(x, "__deepcopy__", None)
    if copier is not None:
        return copier(memo)
    if cls is _METHOD:
        return cls(x.__func__, deepcopy(x.__self__, memo))
    if cls.__name__ == "bytearray" and cls.__module__ == "builtins":
        return cls(x)
    reduced = _reduced(x, cls, "un(deep)copyable")
    return x if isinstance(reduced, str) else _rebuild(x, *reduced, deep=_Deep(memo))


_METHOD = type(_Deep(None).__call__)
