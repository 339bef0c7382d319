"""zoneinfo: offsets through the years, hours that come twice or never, names."""
import copy
import pickle
import zoneinfo
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

for key in ("Europe/Berlin", "Europe/Dublin", "UTC", "Australia/Lord_Howe",
            "America/Sao_Paulo"):
    zone = ZoneInfo(key)
    print(zone, repr(zone), zone.key, zone is ZoneInfo(key), zone.utcoffset(None))
    for year in (1850, 1916, 1945, 1970, 1996, 2024, 2037, 2045, 9998):
        for month in (1, 4, 7, 10):
            moment = datetime(year, month, 1, 2, 30, tzinfo=zone)
            print(moment, moment.dst(), moment.tzname(), moment.astimezone(timezone.utc), end=" ")
        print()
    # Around the changes of a year within and of one behind the tables.
    for year in (2007, 2045):
        previous = None
        moment = datetime(year, 1, 1, tzinfo=timezone.utc)
        while moment.year == year:
            local = moment.astimezone(zone)
            if (local.utcoffset(), local.fold) != previous:
                print(moment, local, local.fold)
                previous = local.utcoffset(), local.fold
                assert local.replace(tzinfo=None).replace(tzinfo=zone, fold=local.fold) == local
            moment += timedelta(hours=24 if 8 < moment.day < 24 or moment.month in (1, 5, 6, 7, 8, 12) else 1)
for key in ("No/Where", "/etc/x", "../x", "Europe//Berlin"):
    try:
        ZoneInfo(key)
    except Exception as error:
        print(type(error).__name__, error)
print(repr(pickle.loads(pickle.dumps(ZoneInfo("UTC")))), copy.copy(ZoneInfo("UTC")) is ZoneInfo("UTC"))
print(ZoneInfo.no_cache("UTC") is ZoneInfo("UTC"), "Europe/Berlin" in zoneinfo.available_timezones(), zoneinfo.TZPATH)
print(repr(datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))))
with open("/usr/share/zoneinfo/Europe/Paris", "rb") as file:
    print(ZoneInfo.from_file(file, key="Paris"))
