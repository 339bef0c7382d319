"""Handlers whose files are set aside when they are large or old."""

import logging
import os
import re
import time

_HOUR = 3600
_DAY = 24 * _HOUR
# For each kind of interval: its seconds, and how the time is written behind the name of an old file.
_INTERVALS = {
    "S": (1, "%Y-%m-%d_%H-%M-%S", r"^\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}(\.\w+)?$"),
    "M": (60, "%Y-%m-%d_%H-%M", r"^\d{4}-\d{2}-\d{2}_\d{2}-\d{2}(\.\w+)?$"),
    "H": (_HOUR, "%Y-%m-%d_%H", r"^\d{4}-\d{2}-\d{2}_\d{2}(\.\w+)?$"),
    "D": (_DAY, "%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}(\.\w+)?$"),
    "MIDNIGHT": (_DAY, "%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}(\.\w+)?$"),
    "W": (7 * _DAY, "%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}(\.\w+)?$"),
}


class BaseRotatingHandler(logging.FileHandler):
    """What decides before each record whether to go on with a new file."""

    __module__ = "logging.handlers"

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)

    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            super().emit(record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        """The name of an old file, which `namer` may change."""
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        """Sets a file aside, by renaming it unless there is a `rotator`."""
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _close_stream(self):
        if self.stream:
            self.stream.close()
            self.stream = None

    def _set_aside(self, name):
        if os.path.exists(name):
            os.remove(name)
        self.rotate(self.baseFilename, name)

    def _is_special(self):
        """Whether the file is there but no regular one, as /dev/null."""
        return os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename)


class RotatingFileHandler(BaseRotatingHandler):
    """Sets its file aside, as name.1, name.2 and so on, before it becomes larger than a number of bytes."""

    __module__ = "logging.handlers"

    def __init__(
        self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None,
    ):
        super().__init__(filename, "a" if maxBytes > 0 else mode, encoding=encoding, delay=delay, errors=errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def doRollover(self):
        """Sets the file aside, and the older ones one further."""
        self._close_stream()
        if self.backupCount > 0:
            names = [self.rotation_filename(f"{self.baseFilename}.{i}") for i in range(1, self.backupCount + 1)]
            for older, newer in zip(reversed(names), reversed(names[:-1])):
                if os.path.exists(newer):
                    if os.path.exists(older):
                        os.remove(older)
                    os.rename(newer, older)
            self._set_aside(names[0])
        if not self.delay:
            self.stream = self._open()

    def shouldRollover(self, record):
        """Whether the file would become too large."""
        if self._is_special():
            return False
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes <= 0:
            return False
        self.stream.seek(0, 2)
        return self.stream.tell() + len(f"{self.format(record)}\n") >= self.maxBytes


class TimedRotatingFileHandler(BaseRotatingHandler):
    """Sets its file aside after a time: seconds, minutes, hours, days, at midnight or on a day of the week."""

    __module__ = "logging.handlers"

    def __init__(
        self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False, atTime=None,
        errors=None,
    ):
        super().__init__(filename, "a", encoding=encoding, delay=delay, errors=errors)
        self.when = when.upper()
        self.backupCount = backupCount
        self.utc = utc
        self.atTime = atTime
        kind = self.when
        if kind.startswith("W"):
            if len(kind) != 2:
                raise ValueError(
                    f"You must specify a day for weekly rollover from 0 to 6 (0 is Monday): {kind}"
                )
            if kind[1] not in "0123456":
                raise ValueError(f"Invalid day specified for weekly rollover: {kind}")
            self.dayOfWeek = int(kind[1])
            kind = "W"
        if kind not in _INTERVALS:
            raise ValueError(f"Invalid rollover interval specified: {self.when}")
        seconds, self.suffix, pattern = _INTERVALS[kind]
        self.extMatch = re.compile(pattern, re.ASCII)
        self.interval = seconds * interval
        exists = os.path.exists(self.baseFilename)
        begun = int(os.stat(self.baseFilename).st_mtime) if exists else int(time.time())
        self.rolloverAt = self.computeRollover(begun)

    def _at_hour(self):
        """Whether the file is set aside at an hour of the day."""
        return self.when == "MIDNIGHT" or self.when.startswith("W")

    def _same_hour(self, moment, is_dst):
        """A moment in the future, moved so that summer time does not change its hour."""
        if self.utc or time.localtime(moment).tm_isdst == is_dst:
            return moment
        return moment + (_HOUR if is_dst else -_HOUR)

    def computeRollover(self, currentTime):
        """When the file is to be set aside next."""
        if not self._at_hour():
            return currentTime + self.interval
        now = time.gmtime(currentTime) if self.utc else time.localtime(currentTime)
        at = _DAY if self.atTime is None else (self.atTime.hour * 60 + self.atTime.minute) * 60 + self.atTime.second
        wait = at - ((now.tm_hour * 60 + now.tm_min) * 60 + now.tm_sec)
        day = now.tm_wday
        if wait < 0:
            wait += _DAY
            day = (day + 1) % 7
        result = currentTime + wait
        if self.when.startswith("W") and day != self.dayOfWeek:
            return self._same_hour(result + (self.dayOfWeek - day) % 7 * _DAY, now.tm_isdst)
        return result

    def shouldRollover(self, record):
        """Whether the time has come."""
        now = int(time.time())
        if now < self.rolloverAt:
            return False
        if self._is_special():
            self.rolloverAt = self.computeRollover(now)
            return False
        return True

    def getFilesToDelete(self):
        """The old files of which there are too many."""
        folder, base = os.path.split(self.baseFilename)
        stem, extension = os.path.splitext(base)
        found = []
        for name in os.listdir(folder):
            if not name.startswith(f"{stem}."):
                continue
            suffix = name[len(stem) + 1 :]
            if not name.startswith(base):
                if self.namer is None:
                    continue
                if name.endswith(extension) and len(suffix) > 1 and not suffix[1].isdigit():
                    continue
            if any(self.extMatch.match(part) for part in suffix.split(".")):
                found.append(os.path.join(folder, name))
        return sorted(found)[: max(len(found) - self.backupCount, 0)]

    def doRollover(self):
        """Sets the file aside with the time of its beginning behind its name."""
        self._close_stream()
        now = int(time.time())
        is_dst = time.localtime(now).tm_isdst
        begun = self.rolloverAt - self.interval
        if self.utc:
            moment = time.gmtime(begun)
        else:
            moment = time.localtime(begun)
            if moment.tm_isdst != is_dst:
                moment = time.localtime(begun + (_HOUR if is_dst else -_HOUR))
        self._set_aside(self.rotation_filename(f"{self.baseFilename}.{time.strftime(self.suffix, moment)}"))
        if self.backupCount > 0:
            for name in self.getFilesToDelete():
                os.remove(name)
        if not self.delay:
            self.stream = self._open()
        following = self.computeRollover(now)
        while following <= now:
            following += self.interval
        self.rolloverAt = self._same_hour(following, is_dst) if self._at_hour() else following
