"""A dictionary of bytes in two files: `.dat` has the values, each at the start of a block, and `.dir` a line for each
key that says where; `.bak` is the one before.
"""

import ast
import collections.abc
import io
import os

__all__ = ["error", "open"]

_BLOCK = 512

error = OSError


def _blocks(size):
    return -(-size // _BLOCK)


class _Database(collections.abc.MutableMapping):
    def __init__(self, filebasename, mode, flag="c"):
        base = os.fsencode(filebasename)
        self._dirfile, self._datfile, self._bakfile = base + b".dir", base + b".dat", base + b".bak"
        self._mode = mode
        self._readonly = flag == "r"
        self._modified = False
        # Where a value starts and how long it is, by key.
        self._index = None
        if flag == "n":
            for name in (self._datfile, self._bakfile, self._dirfile):
                self._forget(name)
        may_create = flag in ("c", "n")
        if not os.path.exists(self._datfile) and may_create:
            self._create(self._datfile)
        with io.open(self._datfile, "rb"):
            # It can be read.
            pass
        self._index = self._read(may_create)

    @staticmethod
    def _forget(name):
        try:
            os.remove(name)
        except OSError:
            pass

    def _create(self, name):
        with io.open(name, "wb"):
            os.chmod(name, self._mode)

    def _read(self, may_create):
        try:
            f = io.open(self._dirfile, encoding="latin-1")
        except OSError:
            if not may_create:
                raise
            self._modified = True
            return {}
        with f:
            entries = [ast.literal_eval(line.rstrip()) for line in f]
        return {key.encode("latin-1"): place for key, place in entries}

    def _line(self, key, place):
        return f"{key.decode('latin-1')!r}, {place!r}\n"

    def sync(self):
        """Write the file of keys."""
        if self._index is None or not self._modified:
            return
        self._forget(self._bakfile)
        try:
            os.rename(self._dirfile, self._bakfile)
        except OSError:
            pass
        with io.open(self._dirfile, "w", encoding="latin-1") as f:
            os.chmod(self._dirfile, self._mode)
            f.writelines(self._line(key, place) for key, place in self._index.items())

    _commit = sync

    def _places(self):
        if self._index is None:
            raise error("DBM object has already been closed")
        return self._index

    @staticmethod
    def _bytes(value, what):
        if isinstance(value, str):
            return value.encode("utf-8")
        if not isinstance(value, (bytes, bytearray)):
            raise TypeError(f"{what} must be bytes or strings")
        return bytes(value)

    def _check_writable(self):
        if self._readonly:
            raise error("The database is opened for reading only")

    def __getitem__(self, key):
        key = key.encode("utf-8") if isinstance(key, str) else key
        start, size = self._places()[key]
        with io.open(self._datfile, "rb") as f:
            f.seek(start)
            return f.read(size)

    def __setitem__(self, key, val):
        self._check_writable()
        key, val = self._bytes(key, "keys"), self._bytes(val, "values")
        places = self._places()
        self._modified = True
        old = places.get(key)
        with io.open(self._datfile, "rb+") as f:
            if old is not None and _blocks(len(val)) <= _blocks(old[1]):
                start = old[0]
                f.seek(start)
            else:
                end = f.seek(0, 2)
                start = _blocks(end) * _BLOCK
                f.write(bytes(start - end))
            f.write(val)
        places[key] = start, len(val)
        if old is None:
            # New keys are known at once, should the program not end well.
            with io.open(self._dirfile, "a", encoding="latin-1") as f:
                os.chmod(self._dirfile, self._mode)
                f.write(self._line(key, places[key]))

    def __delitem__(self, key):
        self._check_writable()
        places = self._places()
        self._modified = True
        del places[key.encode("utf-8") if isinstance(key, str) else key]
        self.sync()

    def __contains__(self, key):
        return (key.encode("utf-8") if isinstance(key, str) else key) in self._places()

    def __iter__(self):
        return iter(self._places())

    iterkeys = __iter__

    def __len__(self):
        return len(self._places())

    def keys(self):
        return list(self._places())

    def items(self):
        return [(key, self[key]) for key in self._places()]

    def close(self):
        """Write what must be, and allow no more."""
        try:
            self.sync()
        finally:
            self._index = None

    def __del__(self):
        if hasattr(self, "_index"):
            self.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag="c", mode=0o666):
    """Open a database: "r" and "w" one that is there, "c" makes one that is not, "n" always makes one."""
    mask = os.umask(0)
    os.umask(mask)
    if flag not in ("r", "w", "c", "n"):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode & ~mask, flag=flag)
