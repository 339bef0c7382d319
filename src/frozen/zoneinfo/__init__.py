"""Time zones from the data base of the system."""

import os as _os

from zoneinfo._zone import ZoneInfo, ZoneInfoNotFoundError, InvalidTZPathWarning, reset_tzpath, tzpath as _tzpath

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]

# Files in the folders that are no time zones, and folders with other versions of them.
_NO_ZONES = ("posixrules",)
_VARIANTS = ("right", "posix")


def available_timezones():
    """The names of the time zones that are there."""
    found = set()
    for root in _tzpath():
        for folder, folders, files in _os.walk(root):
            if folder == root:
                folders[:] = [name for name in folders if name not in _VARIANTS]
            for name in files:
                path = _os.path.join(folder, name)
                key = _os.path.relpath(path, root)
                if key in _NO_ZONES:
                    continue
                try:
                    with open(path, "rb") as file:
                        if file.read(4) == b"TZif":
                            found.add(key)
                except OSError:
                    pass
    return found


def __getattr__(name):
    if name == "TZPATH":
        return _tzpath()
    raise AttributeError(f"module 'zoneinfo' has no attribute {name!r}")
