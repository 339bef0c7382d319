"""Dates in the headers of messages."""

import calendar
import datetime
import time

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Hours and minutes behind or ahead of UTC.
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "AST": -400, "ADT": -300, "EST": -500, "EDT": -400, "CST": -600, "CDT": -500,
    "MST": -700, "MDT": -600, "PST": -800, "PDT": -700,
}


def _written(fields, zone):
    year, month, day, hour, minute, second, weekday = fields[:7]
    return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]} {year:04} {hour:02}:{minute:02}:{second:02} {zone}"


def formatdate(timeval=None, localtime=False, usegmt=False):
    """A date as headers have it: of a time in seconds, now by default."""
    if timeval is None:
        timeval = time.time()
    utc = datetime.timezone.utc
    if localtime or usegmt:
        moment = datetime.datetime.fromtimestamp(timeval, utc)
        return format_datetime(moment.astimezone() if localtime else moment, False if localtime else usegmt)
    return format_datetime(datetime.datetime.fromtimestamp(timeval, utc).replace(tzinfo=None))


def format_datetime(dt, usegmt=False):
    """A datetime as headers have it; one without a zone is in UTC, and -0000 says that its place is not known."""
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        zone = "GMT"
    else:
        zone = "-0000" if dt.tzinfo is None else dt.strftime("%z")
    return _written(dt.timetuple(), zone)


def _clock(text):
    """Hour, minute and second."""
    parts = text.split(":") if ":" in text else text.split(".")
    numbers = [int(part) for part in parts] + [0]
    return numbers[:3] if 2 <= len(parts) <= 3 else None


def _zone(text):
    """Seconds ahead of UTC; None for -0000, which says nothing."""
    text = text.upper()
    number = _ZONES.get(text)
    if number is None:
        try:
            number = int(text)
        except ValueError:
            return None
        if number == 0 and text.startswith("-"):
            return None
    sign = -1 if number < 0 else 1
    return sign * (abs(number) // 100 * 3600 + abs(number) % 100 * 60)


def _parse(data):
    """The nine fields of a date and the zone, or None."""
    words = data.replace(",", ", ").split() if data else []
    if words and (words[0].endswith(",") or words[0].lower()[:3] in map(str.lower, _DAYS)):
        del words[0]
    if len(words) == 3 or (words and words[0].count("-") == 2):
        # 20-Nov-1995
        words[:1] = words[0].split("-")
    if len(words) == 4:
        # The zone may stand right behind the time.
        for sign in "+-":
            if sign in words[3]:
                clock, _, zone = words[3].partition(sign)
                words[3:] = [clock, sign + zone]
                break
        else:
            words.append("")
    if len(words) < 5:
        return None
    day, month, year, clock, zone = words[:5]
    if month.lower()[:3] not in map(str.lower, _MONTHS):
        day, month = month, day
    if month.lower()[:3] not in map(str.lower, _MONTHS):
        return None
    if ":" in year:
        year, clock = clock, year
    try:
        month = [name.lower() for name in _MONTHS].index(month.lower()[:3]) + 1
        day, year, fields = int(day.rstrip(",")), int(year.rstrip(",")), _clock(clock)
    except ValueError:
        return None
    if fields is None:
        return None
    if year < 100:
        year += 1900 if year > 68 else 2000
    return [year, month, day, *fields, 0, 1, -1], zone


def parsedate_tz(data):
    """The nine fields of a date and seconds ahead of UTC, or None."""
    parsed = _parse(data)
    if parsed is None:
        return None
    return *parsed[0], _zone(parsed[1]) or 0


def parsedate(data):
    """The nine fields of a date, or None."""
    parsed = _parse(data)
    return tuple(parsed[0]) if parsed else None


def mktime_tz(data):
    """Seconds since 1970 for what parsedate_tz() gives."""
    return time.mktime(data[:8] + (-1,)) if data[9] is None else calendar.timegm(data) - data[9]


def parsedate_to_datetime(data):
    """A date as a datetime, without a zone if it is -0000."""
    parsed = _parse(data)
    if parsed is None:
        raise ValueError("Invalid date value or format \"%s\"" % str(data))
    fields, offset = parsed[0][:6], _zone(parsed[1])
    if offset is None:
        return datetime.datetime(*fields)
    return datetime.datetime(*fields, tzinfo=datetime.timezone(datetime.timedelta(seconds=offset)))


def localtime(dt=None, isdst=-1):
    """A datetime in the zone of the system."""
    if dt is None:
        dt = datetime.datetime.now(datetime.timezone.utc)
    return dt.astimezone()
