"""More containers. Those that few need load when they are asked for."""

from _collections import OrderedDict, defaultdict, deque, _count_elements, _tuplegetter

__all__ = [
    "ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple",
]

_KEYWORDS = frozenset(
    "False None True and as assert async await break class continue def del elif else except finally for from global "
    "if import in is lambda nonlocal not or pass raise return try while with yield".split()
)


def _checked_fields(names, rename):
    """Field names that can be used; renaming replaces the others by their numbers."""
    seen = set()
    fields = []
    for i, name in enumerate(names):
        if rename and (not name.isidentifier() or name in _KEYWORDS or name.startswith("_") or name in seen):
            name = f"_{i}"
        seen.add(name)
        fields.append(name)
    return fields


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A subclass of tuple whose items are attributes as well."""
    from sys import intern

    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = _checked_fields(list(map(str, field_names)), rename)
    typename = intern(str(typename))
    for name in [typename, *fields]:
        if type(name) is not str:
            raise TypeError("Type names and field names must be strings")
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if name in _KEYWORDS:
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    seen = set()
    for name in fields:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    fields = tuple(map(intern, fields))
    count = len(fields)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > count:
            raise TypeError("Got more default values than field names")
        field_defaults = dict(zip(fields[count - len(defaults):], defaults))

    arguments = ", ".join(fields)
    items = arguments + "," if count == 1 else arguments
    make = tuple.__new__
    # A function with these very parameters says itself what is wrong with a call.
    new = eval(
        f"lambda _cls, {arguments}: _make(_cls, ({items}))",
        {"_make": make, "__builtins__": {}, "__name__": f"namedtuple_{typename}"},
    )
    new.__name__ = "__new__"
    new.__doc__ = f"A new {typename}({arguments})"
    if defaults is not None:
        new.__defaults__ = defaults

    def _make(cls, iterable):
        result = make(cls, iterable)
        if len(result) != count:
            raise TypeError(f"Expected {count} arguments, got {len(result)}")
        return result

    _make.__doc__ = f"A new {typename} of the items of an iterable."

    def _replace(self, /, **kwds):
        result = self._make(map(kwds.pop, fields, self))
        if kwds:
            raise ValueError(f"Got unexpected field names: {list(kwds)!r}")
        return result

    _replace.__doc__ = f"A new {typename} with other values in some fields."

    form = "(" + ", ".join(f"{name}=%r" for name in fields) + ")"

    def __repr__(self):
        "The name and the fields."
        return self.__class__.__name__ + form % self

    def _asdict(self):
        "The fields by name."
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        "The fields, for pickle and copy."
        return tuple(self)

    namespace = {
        "__doc__": f"{typename}({arguments})",
        "__slots__": (),
        "_fields": fields,
        "_field_defaults": field_defaults,
        "__new__": new,
        "_make": classmethod(_make),
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
        "__match_args__": fields,
    }
    for function in (new, _make, _replace, __repr__, _asdict, __getnewargs__):
        function.__qualname__ = f"{typename}.{function.__name__}"
    for i, name in enumerate(fields):
        namespace[name] = _tuplegetter(i, f"Alias for field number {i}")
    result = type(typename, (tuple,), namespace)
    if module is None:
        # The class belongs to the module that asked for it.
        from sys import _getframe

        module = _getframe(1).f_globals.get("__name__", "__main__")
    if module is not None:
        result.__module__ = module
    return result


class Counter(dict):
    """How often each of some hashable objects was counted."""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """What was not counted has the count zero."""
        return 0

    def total(self):
        """The sum of all counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """Pairs of an element and its count, the most common first; all of them, or n."""
        if n is None:
            return sorted(self.items(), key=_second, reverse=True)
        from heapq import nlargest

        return nlargest(n, self.items(), key=_second)

    def elements(self):
        """Each element as often as its count says."""
        from itertools import chain, repeat, starmap

        return chain.from_iterable(starmap(repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        """There is no count to start with: not supported."""
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        """Add counts: of the items of an iterable, of a mapping, or given by name."""
        if iterable is not None:
            if not _is_mapping(iterable):
                _count_elements(self, iterable)
            elif self:
                get = self.get
                for element, count in iterable.items():
                    self[element] = count + get(element, 0)
            else:
                super().update(iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take counts off; they may become negative."""
        if iterable is not None:
            get = self.get
            if _is_mapping(iterable):
                for element, count in iterable.items():
                    self[element] = get(element, 0) - count
            else:
                for element in iterable:
                    self[element] = get(element, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """A shallow copy."""
        return self.__class__(self)

    def __reduce__(self):
        return (self.__class__, (dict(self),))

    def __delitem__(self, element):
        """As for a dict, but what is not there need not be removed."""
        if element in self:
            super().__delitem__(element)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            ordered = dict(self.most_common())
        except TypeError:
            ordered = dict(self)
        return f"{self.__class__.__name__}({ordered!r})"

    def __eq__(self, other):
        """Whether all counts agree; what is not there counts zero."""
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] == other[e] for c in (self, other) for e in c)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        """Whether no count is greater than the other's."""
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] <= other[e] for c in (self, other) for e in c)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] >= other[e] for c in (self, other) for e in c)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _with(self, other, combine):
        """A counter of the positive results of combining the counts."""
        result = Counter()
        for element, count in self.items():
            new = combine(count, other[element])
            if new > 0:
                result[element] = new
        for element, count in other.items():
            if element not in self:
                new = combine(0, count)
                if new > 0:
                    result[element] = new
        return result

    def __add__(self, other):
        """The sum of the counts, where it is positive."""
        if not isinstance(other, Counter):
            return NotImplemented
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other):
        """The difference of the counts, where it is positive."""
        if not isinstance(other, Counter):
            return NotImplemented
        return self._with(other, lambda a, b: a - b)

    def __or__(self, other):
        """The greater of the counts, where it is positive."""
        if not isinstance(other, Counter):
            return NotImplemented
        return self._with(other, max)

    def __and__(self, other):
        """The smaller of the counts, where it is positive."""
        if not isinstance(other, Counter):
            return NotImplemented
        return self._with(other, min)

    def __pos__(self):
        """The positive counts."""
        return self._with({}.fromkeys(self, 0), lambda a, b: a)

    def __neg__(self):
        """The negative counts, with their signs turned."""
        return self._with({}.fromkeys(self, 0), lambda a, b: -a)

    def _keep_positive(self):
        """Forget what is not counted, after an operation in place."""
        for element in [e for e, count in self.items() if not count > 0]:
            del self[element]
        return self

    def __iadd__(self, other):
        for element, count in other.items():
            self[element] += count
        return self._keep_positive()

    def __isub__(self, other):
        for element, count in other.items():
            self[element] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for element, count in other.items():
            if count > self[element]:
                self[element] = count
        return self._keep_positive()

    def __iand__(self, other):
        for element, count in self.items():
            if other[element] < count:
                self[element] = other[element]
        return self._keep_positive()


def _second(pair):
    return pair[1]


def _is_mapping(value):
    """Whether it has keys and counts rather than elements."""
    if isinstance(value, dict):
        return True
    if isinstance(value, (str, list, tuple, set)):
        return False
    from _collections_abc import Mapping

    return isinstance(value, Mapping)


def __getattr__(name):
    if name in ("ChainMap", "UserDict", "UserList", "UserString"):
        import _collections_user

        globals()[name] = value = getattr(_collections_user, name)
        return value
    if name == "abc":
        import collections.abc

        return collections.abc
    raise AttributeError(f"module 'collections' has no attribute {name!r}")
