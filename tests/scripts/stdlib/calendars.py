"""calendar and locale."""
import calendar
import locale

print(calendar.calendar(2024))
print(calendar.month(2024, 2), calendar.month(2024, 2, 5, 2))
print(calendar.calendar(2023, 3, 2, 4, 4))
calendar.prmonth(1999, 12)
calendar.setfirstweekday(calendar.SUNDAY)
print(calendar.month(2024, 2), calendar.firstweekday())
print(calendar.weekheader(3), calendar.weekheader(10), calendar.monthcalendar(2024, 9))
print(calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.leapdays(1900, 2024), calendar.weekday(0, 1, 1))
print(list(calendar.day_name), list(calendar.month_abbr), calendar.month_name[3:5], len(calendar.day_abbr))
html = calendar.HTMLCalendar()
print(html.formatmonth(2024, 2), html.formatyear(2024, 4), html.formatyearpage(2024)[-300:])
c = calendar.Calendar(3)
print(list(c.iterweekdays()), list(c.itermonthdates(2024, 2)), list(c.itermonthdays4(2024, 12)))
print(c.yeardayscalendar(2024, 5), c.monthdays2calendar(2024, 2), c.monthdatescalendar(2024, 2)[0])
for function, arguments in ((calendar.monthrange, (2024, 13)), (calendar.setfirstweekday, (7,)), (calendar.month, (2024, 0))):
    try:
        function(*arguments)
    except ValueError as error:
        print(type(error).__name__, error)
print(calendar.timegm((2024, 1, 1, 0, 0, 0)), calendar.LocaleTextCalendar(locale="C").formatmonth(2024, 3))
print(calendar.LocaleHTMLCalendar(locale="C").formatmonth(2024, 3))


def attempt(function, *args, **kwargs):
    try:
        print(args, repr(function(*args, **kwargs)))
    except Exception as error:
        print(args, type(error), error)


for name in ("C", "POSIX", "C.UTF-8", "xx_YY.UTF-8", "nothing", None, ("C", None), (None, None), 5):
    attempt(locale.setlocale, locale.LC_ALL, name)
attempt(locale.setlocale, 77, "C")
print(locale.localeconv(), locale.getpreferredencoding(), locale.getlocale())
attempt(locale.currency, 5)
attempt(locale.format_string, "%d %.2f %s%%", (1234567, 3.5, "x"), grouping=True)
attempt(locale.format_string, "%d", 1234567, True)
attempt(locale.format_string, "%(a)5.1f %%|%(b)s", {"a": 1, "b": 2}, True)
for function, argument in ((locale.str, 3.5), (locale.atof, "3.5"), (locale.atoi, "35"), (locale.strxfrm, "a")):
    attempt(function, argument)
attempt(locale.strcoll, "a", "b")
