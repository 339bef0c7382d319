"""Dictionaries of bytes in files. Of the formats that there are, only that of dbm.dumb is supported."""

import io
import os

__all__ = ["open", "whichdb", "error"]


class error(Exception):
    """The base of the errors of all formats."""


_base = error
error = (_base, OSError)


def open(file, flag="r", mode=0o666):
    """Open a file of any format; "c" and "n" make one that is not there."""
    from dbm import dumb

    found = None if "n" in flag else whichdb(file)
    if found is None and "c" not in flag and "n" not in flag:
        raise _base("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    if found == "":
        raise _base("db type could not be determined")
    if found not in (None, "dbm.dumb"):
        raise _base(f"db type is {found}, but the module is not available")
    return dumb.open(file, flag, mode)


def _starts(name, size):
    with io.open(name, "rb") as f:
        return f.read(size)


def whichdb(filename):
    """The module for a file: its name, "" if no format is known, None if there is no file."""
    name = os.fsencode(filename)
    if os.path.exists(name + b".pag") and os.path.exists(name + b".dir"):
        return "dbm.ndbm"
    if os.path.exists(name + b".dat") and os.path.exists(name + b".dir"):
        if _starts(name + b".dir", 1) in (b"", b"'", b'"'):
            return "dbm.dumb"
    try:
        magic = _starts(name, 4)
    except OSError:
        return None
    known = (0x13579ACD, 0x13579ACE, 0x13579ACF)
    return "dbm.gnu" if len(magic) == 4 and int.from_bytes(magic, "little") in known else ""
