"""Dates, times, moments, durations and time zones."""

from _datetime_date import IsoCalendarDate as _IsoCalendarDate, date
from _datetime_delta import timedelta, timezone, tzinfo
from _datetime_fields import MAXYEAR, MINYEAR
from _datetime_moment import datetime
from _datetime_time import time

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

UTC = timezone.utc

# Messages call these classes by their full names, as all that are not made by a class statement of the program.
for _class in (date, datetime, time, timedelta, timezone, tzinfo, _IsoCalendarDate):
    _class.__name__ = f"datetime.{_class.__name__}"
del _class, _IsoCalendarDate
