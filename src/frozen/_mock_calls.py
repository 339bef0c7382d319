"""What `unittest.mock` notes and compares: calls, lists of them, and unique objects."""

import pprint


class _SentinelObject:
    """A unique object with a name."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    def __reduce__(self):
        return f"sentinel.{self.name}"


class _Sentinel:
    """Its attributes are unique objects, made when they are first asked for."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            # Else doctest takes it for a class.
            raise AttributeError
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT


class _ANY:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


class _CallList(list):
    """Calls; `in` also finds several in a row."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        return any(self[i:i + len(value)] == value for i in range(len(self) - len(value) + 1))

    def __repr__(self):
        return pprint.pformat(list(self))


class _AnyComparer(list):
    """Calls whose parts are compared from the side of what is looked for, so that ANY has its say."""

    def __contains__(self, item):
        return any(all(wanted == actual for wanted, actual in zip(item, call)) for call in self)


def _format_call_signature(name, args, kwargs):
    texts = [repr(arg) for arg in args] + ["%s=%r" % pair for pair in kwargs.items()]
    return f"{name}({', '.join(texts)})"


def _parts(value):
    """Name, arguments and keyword arguments of a call that is written as a tuple, where some may be left out."""
    name, args, kwargs = "", (), {}
    if len(value) == 3:
        return tuple(value)
    if len(value) == 2 and not isinstance(value[0], str):
        return name, *value
    for part in value:
        if isinstance(part, str):
            name = part
        elif isinstance(part, tuple):
            args = part
        else:
            kwargs = part
    return name, args, kwargs


class _Call(tuple):
    """A call: (name, args, kwargs), or (args, kwargs) if it is `two`. Its attributes and calls are calls again:
    `call.method(1).other(2)`.
    """

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        given, args, kwargs = _parts(value)
        if two:
            return tuple.__new__(cls, (args, kwargs))
        has_name = len(value) == 3 or (value and isinstance(value[0], str))
        return tuple.__new__(cls, (given if has_name else name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        # Whether arguments were given, unlike for `call` and `call.name`.
        self._mock_from_kall = from_kall

    def __eq__(self, other):
        try:
            size = len(other)
        except TypeError:
            return NotImplemented
        if size > 3:
            return False
        mine, theirs = getattr(self, "_mock_parent", None), getattr(other, "_mock_parent", None)
        if mine and theirs and mine != theirs:
            return False
        name, args, kwargs = _parts(self)
        other_name, other_args, other_kwargs = _parts(other)
        if name and other_name != name:
            return False
        # The other comes first: it may hold ANY.
        return (other_args, other_kwargs) == (args, kwargs)

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + "()", parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f"{self._mock_name}.{attr}", parent=self, from_kall=False)

    def __getattribute__(self, attr):
        if attr in tuple.__dict__:
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    @property
    def args(self):
        return tuple.__getitem__(self, -2)

    @property
    def kwargs(self):
        return tuple.__getitem__(self, -1)

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return f"call{name}" if name.startswith("()") else name
        name = "" if len(self) == 2 else self[0]
        if name:
            name = name if name.startswith("()") else "." + name
        return _format_call_signature("call" + name, self.args, self.kwargs)

    def call_list(self):
        """All the calls of a chain of them, the first one first."""
        calls, at = [], self
        while at is not None:
            if at._mock_from_kall:
                calls.append(at)
            at = at._mock_parent
        return _CallList(reversed(calls))


call = _Call(from_kall=False)


def two(args, kwargs):
    """A call without a name."""
    return _Call((args, kwargs), two=True)


for _cls in (_SentinelObject, _Sentinel, _ANY, _CallList, _Call):
    _cls.__module__ = "unittest.mock"
