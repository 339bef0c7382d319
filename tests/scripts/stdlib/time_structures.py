"""time: struct_time and the functions for it, clocks, time zones."""
import copy
import os
import pickle
import time


def t(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


for argument in (0, 1e9, -1.5, 2**31, 253402300800, "x", float("nan"), 1e300, 10**30, 10**17, True):
    t(time.gmtime, argument)
t(time.localtime, 10**17)
t(time.struct_time, (1, 2))
t(time.struct_time, range(12))
t(time.struct_time, range(11))
t(time.struct_time, 3)
t(time.struct_time, range(9), 3)
t(time.struct_time, range(9), {"tm_zone": "x"})
made = time.struct_time(range(9), {"tm_zone": "x"})
print(made.tm_zone, made.tm_gmtoff, time.struct_time(range(11)).tm_gmtoff, made == tuple(range(9)), len(made))
epoch = time.gmtime(0)
print(epoch.tm_zone, epoch.tm_gmtoff, epoch[:3], hash(epoch) == hash(tuple(epoch)), epoch.n_fields)
print(epoch.n_sequence_fields, epoch.n_unnamed_fields, epoch.__match_args__, epoch.__reduce__())
print(copy.copy(epoch) == epoch, copy.copy(epoch).tm_zone, pickle.loads(pickle.dumps(epoch)).tm_zone)
print(time.struct_time, type(epoch).__module__, isinstance(epoch, tuple))

NINE = (2020, 2, 29, 13, 5, 59, 5, 60, 0)
t(time.asctime, NINE)
t(time.mktime, NINE)
t(time.strftime, "%Y-%m-%d %H:%M:%S %j %U %w %a %A %b %B %p %I %y %% %5 %Q é", NINE)
t(time.strftime, "", NINE)
for position, value in ((1, 13), (1, 0), (1, -1), (2, 32), (2, 0), (3, 24), (4, 60), (5, 62), (6, -2), (6, -1), (6, 9),
                        (7, 367), (7, 0), (8, 5), (0, 10**20), (0, 2**40), (0, -(2**40)), (0, "x"), (0, -5), (0, 12345)):
    changed = list(NINE)
    changed[position] = value
    t(time.asctime, tuple(changed))
    t(time.strftime, "%Y %m %d %H %M %S %w %j", tuple(changed))
for function in (time.asctime, time.mktime, lambda v: time.strftime("%Y", v)):
    for argument in ((1, 2), [1, 2], 5, None):
        t(function, argument)
t(time.strftime, 5)
t(time.strftime, "a\0b%Y")
t(time.ctime, 0.9)
t(time.mktime, (2**31 - 1, 1, 1, 0, 0, 0, 0, 0, 0))

for zone in ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "EST5EDT", "UTC"):
    os.environ["TZ"] = zone
    time.tzset()
    print(time.tzname, time.timezone, time.altzone, time.daylight)
    for moment in (1e9, 1.7e9):
        local = time.localtime(moment)
        print(local, local.tm_zone, local.tm_gmtoff, time.mktime(local), time.ctime(moment))
        print(time.strftime("%c %Z %z %x %X %s", local))

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "other"):
    t(time.get_clock_info, name)
t(time.get_clock_info, 3)
t(time.clock_getres, time.CLOCK_REALTIME)
t(time.clock_gettime, 99)
t(time.clock_settime, 99, 0)
print(abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 5, time.clock_gettime_ns(time.CLOCK_MONOTONIC) > 0)
print(sorted(name for name in vars(time) if name.startswith("CLOCK_")))
t(time.sleep, -1)
t(time.sleep, "x")
