"""Reading dates and times as ISO 8601 writes them."""

from _datetime_delta import timedelta, timezone
from _datetime_fields import from_iso_week

_DIGITS = frozenset("0123456789")


def _number(text, length):
    if len(text) != length or not _DIGITS.issuperset(text):
        raise ValueError
    return int(text)


def parse_date(text):
    """Year, month and day of YYYY-MM-DD, YYYY-Www-D, or the same without hyphens; the day of a week may be absent."""
    if len(text) not in (7, 8, 10):
        raise ValueError
    year, rest = _number(text[:4], 4), text[4:]
    hyphen = "-" if rest.startswith("-") else ""
    rest = rest.removeprefix(hyphen)
    if rest.startswith("W"):
        week, rest = _number(rest[1:3], 2), rest[3:]
        if not rest:
            return from_iso_week(year, week, 1)
        return from_iso_week(year, week, _number(_without(rest, hyphen), 1))
    month, rest = _number(rest[:2], 2), rest[2:]
    return year, month, _number(_without(rest, hyphen), 2)


def _without(text, prefix):
    if not text.startswith(prefix):
        raise ValueError
    return text[len(prefix) :]


def date_length(text):
    """How many characters of a date and a time belong to the date, which any character separates."""
    if text[4] != "-" and text[4] != "W":
        return 8
    if text[4] == "W":
        digits = 7
        while digits < len(text) and text[digits] in _DIGITS:
            digits += 1
        # Behind YYYYWww stands a day, or the separator is a digit: the hours have two.
        return digits if digits < 9 else 7 if digits % 2 == 0 else 8
    if text[5] != "W":
        return 10
    if len(text) > 8 and text[8] == "-":
        if len(text) == 9:
            raise ValueError
        # A hyphen and two digits: it separates the time.
        return 8 if len(text) > 10 and text[10] in _DIGITS else 10
    return 8


def _parse_clock(text, zone=False):
    """Hour, minute, second and microsecond of HH[:MM[:SS[.f...]]] or the same without colons.

    Before a zone's sign something may be left over: a separator with nothing behind it, or what follows the six
    digits of a fraction that count.
    """
    parts = []
    rest, colon = text, None
    while len(parts) < 3:
        parts.append(_number(rest[:2], 2))
        rest = rest[2:]
        if not rest:
            return [*parts, 0, 0, 0][:4]
        if colon is None:
            colon = rest[0] == ":"
        separated = rest[0] in ".," or colon and rest[0] == ":"
        if separated and len(rest) == 1:
            if not zone:
                raise ValueError
            return [*parts, 0, 0, 0][:4]
        if rest[0] in ".,":
            break
        if colon != separated:
            raise ValueError
        rest = rest[separated:]
    else:
        # Digits after the seconds are a fraction, however they are separated.
        separated = False
    fraction = rest[separated:]
    microsecond = _number(fraction[:6], min(len(fraction), 6))
    if not zone and not _DIGITS.issuperset(fraction):
        raise ValueError
    return [*parts, 0, 0][:3] + [microsecond * 10 ** (6 - len(fraction[:6]))]


def parse_time(text):
    """Hour, minute, second, microsecond and time zone."""
    at = next((i for i, c in enumerate(text) if c in "-+Z"), None)
    if at is None:
        return [*_parse_clock(text), None]
    clock, zone = _parse_clock(text[:at], zone=True), text[at + 1 :]
    if text[at] == "Z":
        if zone:
            raise ValueError
        return [*clock, timezone.utc]
    hours, minutes, seconds, microseconds = _parse_clock(zone)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    return [*clock, (-offset if text[at] == "-" else offset)]
