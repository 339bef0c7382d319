"""Durations, and time zones of a fixed offset."""

from math import modf

from _datetime_fields import MISSING, Field, format_offset, type_name

_DAY = 86_400_000_000
_READONLY = "readonly attribute"
# The parts of a duration in microseconds, in the order in which fractions are added up.
_UNITS = (
    ("microseconds", 1), ("milliseconds", 1000), ("seconds", 1_000_000), ("minutes", 60_000_000),
    ("hours", 3_600_000_000), ("days", _DAY), ("weeks", 7 * _DAY),
)


def _rounded_division(a, b):
    """The integer nearest to a / b, the even one of two."""
    quotient, rest = divmod(a, b)
    rest *= 2
    if (rest > b if b > 0 else rest < b) or rest == b and quotient % 2:
        quotient += 1
    return quotient


def new_delta(microseconds, cls=None):
    """A duration of so many microseconds."""
    days, rest = divmod(microseconds, _DAY)
    if not -999999999 <= days <= 999999999:
        if not -(2**31) <= days < 2**31:
            raise OverflowError("Python int too large to convert to C int")
        raise OverflowError(f"days={days}; must have magnitude <= 999999999")
    self = object.__new__(cls or timedelta)
    self._days = days
    self._seconds, self._microseconds = divmod(rest, 1_000_000)
    return self


def total(delta):
    return (delta._days * 86400 + delta._seconds) * 1_000_000 + delta._microseconds


def _add_fractions(parts):
    """The sum of parts some of which are fractions, rounded at the end only."""
    total, fractions = 0, 0.0
    for (name, factor), value in zip(_UNITS, parts):
        if isinstance(value, int):
            total += value * factor
        elif isinstance(value, float):
            fraction, integer = modf(value)
            total += int(integer) * factor
            if fraction:
                fraction, integer = modf(factor * fraction)
                total += int(integer)
                fractions += fraction
        else:
            raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
    if fractions:
        nearest = round(fractions)
        if abs(fractions - nearest) == 0.5:
            # Ties go to the number that makes the sum even.
            odd = total % 2
            nearest = 2 * round((fractions + odd) * 0.5) - odd
        total += nearest
    return total


class timedelta:
    """A duration, made of parts that may be integers or floats and may be negative."""

    __module__ = "datetime"
    __slots__ = ("_days", "_seconds", "_microseconds")

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        if type(days) is type(seconds) is type(microseconds) is int and not (milliseconds or minutes or hours or weeks):
            return new_delta((days * 86400 + seconds) * 1_000_000 + microseconds, cls)
        return new_delta(_add_fractions((microseconds, milliseconds, seconds, minutes, hours, days, weeks)), cls)

    days = Field("days", "The days; negative for a negative duration.", _READONLY)
    seconds = Field("seconds", "The seconds beyond whole days, never negative.", _READONLY)
    microseconds = Field("microseconds", "The microseconds beyond whole seconds, never negative.", _READONLY)

    def total_seconds(self):
        """The whole duration in seconds, a float."""
        return total(self) / 1_000_000

    def __repr__(self):
        parts = []
        for name in ("days", "seconds", "microseconds"):
            value = getattr(self, name)
            if value:
                parts.append(f"{name}={value}")
        return f"{type_name(type(self))}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        if self._days:
            text = f"{self._days} day{'s' if abs(self._days) != 1 else ''}, {text}"
        if self._microseconds:
            text += f".{self._microseconds:06}"
        return text

    def __add__(self, other):
        return new_delta(total(self) + total(other)) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return new_delta(total(self) - total(other)) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return new_delta(total(other) - total(self)) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return new_delta(-total(self))

    def __pos__(self):
        return new_delta(total(self))

    def __abs__(self):
        return new_delta(abs(total(self)))

    def __mul__(self, other):
        if isinstance(other, int):
            return new_delta(total(self) * other)
        if isinstance(other, float):
            numerator, denominator = other.as_integer_ratio()
            return new_delta(_rounded_division(total(self) * numerator, denominator))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return total(self) / total(other)
        if isinstance(other, int):
            return new_delta(_rounded_division(total(self), other))
        if isinstance(other, float):
            numerator, denominator = other.as_integer_ratio()
            return new_delta(_rounded_division(total(self) * denominator, numerator))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return total(self) // total(other)
        return new_delta(total(self) // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return new_delta(total(self) % total(other)) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(total(self), total(other))
        return quotient, new_delta(rest)

    def _parts(self):
        return self._days, self._seconds, self._microseconds

    def __eq__(self, other):
        return self._parts() == other._parts() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._parts() < other._parts() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._parts() <= other._parts() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._parts() > other._parts() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._parts() >= other._parts() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash(self._parts())

    def __bool__(self):
        return bool(self._days or self._seconds or self._microseconds)

    def __reduce__(self):
        return type(self), self._parts()


timedelta.min = new_delta(-999999999 * _DAY)
timedelta.max = new_delta(1_000_000_000 * _DAY - 1)
timedelta.resolution = new_delta(1)


class tzinfo:
    """What a time zone is made of, to be overridden."""

    __module__ = "datetime"
    __slots__ = ()

    def tzname(self, dt, /):
        """The name of the zone at a moment."""
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt, /):
        """How far the zone is ahead of UTC at a moment, a timedelta."""
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt, /):
        """What summer time adds at a moment, a timedelta."""
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt, /):
        """The time in this zone of a moment that is given in UTC, but with this zone."""
        self._check_utc(dt)
        offset, dst = dt.utcoffset(), dt.dst()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        if dst is None:
            raise ValueError("fromutc: non-None dst() result required")
        # Standard time first; then what summer time adds there.
        if offset != dst:
            dt += offset - dst
            dst = dt.dst()
            if dst is None:
                raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return dt + dst

    def _check_utc(self, dt):
        from datetime import datetime

        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")

    def __reduce__(self):
        args = self.__getinitargs__() if hasattr(self, "__getinitargs__") else ()
        return type(self), args, self.__getstate__()


def check_tzinfo(value):
    if value is not None and not isinstance(value, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(value).__name__}'")


def ask_offset(zone, method, moment):
    """What a time zone's `utcoffset` or `dst` says of a moment; None without a zone."""
    if zone is None:
        return None
    offset = getattr(zone, method)(moment)
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{method}() must return None or timedelta, not '{type(offset).__name__}'")
    if not -_DAY < total(offset) < _DAY:
        raise ValueError(
            "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)."
        )
    return offset


def ask_name(zone, moment):
    """What a time zone is called at a moment; None without a zone."""
    if zone is None:
        return None
    name = zone.tzname(moment)
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{type(name).__name__}'")
    return name


class timezone(tzinfo):
    """A zone that is always ahead of UTC by the same timedelta."""

    __module__ = "datetime"
    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=MISSING):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if name is MISSING:
            name = None
            if not offset and cls is timezone and hasattr(cls, "utc"):
                return cls.utc
        elif not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if not -_DAY < total(offset) < _DAY:
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                f"not {offset!r}."
            )
        self = object.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def _check(self, method, dt):
        from datetime import datetime

        if dt is not None and not isinstance(dt, datetime):
            kind = type(dt).__name__
            raise TypeError(f"{method}(dt) argument must be a datetime instance or None, not {kind}")

    def utcoffset(self, dt, /):
        """The offset."""
        self._check("utcoffset", dt)
        return self._offset

    def tzname(self, dt, /):
        """The name that was given, or one made of the offset."""
        self._check("tzname", dt)
        return str(self)

    def dst(self, dt, /):
        """None: nothing is known of summer time."""
        self._check("dst", dt)
        return None

    def fromutc(self, dt, /):
        """The time in this zone of a moment that is given in UTC, but with this zone."""
        self._check_utc(dt)
        return dt + self._offset

    def __str__(self):
        if self._name is not None:
            return self._name
        if not self._offset:
            return "UTC"
        return f"UTC{format_offset(self._offset)}"

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        name = "" if self._name is None else f", {self._name!r}"
        return f"datetime.timezone({self._offset!r}{name})"

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __getstate__(self):
        return None


timezone.utc = timezone(timedelta())
timezone.min = timezone(timedelta(hours=-23, minutes=-59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
