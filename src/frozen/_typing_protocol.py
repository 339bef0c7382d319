"""Protocols: classes that others match by their methods, without deriving from them."""

from abc import ABCMeta, abstractmethod
from typing import Generic, TypeVar, _space

__name__ = "typing"

# Attributes that say nothing of what a class can do.
_TYPING_INTERNALS = [
    "__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol", "__final__",
]
_SPECIAL_NAMES = [
    "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__", "__slots__",
    "__subclasshook__", "__weakref__", "__class_getitem__",
]
EXCLUDED_ATTRIBUTES = [*_TYPING_INTERNALS, *_SPECIAL_NAMES, "_MutableMapping__marker"]


def _get_protocol_attrs(cls):
    """The names of a protocol's members."""
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic"):
            continue
        for name in (*base.__dict__, *base.__dict__.get("__annotations__", ())):
            if not name.startswith("_abc_") and name not in EXCLUDED_ATTRIBUTES:
                names.add(name)
    return names


def _is_callable_members_only(cls):
    return all([callable(getattr(cls, name, None)) for name in _get_protocol_attrs(cls)])


# Where an argument check may come from without being asked for by the user.
_LENIENT = ("abc", "functools")


def _called_from_library():
    import sys

    return sys._getframe(3).f_globals.get("__name__") in _LENIENT


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        is_protocol = cls.__dict__.get("_is_protocol", False)
        if is_protocol and not getattr(cls, "_is_runtime_protocol", False) and not _called_from_library():
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if not is_protocol or _is_callable_members_only(cls):
            if issubclass(type(instance), cls):
                return True
        if is_protocol:
            for name in _get_protocol_attrs(cls):
                if not hasattr(instance, name):
                    break
                if getattr(instance, name) is None and callable(getattr(cls, name, None)):
                    break
            else:
                return True
        return super().__instancecheck__(instance)


def _no_init_or_replace_init(self, *args, **kwargs):
    cls = type(self)
    if cls.__dict__.get("_is_protocol"):
        raise TypeError("Protocols cannot be instantiated")
    # The first instance of a class that is no protocol any more finds the `__init__` that it should have had.
    if cls.__init__ is not _no_init_or_replace_init:
        return
    for base in cls.__mro__:
        init = base.__dict__.get("__init__", _no_init_or_replace_init)
        if init is not _no_init_or_replace_init:
            break
    else:
        init = object.__init__
    cls.__init__ = init
    cls.__init__(self, *args, **kwargs)


def _matches(cls, other):
    """The `__subclasshook__` of a protocol."""
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    if not getattr(cls, "_is_runtime_protocol", False):
        if _called_from_library():
            return NotImplemented
        raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
    has_data = not _is_callable_members_only(cls)
    if has_data:
        if _called_from_library():
            return NotImplemented
        raise TypeError("Protocols with non-method members don't support issubclass()")
    if not isinstance(other, type):
        raise TypeError("issubclass() arg 1 must be a class")
    for name in _get_protocol_attrs(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            annotations = getattr(base, "__annotations__", {})
            if name in annotations and issubclass(other, Generic) and getattr(other, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base class of protocols."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any([base is Protocol for base in cls.__bases__])
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_matches)
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            if base in (object, Generic) or issubclass(base, Generic) and getattr(base, "_is_protocol", False):
                continue
            if base.__module__ in ("collections.abc", "contextlib") and base.__name__ in _ALLOWED:
                continue
            raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        if cls.__init__ is Protocol.__init__ or "__init__" not in cls.__dict__:
            cls.__init__ = _no_init_or_replace_init


# `Generic` asks for it there, whichever name of this module was wanted first.
_space["Protocol"] = Protocol

_ALLOWED = (
    "Callable", "Awaitable", "Iterable", "Iterator", "AsyncIterable", "Hashable", "Sized", "Container", "Collection",
    "Reversible", "AbstractContextManager", "AbstractAsyncContextManager",
)


def runtime_checkable(cls):
    """Let a protocol be used with isinstance() and issubclass()."""
    if not (isinstance(cls, type) and issubclass(cls, Generic)) or not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


T_co = TypeVar("T_co", covariant=True)


@runtime_checkable
class SupportsInt(Protocol):
    """Has an `__int__`."""

    __slots__ = ()

    @abstractmethod
    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """Has a `__float__`."""

    __slots__ = ()

    @abstractmethod
    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """Has a `__complex__`."""

    __slots__ = ()

    @abstractmethod
    def __complex__(self) -> "complex":
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """Has a `__bytes__`."""

    __slots__ = ()

    @abstractmethod
    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """Has an `__index__`."""

    __slots__ = ()

    @abstractmethod
    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """Has an `__abs__`."""

    __slots__ = ()

    @abstractmethod
    def __abs__(self) -> T_co:
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """Has a `__round__`."""

    __slots__ = ()

    @abstractmethod
    def __round__(self, ndigits: int = 0) -> T_co:
        pass
