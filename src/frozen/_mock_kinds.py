"""What objects are for `unittest.mock`: callable, asynchronous, with which signature; and the names of special methods."""

import inspect
from asyncio import iscoroutinefunction
from functools import partial
from types import FunctionType, MethodType

FunctionTypes = (FunctionType, MethodType)

_NUMERIC = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow".split()
_PLAIN = (
    "lt le gt ge eq ne getitem setitem delitem len contains iter hash str sizeof enter exit divmod rdivmod neg pos abs "
    "invert complex int float index round trunc floor ceil bool next fspath aiter"
).split()


def _names(words):
    return {f"__{word}__" for word in words}


# The special methods that a MagicMock has.
_magics = _names(_PLAIN + [side + word for side in ("", "i", "r") for word in _NUMERIC])
# Those that any mock may be given.
_non_defaults = _names(
    "get set delete reversed missing reduce reduce_ex getinitargs getnewargs getstate setstate getformat repr dir "
    "subclasses format getnewargs_ex".split()
)
_async_method_magics = _names(["aenter", "aexit", "anext"])
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_method_magics | {"__aiter__"}
_unsupported_magics = _names("getattr setattr init new prepare instancecheck subclasscheck del".split())


class InvalidSpecError(Exception):
    """A mock was given as what a mock shall be like."""


InvalidSpecError.__module__ = "unittest.mock"


def is_magic(name):
    return f"__{name[2:-2]}__" == name


def is_mock(obj):
    from _mock_core import NonCallableMock

    # Not isinstance: mocks say that they are of other classes.
    return issubclass(type(obj), NonCallableMock)


def is_exception(obj):
    return isinstance(obj, BaseException) or (isinstance(obj, type) and issubclass(obj, BaseException))


def is_list(obj):
    return type(obj) in (list, tuple)


def is_async(obj):
    from _mock_async import AsyncMock

    if is_mock(obj) and not isinstance(obj, AsyncMock):
        return False
    if hasattr(obj, "__func__"):
        obj = obj.__func__
    return iscoroutinefunction(obj) or inspect.isawaitable(obj)


def is_async_function(obj):
    return bool(getattr(obj, "__code__", None)) and iscoroutinefunction(obj)


def is_callable(obj):
    if isinstance(obj, type):
        return True
    if isinstance(obj, (staticmethod, classmethod, MethodType)):
        return is_callable(obj.__func__)
    return getattr(obj, "__call__", None) is not None


def instances_are_callable(obj):
    """Whether the instances of a class, or else the object itself, can be called."""
    if not isinstance(obj, type):
        return getattr(obj, "__call__", None) is not None
    return any(base.__dict__.get("__call__") is not None for base in obj.__mro__)


def mock_of(obj):
    """The mock behind a function that stands for one."""
    return obj.mock if isinstance(obj, FunctionTypes) and hasattr(obj, "mock") else obj


def signature_of(func, as_instance, eat_self):
    """What is called when an object is, and its signature; None if it has none."""
    if isinstance(func, type) and not as_instance:
        func, eat_self = func.__init__, True
    elif isinstance(func, (classmethod, staticmethod)):
        eat_self = eat_self or isinstance(func, classmethod)
        func = func.__func__
    elif not isinstance(func, FunctionTypes):
        func = getattr(func, "__call__", None)
        if func is None:
            return None
    try:
        return func, inspect.signature(partial(func, None) if eat_self else func)
    except ValueError:
        return None


def copy_details(func, to):
    """Give a function the name and so on of another one."""
    for name in ("__name__", "__doc__", "__text_signature__", "__module__", "__defaults__", "__kwdefaults__"):
        try:
            setattr(to, name, getattr(func, name))
        except AttributeError:
            continue
