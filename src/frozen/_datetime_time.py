"""Times of the day."""

from _datetime_delta import ask_name, ask_offset, check_tzinfo, timedelta, timezone, total, tzinfo
from _datetime_fields import (
    MISSING, Field, add_comparisons, check_time, format_clock, format_offset, strftime, type_name, whole,
)
from _datetime_iso import parse_time


def clock_bytes(moment, fold=0):
    """The bytes that a pickle has for the time of the day."""
    return bytes((moment._hour | fold << 7, moment._minute, moment._second)) + moment._microsecond.to_bytes(3, "big")


def from_clock_bytes(data):
    """Hour, with the flag of `fold` in its highest bit, minute, second and microsecond."""
    return data[0], data[1], data[2], int.from_bytes(data[3:], "big")


def zone_state(zone):
    """The time zone of a pickle, if it has one."""
    if zone is MISSING:
        return None
    if not isinstance(zone, tzinfo):
        raise TypeError("bad tzinfo state arg")
    return zone


def extra_fields(moment):
    """The arguments in a repr that are rarely there."""
    text = f", {moment._second}" if moment._second or moment._microsecond else ""
    text += f", {moment._microsecond}" if moment._microsecond else ""
    text += ", fold=1" if moment._fold else ""
    return text + (f", tzinfo={moment._tzinfo!r}" if moment._tzinfo is not None else "")


def zone_of(offset):
    """The time zone of a parsed offset."""
    return timezone(offset) if isinstance(offset, timedelta) else offset


class time:
    """A time of any day, with or without a time zone."""

    __module__ = "datetime"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, bytes) and len(hour) == 6 and hour[0] & 0x7F < 24:
            tzinfo = zone_state(minute or MISSING)
            hour, minute, second, microsecond = from_clock_bytes(hour)
            hour, fold = hour & 0x7F, hour >> 7
        elif not (type(hour) is type(minute) is type(second) is type(microsecond) is int):
            hour, minute, second, microsecond = map(whole, (hour, minute, second, microsecond))
        check_time(hour, minute, second, microsecond, fold)
        check_tzinfo(tzinfo)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    @classmethod
    def fromisoformat(cls, time_string, /):
        """The time that a text as of ISO 8601 tells."""
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            *parts, zone = parse_time(time_string.removeprefix("T"))
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {time_string!r}") from None
        return cls(*parts, zone_of(zone))

    hour = Field("hour", None)
    minute = Field("minute", None)
    second = Field("second", None)
    microsecond = Field("microsecond", None)
    tzinfo = Field("tzinfo", None)
    fold = Field("fold", None)

    def __repr__(self):
        return f"{type_name(type(self))}({self._hour}, {self._minute}{extra_fields(self)})"

    def isoformat(self, timespec="auto"):
        """Text as HH:MM:SS, as exact as asked for, and the offset if there is one."""
        clock = format_clock(self._hour, self._minute, self._second, self._microsecond, timespec)
        return clock + format_offset(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        """Text in a format, see `time.strftime`."""
        return strftime(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format).__name__}")
        return self.strftime(format) if format else str(self)

    def utcoffset(self):
        """How far the zone is ahead of UTC; None without a zone."""
        return ask_offset(self._tzinfo, "utcoffset", None)

    def dst(self):
        """What summer time adds; None without a zone."""
        return ask_offset(self._tzinfo, "dst", None)

    def tzname(self):
        """The name of the zone; None without a zone."""
        return ask_name(self._tzinfo, None)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """A time with other values for some fields."""
        return type(self)(
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    def _from_midnight(self, offset):
        """Microseconds since midnight in UTC."""
        seconds = (self._hour * 60 + self._minute) * 60 + self._second
        return seconds * 1_000_000 + self._microsecond - total(offset)

    def _pair(self, other, equality=False):
        """Two values that compare as the times do; None if one has an offset and the other has none."""
        if self._tzinfo is other._tzinfo:
            return self._clock(), other._clock()
        offset, other_offset = self.utcoffset(), other.utcoffset()
        if offset == other_offset:
            return self._clock(), other._clock()
        if offset is None or other_offset is None:
            if equality:
                return None
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._from_midnight(offset), other._from_midnight(other_offset)

    def __hash__(self):
        offset = self.replace(fold=0).utcoffset() if self._fold else self.utcoffset()
        return hash(self._from_midnight(offset or timedelta()))

    def __reduce_ex__(self, protocol):
        state = clock_bytes(self, self._fold if protocol > 3 else 0)
        return type(self), ((state,) if self._tzinfo is None else (state, self._tzinfo))

    def __reduce__(self):
        return self.__reduce_ex__(2)


add_comparisons(time, time)
time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
