"""Files of compiled time zones (TZif, RFC 8536), and the rules that hold after their last entry (POSIX TZ)."""

import re
from datetime import date, timedelta

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MAGIC = b"TZif"


class Kind:
    """One of the times of a zone: offset, summer time and name."""

    __slots__ = ("utcoff", "dstoff", "tzname", "seconds")

    def __init__(self, seconds, dst, name):
        self.seconds = seconds
        self.utcoff = timedelta(seconds=seconds)
        self.dstoff = timedelta(seconds=dst)
        self.tzname = name


def read(file):
    """The moments of changes, the kinds of time after each, the kind before the first, and the rule for the end."""
    data = file.read()
    version, counts, at = _header(data, 0)
    width = 4
    if version >= 2:
        # The second block has the same with times of 64 bits.
        at += _block_size(counts, 4)
        _, counts, at = _header(data, at)
        width = 8
    utc, std, leaps, times, types, chars = counts

    def numbers(start, count, size):
        return [int.from_bytes(data[start + i * size :][:size], "big", signed=True) for i in range(count)]

    moments = numbers(at, times, width)
    at += times * width
    indices = list(data[at : at + times])
    at += times
    entries = [data[at + 6 * i : at + 6 * i + 6] for i in range(types)]
    at += 6 * types
    names = data[at : at + chars]
    offsets = [int.from_bytes(entry[:4], "big", signed=True) for entry in entries]
    summers = [bool(entry[4]) for entry in entries]
    dst = _summer_offsets(indices, offsets, summers)
    kinds = []
    for i, entry in enumerate(entries):
        name = names[entry[5] : names.index(b"\0", entry[5])].decode()
        kinds.append(Kind(offsets[i], dst[i], name))
    before = next((kind for kind, summer in zip(kinds, summers) if not summer), kinds[0] if kinds else None)
    footer = ""
    if version >= 2:
        at += chars + leaps * (width + 4) + std + utc
        footer = data[at:].strip(b"\n").decode()
    after = [kinds[i] for i in indices]
    return moments, after, before, parse_rule(footer) if footer else (after[-1] if after else before)


def _header(data, at):
    if data[at : at + 4] != _MAGIC:
        raise ValueError("Invalid TZif file: magic not found")
    version = data[at + 4 : at + 5]
    counts = [int.from_bytes(data[at + 20 + 4 * i :][:4], "big") for i in range(6)]
    return 1 if version == b"\0" else int(version), counts, at + 44


def _block_size(counts, width):
    utc, std, leaps, times, types, chars = counts
    return times * (width + 1) + types * 6 + chars + leaps * (width + 4) + std + utc


def _summer_offsets(indices, offsets, summers):
    """What summer time adds in each kind of time: the difference to the standard time before or after it."""
    result = [0] * len(offsets)
    for i in range(1, len(indices)):
        kind = indices[i]
        if not summers[kind] or result[kind]:
            continue
        for neighbour in (i - 1, i + 1):
            if neighbour < len(indices) and not summers[indices[neighbour]]:
                result[kind] = offsets[kind] - offsets[indices[neighbour]]
                if result[kind]:
                    break
    return [3600 if summer and not seconds else seconds for seconds, summer in zip(result, summers)]


class Rule:
    """Summer time between two days of every year; the times of changes are those shown before."""

    def __init__(self, standard, summer, start, end):
        self.standard, self.summer = standard, summer
        self.start, self.end = start, end
        self.gain = summer.seconds - standard.seconds

    def _kind(self, seconds, start, end):
        if start < end:
            return self.summer if start <= seconds < end else self.standard
        return self.standard if end <= seconds < start else self.summer

    def at_local(self, seconds, year, fold):
        """The kind of time at local seconds since the Epoch."""
        start, end = self.start(year), self.end(year)
        if fold == (self.gain >= 0):
            end -= self.gain
        else:
            start += self.gain
        return self._kind(seconds, start, end)

    def at_utc(self, seconds, year):
        """The kind of time at seconds since the Epoch, and whether the clock shows this time again."""
        start, end = self.start(year) - self.standard.seconds, self.end(year) - self.summer.seconds
        kind = self._kind(seconds, start, end)
        back = end if self.gain > 0 else start
        return kind, back <= seconds < back + abs(self.gain)


_NAME = r"<[a-zA-Z0-9+-]+>|[a-zA-Z]+"
_TIME = r"[+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?"
_rule = re.compile(rf"({_NAME})({_TIME})(?:({_NAME})({_TIME})?(?:,([^,]+),([^,]+))?)?", re.ASCII)
_day = re.compile(rf"(?:M(\d{{1,2}})\.([1-5])\.([0-6])|(J?)(\d{{1,3}}))(?:/({_TIME}))?", re.ASCII)


def _seconds(text):
    sign = -1 if text[0] == "-" else 1
    hours, minutes, seconds = [int(part) for part in (text.lstrip("+-") + ":0:0").split(":")[:3]]
    return sign * ((hours * 60 + minutes) * 60 + seconds)


def parse_rule(text):
    """The rule, or the only kind of time, that a string as that of the variable TZ describes."""
    found = _rule.fullmatch(text)
    if found is None or found[3] and not found[5]:
        raise ValueError(f"{text} is not a valid TZ string")
    standard = Kind(-_seconds(found[2]), 0, found[1].strip("<>"))
    if not found[3]:
        return standard
    offset = -_seconds(found[4]) if found[4] else standard.seconds + 3600
    summer = Kind(offset, offset - standard.seconds, found[3].strip("<>"))
    return Rule(standard, summer, _parse_day(found[5], text), _parse_day(found[6], text))


def _parse_day(text, whole):
    """A function that gives the seconds of a change in a year."""
    found = _day.fullmatch(text)
    if found is None:
        raise ValueError(f"Invalid dst start/end date: {whole}")
    month, week, weekday, julian, day, time = found.groups()
    time = _seconds(time) if time else 7200
    if month is None:
        day, is_leap_counted = int(day), not julian

        def ordinal(year):
            first = date(year, 1, 1).toordinal()
            if is_leap_counted:
                return first + day
            leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            return first + day - 1 + (leap and day >= 60)

    else:
        month, week, weekday = int(month), int(week), int(weekday)

        def ordinal(year):
            first = date(year, month, 1)
            found = first.toordinal() + (weekday - first.isoweekday()) % 7 + (week - 1) * 7
            # The fifth such day is the last one.
            end = date(year + month // 12, month % 12 + 1, 1).toordinal() if (year, month) < (9999, 12) else 3652060
            return found if found < end else found - 7

    return lambda year: (ordinal(year) - _EPOCH_DAY) * 86400 + time
