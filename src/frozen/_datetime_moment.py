"""Moments: a day with a time."""

import time as _time
from math import modf

from _datetime_date import date
from _datetime_delta import ask_name, ask_offset, check_tzinfo, new_delta, timedelta, timezone, total
from _datetime_fields import (
    DAY_NAMES, MAXYEAR, MAX_ORDINAL, MINYEAR, MISSING, MONTH_NAMES, Field, add_comparisons, check_date, check_time,
    format_clock, format_offset, from_ordinal, required, to_ordinal, type_name, whole,
)
from _datetime_iso import date_length, parse_date, parse_time
from _datetime_time import clock_bytes, extra_fields, from_clock_bytes, time, zone_of, zone_state

_time_class = time
_EPOCH_DAY = to_ordinal(1970, 1, 1)
_DAY_SECONDS = 86400
_DAY = _DAY_SECONDS * 1_000_000
_UNCHANGED = (None,) * 7


def _split_timestamp(timestamp):
    """Seconds and microseconds, rounded to the nearest, the even of two."""
    if not isinstance(timestamp, float):
        return timestamp, 0
    fraction, seconds = modf(timestamp)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if abs(seconds) >= 2.0**63:
        raise OverflowError("timestamp out of range for platform time_t")
    more, microseconds = divmod(round(fraction * 1e6), 1_000_000)
    return int(seconds) + more, microseconds


def _local_seconds(seconds):
    """What a local clock shows at a moment, as if it were UTC."""
    year, month, day, hour, minute, second = _time.localtime(seconds)[:6]
    check_date(year, month, day)
    days = to_ordinal(year, month, day) - _EPOCH_DAY
    return ((days * 24 + hour) * 60 + minute) * 60 + second


def _make(year, month, day, hour, minute, second, microsecond, zone, fold=0):
    """A datetime of fields that are known to be in their ranges."""
    self = object.__new__(datetime)
    self._year, self._month, self._day = year, month, day
    self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
    self._tzinfo, self._fold = zone, fold
    return self


class datetime(date):
    """A moment: a day and a time, with or without a time zone."""

    __module__ = "datetime"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(
        cls, year=MISSING, month=MISSING, day=MISSING, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *,
        fold=0,
    ):
        if isinstance(year, bytes) and len(year) == 10 and 1 <= year[2] & 0x7F <= 12:
            state, tzinfo = year, zone_state(month)
            year, month, day, fold = state[0] * 256 + state[1], state[2] & 0x7F, state[3], state[2] >> 7
            hour, minute, second, microsecond = from_clock_bytes(state[4:])
        elif not (type(year) is type(month) is type(day) is type(hour) is type(minute) is type(second) is int):
            year, month, day, hour, minute, second = required(
                ("year", year), ("month", month), ("day", day), ("hour", hour), ("minute", minute), ("second", second),
            )
        microsecond = whole(microsecond)
        try:
            check_date(year, month, day)
        except ValueError:
            whole(year), whole(month), whole(day)
            raise
        check_time(hour, minute, second, microsecond, fold)
        check_tzinfo(tzinfo)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    # Other ways to make one.

    @classmethod
    def _from_seconds(cls, seconds, microseconds, zone, local):
        """The moment so many seconds after the Epoch, in a zone, in local time, or in UTC without saying so."""
        convert = _time.localtime if local else _time.gmtime
        year, month, day, hour, minute, second = convert(seconds)[:6]
        # A leap second is the one before it.
        result = cls(year, month, day, hour, minute, min(second, 59), microseconds, zone)
        if zone is not None:
            return zone.fromutc(result)
        if local:
            # Summer time ends if the clock went back since a day ago, and showed the same before.
            shown = _local_seconds(seconds)
            change = shown - _local_seconds(seconds - _DAY_SECONDS) - _DAY_SECONDS
            if change < 0 and _local_seconds(seconds + change) == shown:
                result = result.replace(fold=1)
        return result

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The moment so many seconds after the Epoch, in a time zone or, without a zone, in local time."""
        check_tzinfo(tz)
        return cls._from_seconds(*_split_timestamp(timestamp), tz, tz is None)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """The moment so many seconds after the Epoch, in UTC but without a zone."""
        return cls._from_seconds(*_split_timestamp(timestamp), None, False)

    @classmethod
    def now(cls, tz=None):
        """The current moment in a time zone, by default the local time without a zone."""
        check_tzinfo(tz)
        seconds, rest = divmod(_time.time_ns(), 1_000_000_000)
        return cls._from_seconds(seconds, rest // 1000, tz, tz is None)

    @classmethod
    def utcnow(cls):
        """The current moment in UTC, but without a zone."""
        seconds, rest = divmod(_time.time_ns(), 1_000_000_000)
        return cls._from_seconds(seconds, rest // 1000, None, False)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """The moment of a day and a time of the day."""
        if not isinstance(date, _date_class):
            raise TypeError(f"combine() argument 1 must be datetime.date, not {type(date).__name__}")
        if not isinstance(time, _time_class):
            raise TypeError(f"combine() argument 2 must be datetime.time, not {type(time).__name__}")
        zone = time._tzinfo if tzinfo is True else tzinfo
        return cls(*date._ymd(), *time._clock(), zone, fold=time._fold)

    @classmethod
    def fromisoformat(cls, date_string, /):
        """The moment that a text as of ISO 8601 tells."""
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        clock, zone = [0, 0, 0, 0], None
        try:
            if len(date_string) < 7:
                raise ValueError
            length = len(date_string) if len(date_string) == 7 else date_length(date_string)
            day = parse_date(date_string[:length])
            if len(date_string) > length:
                *clock, zone = parse_time(date_string[length + 1 :])
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None
        return cls(*day, *clock, zone_of(zone))

    @classmethod
    def strptime(cls, date_string, format, /):
        """The moment that a text in a format tells, see `time.strptime`."""
        for position, value in enumerate((date_string, format), 1):
            if not isinstance(value, str):
                raise TypeError(f"strptime() argument {position} must be str, not {type(value).__name__}")
        from _strptime import _strptime_datetime

        return _strptime_datetime(cls, date_string, format)

    # Its parts.

    hour = Field("hour", None)
    minute = Field("minute", None)
    second = Field("second", None)
    microsecond = Field("microsecond", None)
    tzinfo = Field("tzinfo", None)
    fold = Field("fold", None)

    def date(self):
        """The day."""
        return date(self._year, self._month, self._day)

    def time(self):
        """The time of the day, without the zone."""
        return time(*self._clock(), fold=self._fold)

    def timetz(self):
        """The time of the day, with the zone."""
        return time(*self._clock(), self._tzinfo, fold=self._fold)

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    def replace(
        self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
        fold=None,
    ):
        """A moment with other values for some fields."""
        given = (year, month, day, hour, minute, second, microsecond)
        if given == _UNCHANGED and type(self) is datetime and fold in (None, 0, 1):
            check_tzinfo(None if tzinfo is True else tzinfo)
            zone = self._tzinfo if tzinfo is True else tzinfo
            return _make(*self._ymd(), *self._clock(), zone, self._fold if fold is None else fold)
        fields = [old if new is None else new for old, new in zip(self._ymd() + self._clock(), given)]
        zone = self._tzinfo if tzinfo is True else tzinfo
        return type(self)(*fields, zone, fold=self._fold if fold is None else fold)

    # Time zones.

    def utcoffset(self):
        """How far the zone is ahead of UTC; None without a zone."""
        return ask_offset(self._tzinfo, "utcoffset", self)

    def dst(self):
        """What summer time adds; None without a zone."""
        return ask_offset(self._tzinfo, "dst", self)

    def tzname(self):
        """The name of the zone; None without a zone."""
        return ask_name(self._tzinfo, self)

    def _shown_seconds(self):
        """Seconds since the Epoch, if this were UTC."""
        days = self.toordinal() - _EPOCH_DAY
        return ((days * 24 + self._hour) * 60 + self._minute) * 60 + self._second

    def _from_local(self):
        """Seconds since the Epoch at which a local clock shows this; `fold` chooses if there are two or none."""
        shown = self._shown_seconds()
        offset = _local_seconds(shown) - shown
        first = shown - offset
        hit = _local_seconds(first) == shown
        if hit:
            # Another moment may show the same, if the offset differs a day before or after.
            near = first + (_DAY_SECONDS if self._fold else -_DAY_SECONDS)
            other_offset = _local_seconds(near) - near
            if offset == other_offset:
                return first
        else:
            other_offset = _local_seconds(first) - first
        second = shown - other_offset
        if _local_seconds(second) == shown:
            return second
        if hit:
            return first
        # A time that the clock skips.
        return min(first, second) if self._fold else max(first, second)

    def timestamp(self):
        """Seconds since the Epoch, a float; without a zone it is local time."""
        if self._tzinfo is None:
            return self._from_local() + self._microsecond / 1e6
        return (self - _EPOCH).total_seconds()

    def astimezone(self, tz=None):
        """The same moment in another zone, by default that of local time."""
        check_tzinfo(tz)
        zone = self._tzinfo
        if zone is tz is not None:
            return self
        offset = self.utcoffset()
        if offset is None:
            zone = self._local_zone(self._from_local())
            offset = zone._offset
        utc = (self - offset).replace(tzinfo=None, fold=0)
        if tz is None:
            tz = self._local_zone(utc._shown_seconds())
        if zone is tz:
            return self.replace(tzinfo=tz)
        return tz.fromutc(utc.replace(tzinfo=tz))

    @staticmethod
    def _local_zone(seconds):
        local = _time.localtime(seconds)
        return timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)

    # Text and tuples.

    def __repr__(self):
        day = f"{self._year}, {self._month}, {self._day}"
        return f"{type_name(type(self))}({day}, {self._hour}, {self._minute}{extra_fields(self)})"

    def __str__(self):
        return self.isoformat(" ")

    def isoformat(self, sep="T", timespec="auto"):
        """Text as YYYY-MM-DDTHH:MM:SS, as exact as asked for, and the offset if there is one."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not {type(sep).__name__}")
        clock = format_clock(*self._clock(), timespec)
        offset = format_offset(self.utcoffset())
        return f"{self._year:04}-{self._month:02}-{self._day:02}{sep}{clock}{offset}"

    def ctime(self):
        """Text as that of `time.ctime`."""
        name, month = DAY_NAMES[self.weekday()], MONTH_NAMES[self._month]
        clock = format_clock(*self._clock(), "seconds")
        return f"{name} {month} {self._day:2} {clock} {self._year:04}"

    def timetuple(self):
        """A struct_time."""
        dst = self.dst()
        return self._struct(self._hour, self._minute, self._second, -1 if dst is None else int(bool(dst)))

    def utctimetuple(self):
        """A struct_time in UTC."""
        utc = self - (self.utcoffset() or timedelta())
        return utc._struct(utc._hour, utc._minute, utc._second, 0)

    # Arithmetic.

    def _count(self):
        """Microseconds since the day before 1 January of the year 1, whatever the zone."""
        days = to_ordinal(self._year, self._month, self._day)
        seconds = ((days * 24 + self._hour) * 60 + self._minute) * 60 + self._second
        return seconds * 1_000_000 + self._microsecond

    def _moved(self, microseconds):
        days, rest = divmod(self._count() + microseconds, _DAY)
        if not 1 <= days <= MAX_ORDINAL:
            raise OverflowError("date value out of range")
        seconds, microsecond = divmod(rest, 1_000_000)
        minutes, second = divmod(seconds, 60)
        day = from_ordinal(days) if days != to_ordinal(*self._ymd()) else self._ymd()
        clock = (*divmod(minutes, 60), second, microsecond)
        if type(self) is datetime:
            return _make(*day, *clock, self._tzinfo)
        return type(self)(*day, *clock, self._tzinfo)

    def __add__(self, other):
        return self._moved(total(other)) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._moved(-total(other))
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._count() - other._count()
        if self._tzinfo is other._tzinfo:
            return new_delta(difference)
        offset, other_offset = self.utcoffset(), other.utcoffset()
        if offset == other_offset:
            return new_delta(difference)
        if offset is None or other_offset is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return new_delta(difference + total(other_offset) - total(offset))

    def __rsub__(self, other):
        return NotImplemented

    # Comparison.

    def _pair(self, other, equality=False):
        """Two values that compare as the moments do; None if they are simply not equal."""
        if not isinstance(other, datetime):
            if equality:
                return None
            raise TypeError(f"can't compare {type_name(type(self))} to {type_name(type(other))}")
        mine, theirs = self._ymd() + self._clock(), other._ymd() + other._clock()
        if self._tzinfo is other._tzinfo:
            return mine, theirs
        offset, other_offset = self.utcoffset(), other.utcoffset()
        if equality and (self._is_ambiguous(offset) or other._is_ambiguous(other_offset)):
            return None
        if offset == other_offset:
            return mine, theirs
        if offset is None or other_offset is None:
            if equality:
                return None
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._count() - total(offset), other._count() - total(other_offset)

    def _is_ambiguous(self, offset):
        """Whether `fold` matters: such a moment equals none in another zone (PEP 495)."""
        return offset != self.replace(fold=not self._fold).utcoffset()

    def __hash__(self):
        offset = self.replace(fold=0).utcoffset() if self._fold else self.utcoffset()
        return hash(self._count() - (total(offset) if offset else 0))

    # Pickles.

    def __reduce_ex__(self, protocol):
        state = self._date_bytes(self._fold if protocol > 3 else 0) + clock_bytes(self)
        return type(self), ((state,) if self._tzinfo is None else (state, self._tzinfo))

    def __reduce__(self):
        return self.__reduce_ex__(2)


_date_class = date
add_comparisons(datetime, date)
datetime.min = datetime(MINYEAR, 1, 1)
datetime.max = datetime(MAXYEAR, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
