"""Reading dates and times in a given format, for `time.strptime` and `datetime.strptime`.

A format becomes a regular expression with a group for each directive; the names are English, those of the C locale.
"""

import re
import time

from _datetime_fields import from_ordinal, is_leap, iso_year_start, to_ordinal

_DEFAULT = "%a %b %d %H:%M:%S %Y"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)
_PATTERNS = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]",
    "f": r"[0-9]{1,6}",
    "H": r"2[0-3]|[0-1]\d|\d",
    "I": r"1[0-2]|0[1-9]|[1-9]",
    "G": r"\d\d\d\d",
    "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]",
    "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d",
    "S": r"6[0-1]|[0-5]\d|\d",
    "U": r"5[0-3]|[0-4]\d|\d",
    "W": r"5[0-3]|[0-4]\d|\d",
    "w": r"[0-6]",
    "u": r"[1-7]",
    "V": r"5[0-3]|0[1-9]|[1-4]\d|\d",
    "y": r"\d\d",
    "Y": r"\d\d\d\d",
    "z": r"[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z)",
    "A": "|".join(sorted(_DAYS, key=len, reverse=True)),
    "a": "|".join(day[:3] for day in _DAYS),
    "B": "|".join(sorted(_MONTHS, key=len, reverse=True)),
    "b": "|".join(month[:3] for month in _MONTHS),
    "p": "am|pm",
}
# Directives that stand for several others.
_COMPOUND = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}
_compiled = {}


def _zone_names():
    """Names of standard time, and of summer time, in small letters."""
    standard, summer = time.tzname
    return {"utc", "gmt", standard.lower()}, {summer.lower()} if time.daylight else set()


def _pattern(format):
    """The regular expression for a format; a bad directive is a KeyError, one that is missing an IndexError."""
    format = re.sub(r"([\\.^$*+?\(){}\[\]|])", r"\\\1", format)
    plain, *pieces = re.sub(r"\s+", r"\\s+", format).split("%")
    result = [plain]
    skip = False
    for piece in pieces:
        if skip:
            # What follows the second of two percent signs.
            result.append(piece)
            skip = False
            continue
        if not piece:
            result.append("%")
            skip = True
            continue
        directive = piece[0]
        if directive in _COMPOUND:
            result.append(_pattern(_COMPOUND[directive]))
        elif directive == "Z":
            names = sorted(set.union(*_zone_names()), key=len, reverse=True)
            result.append(f"(?P<Z>{'|'.join(map(re.escape, names))})")
        else:
            result.append(f"(?P<{directive}>{_PATTERNS[directive]})")
        result.append(piece[1:])
    if skip:
        raise IndexError
    return "".join(result)


def _compile(format):
    key = format, time.tzname
    found = _compiled.get(key)
    if found is None:
        try:
            found = re.compile(_pattern(format), re.IGNORECASE)
        except KeyError as error:
            directive = error.args[0].replace("\\", "%")
            raise ValueError(f"'{directive}' is a bad directive in format '{format}'") from None
        except IndexError:
            raise ValueError(f"stray % in format '{format}'") from None
        if len(_compiled) >= 32:
            _compiled.clear()
        _compiled[key] = found
    return found


def _offset(text):
    """The seconds and microseconds of `%z`."""
    if text == "Z":
        return 0, 0
    digits = text[1:]
    if digits[2] == ":":
        digits = digits[:2] + digits[3:]
        if len(digits) > 4:
            if digits[4] != ":":
                raise ValueError(f"Inconsistent use of : in {text}")
            digits = digits[:4] + digits[5:]
    seconds = (int(digits[:2]) * 60 + int(digits[2:4])) * 60 + int(digits[4:6] or 0)
    microseconds = int(f"{digits[7:]:0<6}")
    return (-seconds, -microseconds) if text[0] == "-" else (seconds, microseconds)


def _year_of(fields):
    """The year, or None, and the year of ISO weeks, or None."""
    if "Y" in fields:
        return int(fields["Y"]), None
    if "y" in fields:
        year = int(fields["y"])
        return year + (2000 if year <= 68 else 1900), None
    return None, int(fields["G"]) if "G" in fields else None


def _month_of(fields):
    if "m" in fields:
        return int(fields["m"])
    if "B" in fields:
        return _MONTHS.index(fields["B"].lower()) + 1
    if "b" in fields:
        return [month[:3] for month in _MONTHS].index(fields["b"].lower()) + 1
    return 1


def _hour_of(fields):
    if "H" in fields:
        return int(fields["H"])
    if "I" not in fields:
        return 0
    return int(fields["I"]) % 12 + (12 if fields.get("p", "").lower() == "pm" else 0)


def _weekday_of(fields):
    if "A" in fields:
        return _DAYS.index(fields["A"].lower())
    if "a" in fields:
        return [day[:3] for day in _DAYS].index(fields["a"].lower())
    if "w" in fields:
        return (int(fields["w"]) - 1) % 7
    return int(fields["u"]) - 1 if "u" in fields else None


def _check_weeks(year, fields, weekday):
    """The directives of ISO weeks need each other."""
    iso_year, iso_week = "G" in fields and year is None, "V" in fields
    weekdays = "a weekday directive ('%A', '%a', '%w', or '%u')."
    if iso_year:
        if not iso_week or weekday is None:
            raise ValueError(f"ISO year directive '%G' must be used with the ISO week directive '%V' and {weekdays}")
        if "j" in fields:
            raise ValueError(
                "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead."
            )
    elif iso_week and "U" not in fields and "W" not in fields:
        if weekday is None:
            raise ValueError(f"ISO week directive '%V' must be used with the ISO year directive '%G' and {weekdays}")
        raise ValueError(
            "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead."
        )


def _day_in_week(year, fields, weekday):
    """The day of the year, perhaps none of that year, in a week counted from the first Sunday or Monday."""
    first = (to_ordinal(year, 1, 1) + 6) % 7
    sunday = "W" not in fields
    if sunday:
        first, weekday = (first + 1) % 7, (weekday + 1) % 7
    week = int(fields["U" if sunday else "W"])
    if week == 0:
        return 1 + weekday - first
    return 1 + (7 - first) % 7 + 7 * (week - 1) + weekday


def _strptime(data_string, format=_DEFAULT):
    """Year to second, day of the week and of the year, summer time, zone and its offset; and two fractions."""
    for position, value in enumerate((data_string, format)):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {position} must be str, not {type(value)}")
    found = _compile(format).match(data_string)
    if found is None:
        raise ValueError(f"time data {data_string!r} does not match format {format!r}")
    if found.end() != len(data_string):
        raise ValueError(f"unconverted data remains: {data_string[found.end():]}")
    fields = found.groupdict()
    year, iso_year = _year_of(fields)
    month, day = _month_of(fields), int(fields.get("d", 1))
    weekday = _weekday_of(fields)
    julian = int(fields["j"]) if "j" in fields else None
    gmtoff, gmtoff_fraction = _offset(fields["z"]) if "z" in fields else (None, 0)
    _check_weeks(year, fields, weekday)
    # Without a year there may be a 29 February all the same.
    no_year = year is None
    if no_year:
        year = 1904 if (month, day) == (2, 29) else 1900
    shown_1900 = no_year and year == 1904
    if julian is None and weekday is not None:
        if "U" in fields or "W" in fields:
            julian = _day_in_week(year, fields, weekday)
        elif iso_year is not None:
            year = iso_year
            ordinal = iso_year_start(year) + (int(fields["V"]) - 1) * 7 + weekday
            julian = ordinal - to_ordinal(year, 1, 1) + 1
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if is_leap(year) else 365
    from datetime import date

    if julian is None:
        ordinal = date(year, month, day).toordinal()
        julian = ordinal - to_ordinal(year, 1, 1) + 1
    else:
        ordinal = to_ordinal(year, 1, 1) + julian - 1
        year, month, day = from_ordinal(ordinal)
    if weekday is None:
        weekday = (ordinal + 6) % 7
    zone = fields.get("Z")
    clock = _hour_of(fields), int(fields.get("M", 0)), int(fields.get("S", 0))
    day_part = 1900 if shown_1900 else year, month, day
    fraction = int(f"{fields.get('f', ''):0<6}")
    return (*day_part, *clock, weekday, julian, _summer_time(zone), zone, gmtoff), fraction, gmtoff_fraction


def _summer_time(zone):
    """What the name of a zone says of summer time: 0, 1, or -1 for nothing."""
    if zone is None:
        return -1
    zone = zone.lower()
    for answer, names in enumerate(_zone_names()):
        if zone in names:
            same = time.tzname[0] == time.tzname[1] and time.daylight
            return -1 if same and zone not in ("utc", "gmt") else answer
    return -1


def _strptime_time(data_string, format=_DEFAULT):
    """A struct_time."""
    return time.struct_time(_strptime(data_string, format)[0])


def _strptime_datetime(cls, data_string, format=_DEFAULT):
    """A datetime of a class, with a time zone if the format has `%z`."""
    parts, fraction, gmtoff_fraction = _strptime(data_string, format)
    name, gmtoff = parts[-2:]
    if gmtoff is None:
        return cls(*parts[:6], fraction)
    from datetime import timedelta, timezone

    offset = timedelta(seconds=gmtoff, microseconds=gmtoff_fraction)
    return cls(*parts[:6], fraction, timezone(offset, name) if name else timezone(offset))
