"""What dates and times have in common: read-only fields, their ranges, and counting days.

Ordinals count days from 1 January of the year 1, which is day 1, in the Gregorian calendar prolonged to the past.
"""

from operator import attrgetter, ge, gt, index, le, lt

MINYEAR, MAXYEAR = 1, 9999
MAX_ORDINAL = 3652059
MISSING = object()

# The days before each month of a year that is no leap year; index 0 is unused.
_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
# Days in four hundred, a hundred and four years.
_DAYS_400, _DAYS_100, _DAYS_4 = 146097, 36524, 1461

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Field(property):
    """An attribute that a program can read only; the value stands in a slot with an underscore before its name."""

    def __init__(self, name, doc, message="attribute '{0}' of 'datetime.{1}' objects is not writable"):
        super().__init__(attrgetter(f"_{name}"), doc=doc)
        self._message = message

    def __set_name__(self, owner, name):
        self._name, self._owner = name, owner.__name__

    def __set__(self, instance, value):
        raise AttributeError(self._message.format(self._name, self._owner))

    def __delete__(self, instance):
        self.__set__(instance, None)

    def __repr__(self):
        return f"<attribute '{self._name}' of 'datetime.{self._owner}' objects>"


def type_name(cls):
    """What messages call a class."""
    return f"datetime.{cls.__name__}" if cls.__module__ == "datetime" else cls.__name__


def whole(value):
    """An argument as an integer that a C int can hold."""
    number = index(value)
    if not -(2**63) <= number < 2**63:
        raise OverflowError("Python int too large to convert to C long")
    if number >= 2**31:
        raise OverflowError("signed integer is greater than maximum")
    if number < -(2**31):
        raise OverflowError("signed integer is less than minimum")
    return number


def required(*arguments):
    """Arguments with their names, converted in order; an absent one is an error."""
    result = []
    for position, (name, value) in enumerate(arguments, 1):
        if value is MISSING:
            raise TypeError(f"function missing required argument '{name}' (pos {position})")
        result.append(whole(value))
    return result


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year, month):
    if month == 2 and is_leap(year):
        return 29
    return _BEFORE_MONTH[month + 1] - _BEFORE_MONTH[month]


def days_before_year(year):
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400


def day_of_year(year, month, day):
    return _BEFORE_MONTH[month] + day + (month > 2 and is_leap(year))


def to_ordinal(year, month, day):
    return days_before_year(year) + day_of_year(year, month, day)


def from_ordinal(ordinal):
    """Year, month and day."""
    cycles, rest = divmod(ordinal - 1, _DAYS_400)
    hundreds, rest = divmod(rest, _DAYS_100)
    fours, rest = divmod(rest, _DAYS_4)
    ones, rest = divmod(rest, 365)
    year = cycles * 400 + hundreds * 100 + fours * 4 + ones + 1
    if hundreds == 4 or ones == 4:
        # The last day of a cycle, which is longer than its equal parts.
        return year - 1, 12, 31
    month = (rest + 50) >> 5  # exact, or one too great
    before = _BEFORE_MONTH[month] + (month > 2 and is_leap(year))
    if before > rest:
        month -= 1
        before = _BEFORE_MONTH[month] + (month > 2 and is_leap(year))
    return year, month, rest - before + 1


def check_date(year, month, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= 28 and not 1 <= day <= days_in_month(year, month):
        raise ValueError("day is out of range for month")


def check_time(hour, minute, second, microsecond, fold):
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")


def iso_year_start(year):
    """The ordinal of the Monday with which the ISO year begins: the week has the first Thursday of the year."""
    first = to_ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def from_iso_week(year, week, day):
    """Year, month and day of a day of an ISO week."""
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"Year is out of range: {year}")
    start = iso_year_start(year)
    if not 1 <= week <= 52 and not (week == 53 and iso_year_start(year + 1) - start == 7 * 53):
        raise ValueError(f"Invalid week: {week}")
    if not 1 <= day <= 7:
        raise ValueError(f"Invalid day: {day} (range is [1, 7])")
    return from_ordinal(start + (week - 1) * 7 + day - 1)


def format_clock(hour, minute, second, microsecond, timespec="auto"):
    """The time of the day as ISO 8601 has it."""
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    if timespec == "seconds":
        return f"{hour:02}:{minute:02}:{second:02}"
    if timespec == "microseconds":
        return f"{hour:02}:{minute:02}:{second:02}.{microsecond:06}"
    if timespec == "milliseconds":
        return f"{hour:02}:{minute:02}:{second:02}.{microsecond // 1000:03}"
    if timespec == "minutes":
        return f"{hour:02}:{minute:02}"
    if timespec == "hours":
        return f"{hour:02}"
    raise ValueError("Unknown timespec value")


def format_offset(offset, separator=":"):
    """A time zone's offset, a timedelta or None, with a sign."""
    if offset is None:
        return ""
    sign = "+"
    if offset._days < 0:
        sign, offset = "-", -offset
    minutes, seconds = divmod(offset._days * 86400 + offset._seconds, 60)
    text = f"{sign}{minutes // 60:02}{separator}{minutes % 60:02}"
    if seconds or offset._microseconds:
        text += f"{separator}{seconds:02}"
    if offset._microseconds:
        text += f".{offset._microseconds:06}"
    return text


def strftime(moment, format, timetuple):
    """`time.strftime` with the directives that a time tuple cannot answer: %f, %z and %Z."""
    import time

    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    pieces = []
    rest = format
    while True:
        plain, percent, rest = rest.partition("%")
        pieces.append(plain)
        directive, rest = rest[:1], rest[1:]
        if directive == "f":
            pieces.append(f"{getattr(moment, 'microsecond', 0):06}")
        elif directive == "z":
            offset = moment.utcoffset() if hasattr(moment, "utcoffset") else None
            pieces.append(format_offset(offset, ""))
        elif directive == "Z":
            name = moment.tzname() if hasattr(moment, "tzname") else None
            pieces.append((name or "").replace("%", "%%"))
        else:
            pieces.append(percent + directive)
        if not directive:
            return time.strftime("".join(pieces), timetuple)


def add_comparisons(cls, kin):
    """Gives a class the comparisons with objects of the class `kin`, by the two things that its `_pair` makes of both;
    None if they can only be unequal."""
    def add(name, method):
        method.__name__, method.__qualname__, method.__module__ = name, f"{cls.__name__}.{name}", cls.__module__
        setattr(cls, name, method)

    def equal(self, other):
        if not isinstance(other, kin):
            return NotImplemented
        pair = self._pair(other, True)
        return pair is not None and pair[0] == pair[1]

    def ordering(holds):
        def compare(self, other):
            return holds(*self._pair(other)) if isinstance(other, kin) else NotImplemented
        return compare

    add("__eq__", equal)
    for name, holds in ("__lt__", lt), ("__le__", le), ("__gt__", gt), ("__ge__", ge):
        add(name, ordering(holds))
