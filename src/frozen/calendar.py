"""Calendars of months and years, as data, as text and as HTML. Weeks begin on Monday unless told otherwise."""

import datetime
import sys
from itertools import chain, repeat

import locale as _locale

__all__ = [
    "IllegalMonthError", "IllegalWeekdayError", "setfirstweekday", "firstweekday", "isleap", "leapdays", "weekday",
    "monthrange", "monthcalendar", "prmonth", "month", "prcal", "calendar", "timegm", "month_name", "month_abbr",
    "day_name", "day_abbr", "Calendar", "TextCalendar", "HTMLCalendar", "LocaleTextCalendar", "LocaleHTMLCalendar",
    "weekheader", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY",
]

error = ValueError
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
January, February = 1, 2
EPOCH = 1970
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


class IllegalMonthError(ValueError):
    """A month that is not 1 to 12."""

    def __init__(self, month):
        self.month = month

    def __str__(self):
        return f"bad month number {self.month!r}; must be 1-12"


class IllegalWeekdayError(ValueError):
    """A day of the week that is not 0 to 6."""

    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return f"bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)"


class _Names:
    """Names that `strftime` gives to dates, a sequence that cannot be changed."""

    def __init__(self, format, dates):
        self._format = format
        self._dates = dates

    def _name(self, date):
        return date.strftime(self._format) if date else ""

    def __getitem__(self, i):
        found = self._dates[i]
        return [self._name(date) for date in found] if isinstance(i, slice) else self._name(found)

    def __len__(self):
        return len(self._dates)


# The first of January 2001 was a Monday.
_week = [datetime.date(2001, 1, day) for day in range(1, 8)]
_year = [None] + [datetime.date(2001, month, 1) for month in range(1, 13)]
day_name, day_abbr = _Names("%A", _week), _Names("%a", _week)
month_name, month_abbr = _Names("%B", _year), _Names("%b", _year)


def isleap(year):
    """Whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    """How many leap years there are from one year until before another."""

    def before(year):
        return (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400

    return before(y2) - before(y1)


def weekday(year, month, day):
    """The day of the week of a date; Monday is 0."""
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        # The calendar repeats itself.
        year = 2000 + year % 400
    return datetime.date(year, month, day).weekday()


def _length(year, month):
    return mdays[month] + (month == 2 and isleap(year))


def monthrange(year, month):
    """The day of the week with which a month begins, and how many days it has."""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), _length(year, month)


def _rows(items, length):
    return [items[i : i + length] for i in range(0, len(items), length)]


class Calendar:
    """The days of months and years in weeks."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self):
        """The day with which weeks begin."""
        return self._firstweekday % 7

    def setfirstweekday(self, firstweekday):
        """Sets the day with which weeks begin."""
        self._firstweekday = firstweekday

    firstweekday = property(getfirstweekday, setfirstweekday)

    def iterweekdays(self):
        """The days of a week, in order."""
        for i in range(self.firstweekday, self.firstweekday + 7):
            yield i % 7

    def _margins(self, year, month):
        """How many days of whole weeks lie before, in and after a month."""
        first, days = monthrange(year, month)
        return (first - self.firstweekday) % 7, days, (self.firstweekday - first - days) % 7

    def itermonthdates(self, year, month):
        """The dates of the weeks of a month, with those of other months in these weeks."""
        for parts in self.itermonthdays3(year, month):
            yield datetime.date(*parts)

    def itermonthdays(self, year, month):
        """The days of a month in whole weeks; those of other months are 0."""
        before, days, after = self._margins(year, month)
        yield from chain(repeat(0, before), range(1, days + 1), repeat(0, after))

    def itermonthdays2(self, year, month):
        """Such days with their days of the week."""
        for i, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, i % 7

    def itermonthdays3(self, year, month):
        """Year, month and day of the dates of the weeks of a month."""
        before, days, after = self._margins(year, month)
        last = (year - 1, 12) if month == 1 else (year, month - 1)
        following = (year + 1, 1) if month == 12 else (year, month + 1)
        end = _length(*last) + 1
        for day in range(end - before, end):
            yield *last, day
        for day in range(1, days + 1):
            yield year, month, day
        for day in range(1, after + 1):
            yield *following, day

    def itermonthdays4(self, year, month):
        """The same with the day of the week."""
        for i, parts in enumerate(self.itermonthdays3(year, month), self.firstweekday):
            yield *parts, i % 7

    def monthdatescalendar(self, year, month):
        """The weeks of a month as lists of dates."""
        return _rows(list(self.itermonthdates(year, month)), 7)

    def monthdays2calendar(self, year, month):
        """The weeks of a month as lists of pairs, day and day of the week."""
        return _rows(list(self.itermonthdays2(year, month)), 7)

    def monthdayscalendar(self, year, month):
        """The weeks of a month as lists of days, 0 for those of other months."""
        return _rows(list(self.itermonthdays(year, month)), 7)

    def yeardatescalendar(self, year, width=3):
        """The months of a year in rows; a month is that of `monthdatescalendar`."""
        return _rows([self.monthdatescalendar(year, month) for month in range(1, 13)], width)

    def yeardays2calendar(self, year, width=3):
        """The months of a year in rows; a month is that of `monthdays2calendar`."""
        return _rows([self.monthdays2calendar(year, month) for month in range(1, 13)], width)

    def yeardayscalendar(self, year, width=3):
        """The months of a year in rows; a month is that of `monthdayscalendar`."""
        return _rows([self.monthdayscalendar(year, month) for month in range(1, 13)], width)


class TextCalendar(Calendar):
    """Calendars as text."""

    def prweek(self, theweek, width):
        """Prints a week, without the end of the line."""
        print(self.formatweek(theweek, width), end="")

    def formatday(self, day, weekday, width):
        """A day; 0 becomes spaces."""
        return (f"{day:2}" if day else "").center(width)

    def formatweek(self, theweek, width):
        """A week, given as pairs."""
        return " ".join([self.formatday(day, weekday, width) for day, weekday in theweek])

    def formatweekday(self, day, width):
        """The name of a day of the week."""
        return (day_name if width >= 9 else day_abbr)[day][:width].center(width)

    def formatweekheader(self, width):
        """The names of the days of the week."""
        return " ".join([self.formatweekday(day, width) for day in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        """The name of a month."""
        name = month_name[themonth]
        return (f"{name} {theyear!r}" if withyear else name).center(width)

    def prmonth(self, theyear, themonth, w=0, l=0):
        """Prints a month."""
        print(self.formatmonth(theyear, themonth, w, l), end="")

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """A month: the width of a day, and how many lines a week has, may be given."""
        w, ends = max(2, w), "\n" * max(1, l)
        lines = [self.formatmonthname(theyear, themonth, 7 * (w + 1) - 1), self.formatweekheader(w)]
        lines += [self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth)]
        return "".join([line.rstrip() + ends for line in lines])

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """A year of `m` months in a row, with `c` spaces between them."""
        w, ends, c = max(2, w), "\n" * max(1, l), max(2, c)
        width = (w + 1) * 7 - 1
        header = self.formatweekheader(w)
        lines = [repr(theyear).center(width * m + c * (m - 1)), ""]
        for i, row in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * i + 1, min(m * (i + 1), 12) + 1)
            if i:
                lines.append("")
            lines.append(formatstring([self.formatmonthname(theyear, k, width, False) for k in months], width, c))
            lines.append(formatstring([header] * len(months), width, c))
            for j in range(max(map(len, row))):
                weeks = [self.formatweek(month[j], w) if j < len(month) else "" for month in row]
                lines.append(formatstring(weeks, width, c))
        return "".join([line.rstrip() + ends for line in lines])

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        """Prints a year."""
        print(self.formatyear(theyear, w, l, c, m), end="")


class HTMLCalendar(Calendar):
    """Calendars as HTML; the attributes are the CSS classes."""

    cssclasses = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cssclasses_weekday_head = cssclasses
    cssclass_noday = "noday"
    cssclass_month_head = "month"
    cssclass_month = "month"
    cssclass_year_head = "year"
    cssclass_year = "year"

    def formatday(self, day, weekday):
        """A cell for a day."""
        if day == 0:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'
        return f'<td class="{self.cssclasses[weekday]}">{day}</td>'

    def formatweek(self, theweek):
        """A row for a week, given as pairs."""
        return f"<tr>{''.join([self.formatday(day, weekday) for day, weekday in theweek])}</tr>"

    def formatweekday(self, day):
        """A cell for the name of a day of the week."""
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        """A row for the names of the days."""
        return f"<tr>{''.join([self.formatweekday(day) for day in self.iterweekdays()])}</tr>"

    def formatmonthname(self, theyear, themonth, withyear=True):
        """A row for the name of a month."""
        name = f"{month_name[themonth]} {theyear}" if withyear else month_name[themonth]
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{name}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """A table for a month."""
        lines = [
            f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_month}">',
            self.formatmonthname(theyear, themonth, withyear=withyear),
            self.formatweekheader(),
        ]
        lines += [self.formatweek(week) for week in self.monthdays2calendar(theyear, themonth)]
        return "\n".join([*lines, "</table>", ""])

    def formatyear(self, theyear, width=3):
        """A table of tables for a year."""
        width = max(width, 1)
        parts = [
            f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_year}">\n',
            f'<tr><th colspan="{width}" class="{self.cssclass_year_head}">{theyear}</th></tr>',
        ]
        for months in _rows(range(1, 13), width):
            cells = [f"<td>{self.formatmonth(theyear, month, withyear=False)}</td>" for month in months]
            parts.append(f"<tr>{''.join(cells)}</tr>")
        return "".join([*parts, "</table>"])

    def formatyearpage(self, theyear, width=3, css="calendar.css", encoding=None):
        """A page for a year, as bytes."""
        if encoding is None:
            encoding = sys.getdefaultencoding()
        strict = "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"
        lines = [
            f'<?xml version="1.0" encoding="{encoding}"?>',
            f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{strict}">',
            "<html>",
            "<head>",
            f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />',
        ]
        if css is not None:
            lines.append(f'<link rel="stylesheet" type="text/css" href="{css}" />')
        lines += [f"<title>Calendar for {theyear}</title>", "</head>", "<body>"]
        lines += [f"{self.formatyear(theyear, width)}</body>", "</html>", ""]
        return "\n".join(lines).encode(encoding, "xmlcharrefreplace")


class different_locale:
    """Names are those of another locale within a `with` statement."""

    def __init__(self, locale):
        self.locale = locale
        self.oldlocale = None

    def __enter__(self):
        self.oldlocale = _locale.setlocale(_locale.LC_TIME)
        _locale.setlocale(_locale.LC_TIME, self.locale)

    def __exit__(self, *args):
        if self.oldlocale is not None:
            _locale.setlocale(_locale.LC_TIME, self.oldlocale)


class _Localized:
    """What calendars with names in another language have in common."""

    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        if locale is None:
            locale = _locale.setlocale(_locale.LC_TIME)
            if locale == "C":
                with different_locale(""):
                    locale = _locale.setlocale(_locale.LC_TIME)
        self.locale = locale

    def formatweekday(self, *args):
        """The name of a day of the week."""
        with different_locale(self.locale):
            return super().formatweekday(*args)

    def formatmonthname(self, *args, **kwargs):
        """The name of a month."""
        with different_locale(self.locale):
            return super().formatmonthname(*args, **kwargs)


class LocaleTextCalendar(_Localized, TextCalendar):
    """Calendars as text with the names of a locale."""


class LocaleHTMLCalendar(_Localized, HTMLCalendar):
    """Calendars as HTML with the names of a locale."""


# The functions of the module are the methods of one calendar.
c = TextCalendar()
firstweekday = c.getfirstweekday
monthcalendar = c.monthdayscalendar
prweek = c.prweek
week = c.formatweek
weekheader = c.formatweekheader
prmonth = c.prmonth
month = c.formatmonth
calendar = c.formatyear
prcal = c.pryear


def setfirstweekday(firstweekday):
    """Sets the day with which weeks begin."""
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


def format(cols, colwidth=20, spacing=6):
    """Prints texts beside each other."""
    print(formatstring(cols, colwidth, spacing))


def formatstring(cols, colwidth=20, spacing=6):
    """Texts beside each other, each in the middle of its column."""
    return (" " * spacing).join([text.center(colwidth) for text in cols])


def timegm(tuple):
    """The seconds since the Epoch of a time tuple in UTC."""
    year, month, day, hour, minute, second = tuple[:6]
    days = (datetime.date(year, month, 1) - datetime.date(EPOCH, 1, 1)).days + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second
