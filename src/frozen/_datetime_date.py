"""Dates."""

import time as _time

from _datetime_delta import timedelta
from _datetime_fields import (
    DAY_NAMES, MAX_ORDINAL, MAXYEAR, MINYEAR, MISSING, MONTH_NAMES, Field, check_date, day_of_year, from_iso_week,
    from_ordinal, iso_year_start, required, strftime, to_ordinal, type_name, whole,
)
from _datetime_iso import parse_date


class IsoCalendarDate(tuple):
    """Year, week and day of the week as ISO 8601 counts them."""

    __module__ = "datetime"
    __slots__ = ()

    def __new__(cls, year, week, weekday):
        return super().__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return "%s(year=%s, week=%s, weekday=%s)" % (type_name(type(self)), *self)

    def __reduce__(self):
        return tuple, (tuple(self),)


class date:
    """A day of the Gregorian calendar."""

    __module__ = "datetime"
    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year=MISSING, month=MISSING, day=MISSING):
        if month is MISSING and isinstance(year, bytes) and len(year) == 4 and 1 <= year[2] <= 12:
            high, low, month, day = year
            year = high * 256 + low
        elif not (type(year) is type(month) is type(day) is int):
            year, month, day = required(("year", year), ("month", month), ("day", day))
        try:
            check_date(year, month, day)
        except ValueError:
            whole(year), whole(month), whole(day)
            raise
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        return self

    @classmethod
    def _from_ordinal(cls, ordinal):
        """The date of an ordinal that arithmetic has led to."""
        if not 1 <= ordinal <= MAX_ORDINAL:
            raise OverflowError("date value out of range")
        return cls(*from_ordinal(ordinal))

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """The day, in local time, of a number of seconds since the Epoch."""
        return cls(*_time.localtime(0 if timestamp is None else timestamp)[:3])

    @classmethod
    def today(cls):
        """The current day."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        """The day with a number; 1 January of the year 1 has 1."""
        ordinal = whole(ordinal)
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        return cls(*from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, date_string, /):
        """The date that a text as of ISO 8601 tells."""
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            parts = parse_date(date_string)
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None
        return cls(*parts)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The day of a week of a year, as ISO 8601 counts them."""
        try:
            parts = whole(year), whole(week), whole(day)
        except OverflowError:
            raise ValueError("ISO calendar component out of range") from None
        return cls(*from_iso_week(*parts))

    year = Field("year", None)
    month = Field("month", None)
    day = Field("day", None)

    def __repr__(self):
        return f"{type_name(type(self))}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        """Text as that of `time.ctime`."""
        name, month = DAY_NAMES[self.weekday()], MONTH_NAMES[self._month]
        return f"{name} {month} {self._day:2} 00:00:00 {self._year:04}"

    def strftime(self, format):
        """Text in a format, see `time.strftime`."""
        return strftime(self, format, self.timetuple())

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format).__name__}")
        return self.strftime(format) if format else str(self)

    def isoformat(self):
        """Text as YYYY-MM-DD."""
        return f"{self._year:04}-{self._month:02}-{self._day:02}"

    def __str__(self):
        return self.isoformat()

    def timetuple(self):
        """A struct_time."""
        return self._struct(0, 0, 0, -1)

    def _struct(self, hour, minute, second, dst):
        day = day_of_year(self._year, self._month, self._day)
        parts = (self._year, self._month, self._day, hour, minute, second, self.weekday(), day, dst)
        return _time.struct_time(parts)

    def toordinal(self):
        """The number of the day; 1 January of the year 1 has 1."""
        return to_ordinal(self._year, self._month, self._day)

    def weekday(self):
        """The day of the week; Monday is 0."""
        return (to_ordinal(self._year, self._month, self._day) + 6) % 7

    def isoweekday(self):
        """The day of the week; Monday is 1."""
        return self.weekday() + 1

    def isocalendar(self):
        """Year, week and day as ISO 8601 counts them, with names."""
        ordinal = to_ordinal(self._year, self._month, self._day)
        year = self._year
        start = iso_year_start(year)
        if ordinal < start:
            year -= 1
            start = iso_year_start(year)
        elif ordinal >= start + 52 * 7 and ordinal >= iso_year_start(year + 1):
            year += 1
            start = iso_year_start(year)
        week, day = divmod(ordinal - start, 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def replace(self, year=None, month=None, day=None):
        """A date with other values for some fields."""
        return type(self)(
            self._year if year is None else year,
            self._month if month is None else month,
            self._day if day is None else day,
        )

    def __add__(self, other):
        if isinstance(other, timedelta):
            return type(self)._from_ordinal(self.toordinal() + other._days)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._from_ordinal(self.toordinal() - other._days)
        if isinstance(other, date) and not hasattr(other, "hour"):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _ymd(self):
        return self._year, self._month, self._day

    def __eq__(self, other):
        return self._ymd() == other._ymd() if isinstance(other, date) else NotImplemented

    def __lt__(self, other):
        return self._ymd() < other._ymd() if isinstance(other, date) else NotImplemented

    def __le__(self, other):
        return self._ymd() <= other._ymd() if isinstance(other, date) else NotImplemented

    def __gt__(self, other):
        return self._ymd() > other._ymd() if isinstance(other, date) else NotImplemented

    def __ge__(self, other):
        return self._ymd() >= other._ymd() if isinstance(other, date) else NotImplemented

    def __hash__(self):
        return hash(self._ymd())

    def _date_bytes(self, fold=0):
        high, low = divmod(self._year, 256)
        return bytes((high, low, self._month | fold << 7, self._day))

    def __reduce__(self):
        return type(self), (self._date_bytes(),)


date.min = date(MINYEAR, 1, 1)
date.max = date(MAXYEAR, 12, 31)
date.resolution = timedelta(1)
