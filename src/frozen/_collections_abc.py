"""The abstract base classes of containers, iterators and callables, with the methods they give for free."""

import builtins
from abc import ABCMeta, abstractmethod, _has_methods
from _array import array as _array
from _collections import deque as _deque
from _generics import GenericAlias, _CallableGenericAlias

__all__ = [
    "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable", "Iterator",
    "Generator", "Reversible", "Sized", "Container", "Callable", "Collection", "Set", "MutableSet", "Mapping",
    "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence", "ByteString",
]

# The classes belong to the public module, as their reprs say.
__name__ = "collections.abc"


class Hashable(metaclass=ABCMeta):
    """Has a hash."""

    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__hash__",)) if cls is Hashable else NotImplemented


class Awaitable(metaclass=ABCMeta):
    """Can stand behind `await`."""

    __slots__ = ()

    @abstractmethod
    def __await__(self):
        yield

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__await__",)) if cls is Awaitable else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


class Coroutine(Awaitable):
    """What calling an `async def` function gives."""

    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Resume with a value; return what is awaited next, or raise StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Resume by raising an exception."""
        raise _built(typ, val, tb)

    def close(self):
        """Make it end by raising GeneratorExit in it; RuntimeError if it goes on."""
        _close(self, "coroutine ignored GeneratorExit")

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not Coroutine:
            return NotImplemented
        return _has_methods(C, ("__await__", "send", "throw", "close"))


def _built(typ, val, tb):
    """The exception that `throw` was asked to raise."""
    if val is None:
        if tb is None:
            return typ
        val = typ()
    return val if tb is None else val.with_traceback(tb)


def _close(generator, message):
    try:
        generator.throw(GeneratorExit)
    except (GeneratorExit, StopIteration):
        return
    raise RuntimeError(message)


class AsyncIterable(metaclass=ABCMeta):
    """Can stand in `async for`."""

    __slots__ = ()

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__aiter__",)) if cls is AsyncIterable else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


class AsyncIterator(AsyncIterable):
    """Gives awaitables of its items."""

    __slots__ = ()

    @abstractmethod
    def __anext__(self):
        """An awaitable of the next item; awaiting it raises StopAsyncIteration after the last."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__anext__", "__aiter__")) if cls is AsyncIterator else NotImplemented


class Iterable(metaclass=ABCMeta):
    """Can stand in `for`."""

    __slots__ = ()

    @abstractmethod
    def __iter__(self):
        while False:
            yield None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__iter__",)) if cls is Iterable else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


class Iterator(Iterable):
    """Gives one item after the other."""

    __slots__ = ()

    @abstractmethod
    def __next__(self):
        """The next item; StopIteration after the last."""
        raise StopIteration

    def __iter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__iter__", "__next__")) if cls is Iterator else NotImplemented


class Reversible(Iterable):
    """Can be iterated from the end."""

    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__reversed__", "__iter__")) if cls is Reversible else NotImplemented


class Generator(Iterator):
    """What calling a function with `yield` gives."""

    __slots__ = ()

    def __next__(self):
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Resume with a value; return what is yielded next, or raise StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Resume by raising an exception."""
        raise _built(typ, val, tb)

    def close(self):
        """Make it end by raising GeneratorExit in it; RuntimeError if it goes on."""
        _close(self, "generator ignored GeneratorExit")

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not Generator:
            return NotImplemented
        return _has_methods(C, ("__iter__", "__next__", "send", "throw", "close"))


class AsyncGenerator(AsyncIterator):
    """What calling an `async def` function with `yield` gives."""

    __slots__ = ()

    def __anext__(self):
        return self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """An awaitable that resumes with a value."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """An awaitable that resumes by raising an exception."""
        raise _built(typ, val, tb)

    async def aclose(self):
        """An awaitable that makes it end by raising GeneratorExit in it; RuntimeError if it goes on."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AsyncGenerator:
            return NotImplemented
        return _has_methods(C, ("__aiter__", "__anext__", "asend", "athrow", "aclose"))


class Sized(metaclass=ABCMeta):
    """Has a length."""

    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__len__",)) if cls is Sized else NotImplemented


class Container(metaclass=ABCMeta):
    """Answers `in`."""

    __slots__ = ()

    @abstractmethod
    def __contains__(self, x):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__contains__",)) if cls is Container else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


class Collection(Sized, Iterable, Container):
    """Has a length, can be iterated, answers `in`."""

    __slots__ = ()

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not Collection:
            return NotImplemented
        return _has_methods(C, ("__len__", "__iter__", "__contains__"))


class Callable(metaclass=ABCMeta):
    """Can be called."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__call__",)) if cls is Callable else NotImplemented

    __class_getitem__ = classmethod(_CallableGenericAlias)


class Set(Collection):
    """A set: comparing and combining from `__contains__`, `__iter__` and `__len__`."""

    __slots__ = ()

    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) <= len(other) and all(item in other for item in self)

    def __lt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) < len(other) and self.__le__(other)

    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) >= len(other) and all(item in self for item in other)

    def __gt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) > len(other) and self.__ge__(other)

    def __eq__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and self.__le__(other)

    @classmethod
    def _from_iterable(cls, it):
        """How results are made; to be overridden where the constructor takes no iterable."""
        return cls(it)

    def __and__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(item for item in other if item in self)

    __rand__ = __and__

    def __or__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(item for part in (self, other) for item in part)

    __ror__ = __or__

    def __sub__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        if not isinstance(other, Set):
            other = self._from_iterable(other)
        return self._from_iterable(item for item in self if item not in other)

    def __rsub__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        if not isinstance(other, Set):
            other = self._from_iterable(other)
        return self._from_iterable(item for item in other if item not in self)

    def __xor__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        if not isinstance(other, Set):
            other = self._from_iterable(other)
        return (self - other) | (other - self)

    __rxor__ = __xor__

    def isdisjoint(self, other):
        """Whether no item of the other is in this set."""
        return not any(item in self for item in other)

    def _hash(self):
        """A hash of the items, equal to that of an equal frozenset; for subclasses that are immutable."""
        return hash(frozenset(self))


class MutableSet(Set):
    """A set that can change, from `add` and `discard`."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Add an item."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Remove an item if it is there."""
        raise NotImplementedError

    def remove(self, value):
        """Remove an item; KeyError if it is not there."""
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        """Remove and return some item; KeyError if there is none."""
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        """Remove all items, one by one."""
        try:
            while True:
                self.pop()
        except KeyError:
            pass

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self

    def __iand__(self, it):
        for value in self - it:
            self.discard(value)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        if not isinstance(it, Set):
            it = self._from_iterable(it)
        for value in it:
            if value in self:
                self.discard(value)
            else:
                self.add(value)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
            return self
        for value in it:
            self.discard(value)
        return self


Set.register(frozenset)
MutableSet.register(set)

# The other half, in a file of its own for its size.
from _collections_abc_more import (
    ByteString, ItemsView, KeysView, Mapping, MappingView, MutableMapping, MutableSequence, Sequence, ValuesView,
)

_KEYS, _VALUES, _ITEMS = type({}.keys()), type({}.values()), type({}.items())
KeysView.register(_KEYS)
ValuesView.register(_VALUES)
ItemsView.register(_ITEMS)
MutableMapping.register(dict)
Mapping.register(type(object.__dict__))
for _cls in (tuple, str, range):
    Sequence.register(_cls)
MutableSequence.register(list)
MutableSequence.register(_deque)
MutableSequence.register(_array)
ByteString.register(bytes)
# These two came later to this interpreter than the rest.
if hasattr(builtins, "memoryview"):
    Sequence.register(memoryview)
if hasattr(builtins, "bytearray"):
    ByteString.register(bytearray)
    MutableSequence.register(bytearray)
del _cls
