"""datetime: arithmetic, text, time zones, local time, pickles, subclasses."""
import copy
import os
import pickle
import time as clock
from datetime import date, datetime, time, timedelta, timezone, tzinfo

# Every day of some years, counted and named.
for year in (1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999):
    first = date(year, 1, 1)
    for n in (0, 1, 30, 31, 58, 59, 60, 181, 364):
        day = first + timedelta(n)
        assert date.fromordinal(day.toordinal()) == day
        print(day, day.isocalendar(), day.weekday(), day.timetuple().tm_yday, end=" ")
        assert date.fromisocalendar(*day.isocalendar()) == day
    print()
ordinals = [date.fromordinal(n).toordinal() == n for n in range(1, 3652060, 9973)]
print(all(ordinals), len(ordinals))

# Durations.
d = timedelta(days=1.5, hours=-3, milliseconds=7, weeks=2)
print(d, repr(d), d.total_seconds(), d.days, d.seconds, d.microseconds, -d, abs(-d), +d)
print(d * 2, 3 * d, d * 0.5, d / 4, d // 7, d / timedelta(hours=1), d // timedelta(hours=1), d % timedelta(hours=1))
print(divmod(d, timedelta(hours=5)), d / 1.5, timedelta(microseconds=3) / 2, timedelta(microseconds=5) / 2)
for n in (-3, -2, -1, 1, 2, 3):
    print(timedelta(microseconds=n) / 2, timedelta(microseconds=n) * 0.5, timedelta(microseconds=n / 2), end=" ")
print()
print(sorted([timedelta(1), timedelta(0), timedelta(-1), timedelta(hours=5)]), sum([d, d], timedelta()))
print(timedelta(1) in {timedelta(hours=24)}, bool(timedelta()), timedelta(seconds=-1), str(timedelta(days=-2, hours=1)))
print(hash(timedelta(1, 2, 3)) == hash((1, 2, 3)), timedelta.max, timedelta.min)

# Moments.
m = datetime(2024, 2, 29, 13, 14, 15, 161718)
print(m, repr(m), m.isoformat("_"), m.ctime(), m.date(), m.time(), m.timetz(), m.weekday(), m.isoweekday())
for timespec in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"):
    print(m.isoformat(timespec=timespec), m.time().isoformat(timespec), end=" ")
print()
print(m + timedelta(days=366), m - timedelta(microseconds=161719), m - datetime(2000, 1, 1), m.replace(year=2023, day=1))
print(m.timetuple(), m.utctimetuple())
print(m.strftime("%a %A %w %d %b %B %m %y %Y %H %I %p %M %S %f %z %Z %j %U %W %c %x %X %G %u %V %%"))
print(f"{m:%d.%m.%Y}", f"{m.date():%A}", f"{m.time():%H-%M}", f"{m}", format(m, ""))
print(min(m, datetime(1999, 1, 1)), m == datetime(2024, 2, 29, 13, 14, 15, 161718), m != m.date(), m > datetime.min)
print(datetime.combine(date(2020, 2, 3), time(4, 5, tzinfo=timezone.utc)), datetime.strptime("3/2/20 4:05", "%d/%m/%y %H:%M"))
for text in ("2024-02-29", "2024-02-29T01", "20240229T0102", "2024-W09-4T01:02:03.5", "2024W094 010203,123456789Z",
             "2024-02-29 01:02:03+05:30", "2024-02-29T01:02:03.000004-00:00:30", "2024-02-29x10:11:12.1234"):
    print(text, repr(datetime.fromisoformat(text)))
for text in ("01:02", "T010203", "01:02:03.04+01:00", "23"):
    print(text, repr(time.fromisoformat(text)))
for text in ("2024-2-29", "2024-0229", "2024-02-30", "2024-02-29T1", "2024-02-29T01:0203", "2024-02-29T01:02:03.", "x" * 10):
    try:
        print(datetime.fromisoformat(text))
    except ValueError as error:
        print(error)

# Time zones.
east = timezone(timedelta(hours=5, minutes=30))
west = timezone(timedelta(hours=-8), "PST")
a = datetime(2024, 1, 1, 12, tzinfo=east)
print(a, a.astimezone(west), a.astimezone(timezone.utc), a.utcoffset(), a.dst(), a.tzname(), west.tzname(None))
print(a == a.astimezone(west), hash(a) == hash(a.astimezone(west)), a - a.astimezone(west), a.timestamp(), a.utctimetuple())
print(a < datetime(2024, 1, 1, 12, tzinfo=timezone.utc), a.strftime("%z %Z"), a.replace(tzinfo=None), a.timetz())
print(datetime.fromtimestamp(1e9, east), datetime.fromtimestamp(0, timezone.utc), datetime.utcfromtimestamp(1e9 + 0.5))
print(time(1, tzinfo=east) == time(20, 30, tzinfo=timezone(timedelta(hours=1))), time(1) < time(2), time(1, tzinfo=east))


class Rules(tzinfo):
    """Summer time from April to September."""

    def utcoffset(self, dt):
        return timedelta(hours=1) + self.dst(dt)

    def dst(self, dt):
        return timedelta(hours=1 if 4 <= dt.month <= 9 else 0)

    def tzname(self, dt):
        return "summer" if self.dst(dt) else "standard"


for month in (1, 3, 4, 9, 10):
    local = datetime(2024, month, 1, 0, 30, tzinfo=Rules())
    print(local, local.tzname(), local.astimezone(timezone.utc), local.astimezone(timezone.utc).astimezone(Rules()))


class Wrong(Rules):
    def dst(self, dt):
        return 5

    def utcoffset(self, dt):
        return timedelta(days=2)

    def tzname(self, dt):
        return 7


for method in ("dst", "utcoffset", "tzname", "isoformat", "timetuple"):
    try:
        print(getattr(datetime(2024, 1, 1, tzinfo=Wrong()), method)())
    except Exception as error:
        print(method, type(error).__name__, error)

# Local time, with hours that come twice or never.
os.environ["TZ"] = "Europe/Berlin"
clock.tzset()
for seconds in (0, 1711846799, 1711846800, 1729987199, 1729990799, 1729990800, 1729994400, 1.5, -86400):
    local = datetime.fromtimestamp(seconds)
    print(local, local.fold, local.timestamp(), local.astimezone(), local.astimezone(timezone.utc), local.astimezone().tzname())
for fold in (0, 1):
    print(datetime(2024, 3, 31, 2, 30, fold=fold).timestamp(), datetime(2024, 10, 27, 2, 30, fold=fold).timestamp())
print(date.fromtimestamp(1711846800), abs(datetime.now() - datetime.fromtimestamp(clock.time())) < timedelta(seconds=5))
print(abs(datetime.now(timezone.utc) - datetime.now(east)) < timedelta(seconds=5), date.today() == datetime.today().date())

# Copies and pickles.
for value in (d, m, a, date(2024, 1, 1), time(1, 2, 3), time(1, tzinfo=west), west, timezone.utc, m.replace(fold=1)):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    print(repr(copy.copy(value)), copy.deepcopy(value) == value, value.__reduce_ex__(4)[1])
print(pickle.dumps(m, 3))


# Subclasses.
class Day(date):
    def next(self):
        return self + timedelta(1)


class Stamp(datetime):
    pass


day = Day(2024, 2, 28)
print(repr(day), repr(day.next()), type(day.next()).__name__, day.replace(day=1), Day.today().__class__.__name__)
print(repr(Stamp(2024, 1, 1) + timedelta(1)), type(Stamp.now()).__name__, type(Stamp.fromisoformat("2024-01-01")).__name__)
day.note = "kept"
print(day.note, day == date(2024, 2, 28), day < date(2024, 3, 1), isinstance(Stamp(2024, 1, 1), date))
