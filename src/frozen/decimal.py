"""Decimal numbers with the precision that a context says, after the General Decimal Arithmetic Specification."""

from _decimal import (
    MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, Context, Decimal, _install, _set_signal, _signals, getcontext,
    setcontext,
)
from collections import namedtuple as _namedtuple
from collections.abc import MutableMapping as _MutableMapping
from numbers import Number as _Number, Rational as _Rational

__version__ = "1.70"
__libmpdec_version__ = "2.5.1"

HAVE_THREADS = True
HAVE_CONTEXTVAR = True

ROUND_UP = "ROUND_UP"
ROUND_DOWN = "ROUND_DOWN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_05UP = "ROUND_05UP"

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent")
_Number.register(Decimal)


# Signals: conditions that may be trapped

class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class Rounded(DecimalException):
    pass


class Inexact(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class InvalidOperation(DecimalException):
    pass


# What InvalidOperation comes from

class ConversionSyntax(InvalidOperation):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class InvalidContext(InvalidOperation):
    pass


_SIGNALS = (
    InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped,
)


class SignalDict(_MutableMapping):
    """The flags or the traps of a context, by signal."""

    __slots__ = ("_context", "_traps")

    def __init__(self, context, traps):
        self._context = context
        self._traps = traps

    def _number(self, signal):
        for number, known in enumerate(_SIGNALS):
            if signal is known:
                return number
        raise KeyError("invalid error flag")

    def __getitem__(self, signal):
        return _signals(self._context, self._traps)[self._number(signal)]

    def __setitem__(self, signal, value):
        _set_signal(self._context, self._traps, self._number(signal), value)

    def __delitem__(self, signal):
        raise ValueError("signal keys cannot be deleted")

    def __iter__(self):
        return iter(_SIGNALS)

    def __len__(self):
        return len(_SIGNALS)

    def __repr__(self):
        return "{" + ", ".join(f"{signal}:{value}" for signal, value in self.items()) + "}"

    def __eq__(self, other):
        if isinstance(other, SignalDict):
            return _signals(self._context, self._traps) == _signals(other._context, other._traps)
        if isinstance(other, dict):
            return self.copy() == other
        return NotImplemented

    def copy(self):
        """The same as a dictionary."""
        return dict(self.items())


class ContextManager:
    """Makes a copy of a context the current one for a block."""

    __slots__ = ("_context", "_before")

    def __init__(self, context):
        self._context = context
        self._before = getcontext()

    def __enter__(self):
        setcontext(self._context)
        return self._context

    def __exit__(self, *exception):
        setcontext(self._before)
        return False


def localcontext(ctx=None, **settings):
    """A context manager for a copy of the context, that of the thread if None, with some settings changed."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    ctx = ctx.copy()
    for name, value in settings.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError(f"{name!r} is an invalid keyword argument for this function")
        if value is not None:
            setattr(ctx, name, value)
    return ContextManager(ctx)


for _class in (SignalDict, ContextManager):
    _class.__module__ = "abc" if _class is SignalDict else "decimal"

_helpers = {_class.__name__: _class for _class in _SIGNALS}
for _class in (
    ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext, SignalDict, DecimalTuple,
):
    _helpers[_class.__name__] = _class
_helpers["Rational"] = _Rational
_install(_helpers)

DefaultContext = Context()
_helpers["DefaultContext"] = DefaultContext
BasicContext = Context(
    prec=9, rounding=ROUND_HALF_UP, flags=[], traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped],
)
ExtendedContext = Context(prec=9, flags=[], traps=[])
_helpers["BasicContext"] = BasicContext
_helpers["ExtendedContext"] = ExtendedContext
del _class
