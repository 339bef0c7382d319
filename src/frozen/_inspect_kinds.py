"""What kind of object is it? The predicates of `inspect`, and the constants that they look at."""

import abc as _abc
import collections.abc as _collections_abc
import functools as _functools
import sys as _sys
import types as _types

CO_OPTIMIZED = 1
CO_NEWLOCALS = 2
CO_VARARGS = 4
CO_VARKEYWORDS = 8
CO_NESTED = 16
CO_GENERATOR = 32
CO_NOFREE = 64
CO_COROUTINE = 128
CO_ITERABLE_COROUTINE = 256
CO_ASYNC_GENERATOR = 512

TPFLAGS_IS_ABSTRACT = 1 << 20


def ismodule(object):
    """Whether it is a module."""
    return isinstance(object, _types.ModuleType)


def isclass(object):
    """Whether it is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Whether it is a method written in Python, bound to an instance or a class."""
    return isinstance(object, _types.MethodType)


def _has(kind, *names):
    return [hasattr(kind, name) for name in names]


def ismethoddescriptor(object):
    """Whether reading it as an attribute is computed, though it is neither a function nor a data descriptor."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return _has(type(object), "__get__", "__set__") == [True, False]


def isdatadescriptor(object):
    """Whether assigning to it as an attribute, or deleting it, is computed."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return any(_has(type(object), "__set__", "__delete__"))


def ismemberdescriptor(object):
    """Whether it is the descriptor of a slot."""
    return isinstance(object, _types.MemberDescriptorType)


def isgetsetdescriptor(object):
    """Whether it is the descriptor of a computed attribute of a built-in class."""
    return isinstance(object, _types.GetSetDescriptorType)


def isfunction(object):
    """Whether it is a function written in Python."""
    return isinstance(object, _types.FunctionType)


def _is_function_like(obj):
    # Something else with all attributes of a function may pass for one.
    if not callable(obj) or isclass(obj):
        return False
    missing = ()
    return (
        isinstance(getattr(obj, "__name__", None), str)
        and iscode(getattr(obj, "__code__", None))
        and isinstance(getattr(obj, "__defaults__", 0), tuple | None)
        and isinstance(getattr(obj, "__kwdefaults__", missing), dict | None)
        and isinstance(getattr(obj, "__annotations__", None), dict | None)
    )


def _has_code_flag(obj, flag):
    while ismethod(obj):
        obj = obj.__func__
    obj = _functools._unwrap_partial(obj)
    return (isfunction(obj) or _is_function_like(obj)) and bool(obj.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Whether calling it makes a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    """Whether it was defined with `async def`, without `yield`."""
    return _has_code_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    """Whether it was defined with `async def`, with `yield`."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    """Whether it is an asynchronous generator."""
    return isinstance(object, _types.AsyncGeneratorType)


def isgenerator(object):
    """Whether it is a generator."""
    return isinstance(object, _types.GeneratorType)


def iscoroutine(object):
    """Whether it is a coroutine."""
    return isinstance(object, _types.CoroutineType)


def isawaitable(object):
    """Whether `await` takes it."""
    if isgenerator(object):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return iscoroutine(object) or isinstance(object, _collections_abc.Awaitable)


def istraceback(object):
    """Whether it is a traceback."""
    return isinstance(object, _types.TracebackType)


def isframe(object):
    """Whether it is a frame."""
    return isinstance(object, _types.FrameType)


def iscode(object):
    """Whether it is a code object."""
    return isinstance(object, _types.CodeType)


def isbuiltin(object):
    """Whether it is a function of the interpreter, or a method of its classes bound to an object."""
    return isinstance(object, _types.BuiltinFunctionType)


def ismethodwrapper(object):
    """Whether it is a special method of a built-in class bound to an object."""
    return isinstance(object, _types.MethodWrapperType)


def isroutine(object):
    """Whether it is any kind of function or method."""
    kinds = (isbuiltin, isfunction, ismethod, ismethoddescriptor, ismethodwrapper)
    return any(kind(object) for kind in kinds)


def isabstract(object):
    """Whether it is a class with abstract methods left."""
    if not isclass(object):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT:
        return True
    if not issubclass(type(object), _abc.ABCMeta) or hasattr(object, "__abstractmethods__"):
        return False
    # The class is still being made (this is `__init_subclass__`), so its flag is not set yet.
    inherited = [name for base in object.__bases__ for name in getattr(base, "__abstractmethods__", ())]
    values = [*vars(object).values(), *[getattr(object, name, None) for name in inherited]]
    return any(getattr(value, "__isabstractmethod__", False) for value in values)


def unwrap(func, *, stop=None):
    """Follow `__wrapped__` to the last function, or to the first for which `stop` is true."""
    # By identity, for what cannot be hashed; the objects are kept so that no identity is used twice.
    seen = {id(func): func}
    limit = _sys.getrecursionlimit()
    current = func
    while hasattr(current, "__wrapped__") and (stop is None or not stop(current)):
        current = current.__wrapped__
        if id(current) in seen or len(seen) >= limit:
            raise ValueError(f"wrapper loop when unwrapping {func!r}")
        seen[id(current)] = current
    return current
