"""Weak references, and containers that do not keep their contents alive."""

from _collections_abc import MutableSet
from _weakref import CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs, proxy, ref

__all__ = [
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
    "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize",
]

ProxyTypes = (ProxyType, CallableProxyType)

_missing = object()


class WeakMethod(ref):
    """A weak reference to a bound method: it dies with the object, not with the method object."""

    def __new__(cls, method, callback=None):
        try:
            target, function = method.__self__, method.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(method)}") from None

        def died(_):
            me = weak()
            if me is not None and me._alive:
                me._alive = False
                if callback is not None:
                    callback(me)

        self = ref.__new__(cls, target, died)
        self._function = ref(function, died)
        self._type = type(method)
        self._alive = True
        weak = ref(self)
        return self

    def __call__(self):
        target, function = super().__call__(), self._function()
        if target is None or function is None:
            return None
        return self._type(function, target)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows under which key it is stored."""

    def __new__(cls, target, callback, key):
        self = ref.__new__(cls, target, callback)
        self.key = key
        return self

    def __init__(self, target, callback, key):
        super().__init__(target, callback)


class _Mapping:
    """What the two dictionaries share: everything that follows from looking up, storing and iterating."""

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value

    __iter__ = keys

    def clear(self):
        self.data.clear()

    def update(self, other=None, /, **keywords):
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                self[key] = value
        for key, value in keywords.items():
            self[key] = value

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x}>"

    def __eq__(self, other):
        if not isinstance(other, (dict, _Mapping)):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    def __or__(self, other):
        if not isinstance(other, (dict, _Mapping)):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, (dict, _Mapping)):
            return NotImplemented
        new = type(self)(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self


class WeakValueDictionary(_Mapping):
    """A mapping whose entries vanish with their values."""

    def __init__(self, other=(), /, **keywords):
        weak = ref(self)

        def remove(reference):
            me = weak()
            # The key may have got another value meanwhile.
            if me is not None and me.data.get(reference.key) is reference:
                del me.data[reference.key]

        self._remove = remove
        self.data = {}
        self.update(other, **keywords)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __deepcopy__(self, memo):
        from copy import deepcopy

        new = type(self)()
        for key, value in self.items():
            new[deepcopy(key, memo)] = value
        return new

    def items(self):
        for reference in list(self.data.values()):
            value = reference()
            if value is not None:
                yield reference.key, value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = value = default
        return value

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def itervaluerefs(self):
        yield from self.valuerefs()

    def valuerefs(self):
        return list(self.data.values())


class WeakKeyDictionary(_Mapping):
    """A mapping whose entries vanish with their keys."""

    def __init__(self, dict=None):
        weak = ref(self)

        def remove(reference):
            me = weak()
            if me is not None:
                me.data.pop(reference, None)

        self._remove = remove
        self.data = {}
        if dict is not None:
            self.update(dict)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def __deepcopy__(self, memo):
        from copy import deepcopy

        new = type(self)()
        for key, value in self.items():
            new[key] = deepcopy(value, memo)
        return new

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def pop(self, key, *default):
        return self.data.pop(ref(key), *default)

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def keyrefs(self):
        return list(self.data)


class WeakSet:
    """A set whose elements vanish when nothing else refers to them."""

    def __init__(self, data=None):
        weak = ref(self)

        def remove(reference):
            me = weak()
            if me is not None:
                me.data.discard(reference)

        self._remove = remove
        self.data = set()
        if data is not None:
            self.update(data)

    def __iter__(self):
        for reference in list(self.data):
            item = reference()
            if item is not None:
                yield item

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self.data

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def pop(self):
        while True:
            try:
                reference = self.data.pop()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = reference()
            if item is not None:
                return item

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    def __copy__(self):
        made = self.copy()
        made.__dict__.update({k: v for k, v in self.__dict__.items() if k not in ("data", "_remove")})
        return made

    def update(self, other):
        for item in list(other):
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def _other(self, other):
        return {ref(item) for item in other}

    def difference(self, other):
        return type(self)(list(set(self) - set(other)))

    __sub__ = difference

    def difference_update(self, other):
        self.__isub__(other)

    def __isub__(self, other):
        if other is self:
            self.clear()
        else:
            self.data -= self._other(other)
        return self

    def intersection(self, other):
        return type(self)(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        self.__iand__(other)

    def __iand__(self, other):
        self.data &= self._other(other)
        return self

    def union(self, other):
        return type(self)([*self, *other])

    __or__ = union

    def symmetric_difference(self, other):
        return type(self)(list(set(self) ^ set(other)))

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        self.__ixor__(other)

    def __ixor__(self, other):
        new = self.symmetric_difference(other)
        self.clear()
        self.update(new)
        return self

    def issubset(self, other):
        return self.data <= self._other(other)

    __le__ = issubset

    def __lt__(self, other):
        return self.data < self._other(other)

    def issuperset(self, other):
        return self.data >= self._other(other)

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > self._other(other)

    def __eq__(self, other):
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.data == self._other(other)

    def isdisjoint(self, other):
        return not self.intersection(other)

    def __repr__(self):
        return repr(self.data)


MutableSet.register(WeakSet)


class finalize:
    """Calls a function when an object dies, or at the end of the program: once."""

    __slots__ = ()

    _registry = {}
    _registered = False
    _next = 0

    class _Entry:
        __slots__ = ("weak", "function", "args", "keywords", "atexit", "index")

    def __init__(self, obj, func, /, *args, **kwargs):
        entry = self._Entry()
        if not finalize._registered:
            import atexit

            atexit.register(finalize._at_exit)
            finalize._registered = True
        entry.weak = ref(obj, self)
        entry.function = func
        entry.args = args
        entry.keywords = kwargs
        entry.atexit = True
        entry.index = finalize._next
        finalize._next += 1
        self._registry[self] = entry

    def __call__(self, _=None):
        entry = self._registry.pop(self, None)
        if entry is not None:
            return entry.function(*entry.args, **entry.keywords)

    def _parts(self):
        entry = self._registry.get(self)
        target = entry and entry.weak()
        if target is not None:
            return entry, (target, entry.function, entry.args, entry.keywords)
        return None, None

    def detach(self):
        """Makes it dead; what it was made of, or None if it was dead already."""
        _, parts = self._parts()
        if parts is not None and self._registry.pop(self, None):
            return parts
        return None

    def peek(self):
        """What it was made of, or None if it is dead."""
        return self._parts()[1]

    @property
    def alive(self):
        """Whether the function has yet to be called."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether it is called at the end of the program."""
        entry = self._registry.get(self)
        return entry is not None and entry.atexit

    @atexit.setter
    def atexit(self, value):
        entry = self._registry.get(self)
        if entry is not None:
            entry.atexit = bool(value)

    def __repr__(self):
        entry, parts = self._parts()
        if parts is None:
            return f"<{type(self).__name__} object at {id(self):#x}; dead>"
        target = parts[0]
        return (
            f"<{type(self).__name__} object at {id(self):#x}; for {type(target).__name__!r} "
            f"at {id(target):#x}>"
        )

    @classmethod
    def _at_exit(cls):
        import sys

        while True:
            pending = [(entry.index, f) for f, entry in cls._registry.items() if entry.atexit]
            if not pending:
                return
            _, f = max(pending, key=lambda pair: pair[0])
            try:
                f()
            except Exception:
                sys.excepthook(*sys.exc_info())
