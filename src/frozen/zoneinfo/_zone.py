"""The class of time zones."""

import os
from bisect import bisect_right
from collections import OrderedDict
from datetime import datetime, tzinfo
from weakref import WeakValueDictionary

from zoneinfo._rules import Kind, Rule, read

_EPOCH_DAY = datetime(1970, 1, 1).toordinal()
_DEFAULT = "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo"
# How many zones are kept though nothing else refers to them.
_KEPT = 8
_path = ()


class ZoneInfoNotFoundError(KeyError):
    """There is no time zone of this name."""

    __module__ = "zoneinfo"


class InvalidTZPathWarning(RuntimeWarning):
    """The variable PYTHONTZPATH has a folder that is not absolute."""

    __module__ = "zoneinfo"


def tzpath():
    """The folders where time zones are looked for."""
    return _path


def reset_tzpath(to=None):
    """Sets the folders where time zones are looked for, by default from the variable PYTHONTZPATH."""
    global _path
    if to is not None:
        if isinstance(to, (str, bytes)):
            raise TypeError(f"tzpath must be a list or tuple, not {type(to)}: {to!r}")
        relative = [folder for folder in to if not os.path.isabs(folder)]
        if relative:
            raise ValueError(f"tzpath should only contain absolute paths, but found relative paths: {relative}")
        _path = tuple(to)
        return
    folders = os.environ.get("PYTHONTZPATH", _DEFAULT).split(":")
    _path = tuple([folder for folder in folders if os.path.isabs(folder)])


reset_tzpath()


def _find(key):
    """The file of a time zone."""
    if os.path.isabs(key):
        raise ValueError(f"ZoneInfo keys may not be absolute paths, got: {key}")
    normal = os.path.normpath(key)
    if len(normal) != len(key):
        raise ValueError(f"ZoneInfo keys must be normalized relative paths, got: {key}")
    if normal.startswith(".."):
        raise ValueError(f"ZoneInfo keys must refer to subdirectories of TZPATH, got: {key}")
    for folder in _path:
        path = os.path.join(folder, key)
        if os.path.isfile(path):
            return path
    raise ZoneInfoNotFoundError(f"No time zone found with key {key}")


def _seconds(dt):
    """Seconds since the Epoch, as if it were UTC."""
    return (((dt.toordinal() - _EPOCH_DAY) * 24 + dt.hour) * 60 + dt.minute) * 60 + dt.second


class ZoneInfo(tzinfo):
    """A time zone of the data base of the system; the same object for the same name."""

    __module__ = "zoneinfo"
    _kept = OrderedDict()
    _known = WeakValueDictionary()

    def __init_subclass__(cls):
        cls._kept, cls._known = OrderedDict(), WeakValueDictionary()

    def __new__(cls, key):
        zone = cls._known.get(key)
        if zone is None:
            zone = cls._known.setdefault(key, cls._load(key))
            zone._cached = True
        cls._kept[key] = cls._kept.pop(key, zone)
        if len(cls._kept) > _KEPT:
            cls._kept.popitem(last=False)
        return zone

    @classmethod
    def no_cache(cls, key):
        """A new object for a name."""
        return cls._load(key)

    @classmethod
    def from_file(cls, fobj, /, key=None):
        """The time zone that a binary file describes."""
        self = super().__new__(cls)
        self._key, self._cached = key, False
        self._file = None if key else repr(fobj)
        self._moments, self._after, self._before, self._end = read(fobj)
        # Local time of the changes: the later of the times that the clock then shows, and the earlier one.
        self._walls = [], []
        previous = self._before
        for moment, kind in zip(self._moments, self._after):
            offsets = sorted((previous.seconds, kind.seconds))
            self._walls[0].append(moment + offsets[1])
            self._walls[1].append(moment + offsets[0])
            previous = kind
        self._fixed = not self._moments and isinstance(self._end, Kind)
        return self

    @classmethod
    def _load(cls, key):
        with open(_find(key), "rb") as file:
            return cls.from_file(file, key)

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        """Forgets zones, so that they are read again."""
        for key in list(cls._known) if only_keys is None else only_keys:
            cls._known.pop(key, None)
            cls._kept.pop(key, None)

    @property
    def key(self):
        """The name."""
        return self._key

    def _kind_at(self, dt):
        """The kind of time at a local time."""
        if dt is None:
            return self._end if self._fixed else None
        seconds = _seconds(dt)
        i = bisect_right(self._walls[dt.fold], seconds)
        if i < len(self._moments) or isinstance(self._end, Kind):
            if i == len(self._moments) and (i == 0 or self._walls[dt.fold]):
                return self._end
            return self._after[i - 1] if i else self._before
        return self._end.at_local(seconds, dt.year, dt.fold)

    def utcoffset(self, dt, /):
        """How far the zone is ahead of UTC."""
        kind = self._kind_at(dt)
        return kind and kind.utcoff

    def dst(self, dt, /):
        """What summer time adds."""
        kind = self._kind_at(dt)
        return kind and kind.dstoff

    def tzname(self, dt, /):
        """The name of the time, such as CET."""
        kind = self._kind_at(dt)
        return kind and kind.tzname

    def fromutc(self, dt, /):
        """The time in this zone of a moment that is given in UTC, but with this zone."""
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        seconds = _seconds(dt)
        i = bisect_right(self._moments, seconds)
        if i == len(self._moments) and isinstance(self._end, Rule):
            kind, fold = self._end.at_utc(seconds, dt.year)
            if i:
                # The last change of the table may still count.
                fold = fold or self._repeats(i, kind, seconds)
        else:
            kind = self._after[i - 1] if i else self._before or self._end
            fold = i > 0 and self._repeats(i, kind, seconds)
        return (dt + kind.utcoff).replace(fold=int(fold))

    def _repeats(self, i, kind, seconds):
        previous = self._after[i - 2] if i > 1 else self._before
        return previous.seconds - kind.seconds > seconds - self._moments[i - 1]

    def __repr__(self):
        if self._key is None:
            return f"zoneinfo.ZoneInfo.from_file({self._file})"
        return f"zoneinfo.ZoneInfo(key={self._key!r})"

    def __str__(self):
        return repr(self) if self._key is None else self._key

    def __reduce__(self):
        if self._key is None:
            import pickle

            raise pickle.PicklingError("Cannot pickle a ZoneInfo file created from a file stream.")
        return type(self)._unpickle, (self._key, int(self._cached))

    @classmethod
    def _unpickle(cls, key, cached, /):
        return cls(key) if cached else cls.no_cache(key)
