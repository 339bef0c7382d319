"""Variables whose values belong to a context: of a thread, or of what runs in a copy."""

from _thread import _local

__all__ = ("Context", "ContextVar", "Token", "copy_context")

_missing = object()
# The context of each thread.
_running = _local()


def _current():
    try:
        return _running.context
    except AttributeError:
        context = _running.context = Context()
        return context


class ContextVar:
    """A variable of contexts; `default` is its value where none was set."""

    def __init__(self, name, *, default=_missing):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    @property
    def name(self):
        """The name, for reprs."""
        return self._name

    def get(self, default=_missing, /):
        """The value in the current context, the default given or that of the variable; LookupError without."""
        value = _current()._values.get(self, _missing)
        if value is not _missing:
            return value
        if default is not _missing:
            return default
        if self._default is not _missing:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        """Set the value in the current context; returns a token by which it can be reset."""
        context = _current()
        token = Token._make(context, self, context._values.get(self, _missing))
        # Contexts share their values with their copies, so they are never changed in place.
        context._values = {**context._values, self: value}
        return token

    def reset(self, token, /):
        """Give the variable the value that it had before the `set` that made the token."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        context = _current()
        if token._context is not context:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        values = dict(context._values)
        if token._old is _missing:
            values.pop(self, None)
        else:
            values[self] = token._old
        context._values = values

    def __repr__(self):
        default = "" if self._default is _missing else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"

    __class_getitem__ = classmethod(type(list[int]))


class _Missing:
    """The type of `Token.MISSING`."""

    def __repr__(self):
        return "<Token.MISSING>"


class Token:
    """Remembers what a variable was before it was set."""

    MISSING = _Missing()

    def __init__(self):
        raise RuntimeError("Tokens can only be created by ContextVars")

    @classmethod
    def _make(cls, context, var, old):
        self = object.__new__(cls)
        self._context = context
        self._var = var
        self._old = old
        self._used = False
        return self

    @property
    def var(self):
        """The variable."""
        return self._var

    @property
    def old_value(self):
        """The value before, or `Token.MISSING`."""
        return Token.MISSING if self._old is _missing else self._old

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self._var!r} at {id(self):#x}>"

    __class_getitem__ = classmethod(type(list[int]))


class Context:
    """A mapping of variables to values, in which functions can be run."""

    def __init__(self):
        self._values = {}
        self._entered = False

    def run(self, callable, /, *args, **kwargs):
        """Call a function in this context; RuntimeError if it is entered already."""
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        outer = _current()
        self._entered = True
        _running.context = self
        try:
            return callable(*args, **kwargs)
        finally:
            _running.context = outer
            self._entered = False

    def copy(self):
        """A context with the same values."""
        made = Context()
        made._values = self._values
        return made

    def __getitem__(self, var):
        _check(var)
        return self._values[var]

    def __contains__(self, var):
        _check(var)
        return var in self._values

    def get(self, var, default=None, /):
        """The value of a variable, or the default."""
        _check(var)
        return self._values.get(var, default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        """The variables."""
        return self._values.keys()

    def values(self):
        """The values."""
        return self._values.values()

    def items(self):
        """The pairs of variable and value."""
        return self._values.items()

    def __eq__(self, other):
        if not isinstance(other, Context):
            return NotImplemented
        return self._values == other._values

    __hash__ = None

    def __repr__(self):
        return f"<_contextvars.Context object at {id(self):#x}>"


def _check(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")


def copy_context():
    """A copy of the current context."""
    return _current().copy()
