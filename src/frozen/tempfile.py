"""Files and folders with names of their own, that are removed when they are no longer needed."""

import errno
import io
import os
import shutil
import types
import weakref
from random import Random

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp",
           "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb"]

TMP_MAX = 10000
template = "tmp"
tempdir = None

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | os.O_CLOEXEC


class _RandomNameSequence:
    """Endless names of eight random characters; a process that was forked has others."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    @property
    def rng(self):
        """The generator of this process."""
        if os.getpid() != getattr(self, "_rng_pid", None):
            self._rng, self._rng_pid = Random(), os.getpid()
        return self._rng

    def __iter__(self):
        return self

    def __next__(self):
        return "".join(self.rng.choices(self.characters, k=8))


_names = _RandomNameSequence()


def _candidate_tempdir_list():
    found = [os.getenv(name) for name in ("TMPDIR", "TEMP", "TMP")]
    found = [folder for folder in found if folder] + ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        return found + [os.getcwd()]
    except OSError:
        return found + [os.curdir]


def _get_default_tempdir():
    """The first folder of the usual ones in which a file can be written."""
    folders = _candidate_tempdir_list()
    for folder in folders:
        if folder != os.curdir:
            folder = os.path.abspath(folder)
        for _ in range(100):
            path = os.path.join(folder, next(_names))
            try:
                fd = os.open(path, _FLAGS, 0o600)
            except FileExistsError:
                continue
            except OSError:
                break
            os.close(fd)
            os.unlink(path)
            return folder
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in %s" % folders)


def _gettempdir():
    global tempdir
    if tempdir is None:
        tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """The folder for temporary files."""
    return os.fsdecode(_gettempdir())


def gettempdirb():
    """The same, as bytes."""
    return os.fsencode(_gettempdir())


def gettempprefix():
    """What names begin with."""
    return os.fsdecode(template)


def gettempprefixb():
    """The same, as bytes."""
    return os.fsencode(template)


def _affixes(prefix, suffix, dir):
    """Prefix, suffix and folder, all str or all bytes."""
    kind = None
    for given in (prefix, suffix, dir):
        if given is None:
            continue
        if isinstance(given, os.PathLike):
            given = os.fspath(given)
        if isinstance(given, bytes):
            if kind is str:
                raise TypeError("Can't mix bytes and non-bytes in path components.")
            kind = bytes
        else:
            if kind is bytes:
                raise TypeError("Can't mix bytes and non-bytes in path components.")
            kind = str
    if kind is None:
        kind = bytes if isinstance(tempdir, bytes) else str
    if kind is bytes:
        return (gettempprefixb() if prefix is None else prefix, b"" if suffix is None else suffix,
                gettempdirb() if dir is None else dir)
    return (gettempprefix() if prefix is None else prefix, "" if suffix is None else suffix,
            gettempdir() if dir is None else dir)


def _make(prefix, suffix, dir, what, make):
    """What `make` returns for the first free path, and the path."""
    dir = os.path.abspath(dir)
    for _ in range(TMP_MAX):
        name = next(_names)
        if isinstance(prefix, bytes):
            name = os.fsencode(name)
        path = os.path.join(dir, prefix + name + suffix)
        try:
            return make(path), path
        except FileExistsError:
            continue
    raise FileExistsError(errno.EEXIST, f"No usable temporary {what} name found")


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Make a file; returns its descriptor and its path. The caller removes it."""
    prefix, suffix, dir = _affixes(prefix, suffix, dir)
    return _make(prefix, suffix, dir, "file", lambda path: os.open(path, _FLAGS, 0o600))


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Make a folder; returns its path. The caller removes it."""
    prefix, suffix, dir = _affixes(prefix, suffix, dir)
    return _make(prefix, suffix, dir, "directory", lambda path: os.mkdir(path, 0o700))[1]


def mktemp(suffix="", prefix=template, dir=None):
    """A path where nothing is yet; something may be when it is used."""
    dir = gettempdir() if dir is None else dir
    for _ in range(TMP_MAX):
        path = os.path.join(dir, prefix + next(_names) + suffix)
        if not os.path.lexists(path):
            return path
    raise FileExistsError(errno.EEXIST, "No usable temporary filename found")


class _TemporaryFileWrapper:
    """A file that is removed when it is closed; all but that is done by the file inside."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete
        self._finalizer = weakref.finalize(self, _close, file, name if delete else None)

    def __getattr__(self, name):
        file = self.__dict__["file"]
        value = getattr(file, name)
        if callable(value) and not isinstance(value, type):
            method = value

            def value(*args, **kwargs):
                # The wrapper lives as long as a method of the file is in use.
                _ = self
                return method(*args, **kwargs)
            value.__name__ = name
            setattr(self, name, value)
        elif not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        self.close()
        return result

    def close(self):
        """Close the file, and remove it."""
        self._finalizer()

    def __iter__(self):
        yield from self.file

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} object at {id(self):#x}>"


def _close(file, path):
    try:
        file.close()
    finally:
        if path is not None:
            try:
                os.unlink(path)
            except FileNotFoundError:
                pass


def _open(path, mode, buffering, encoding, newline, errors):
    """A new file object for a path that must be free, whose name is the path."""
    fd = os.open(path, _FLAGS, 0o600)
    try:
        return io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
    except BaseException:
        os.close(fd)
        os.unlink(path)
        raise


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None):
    """A file with a name, removed when it is closed."""
    prefix, suffix, dir = _affixes(prefix, suffix, dir)
    file, path = _make(prefix, suffix, dir, "file",
                       lambda path: _open(path, mode, buffering, encoding, newline, errors))
    raw = file
    for layer in ("buffer", "raw"):
        raw = getattr(raw, layer, raw)
    try:
        raw.name = path
    except AttributeError:
        pass
    return _TemporaryFileWrapper(file, path, delete)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                  errors=None):
    """A file without a name."""
    prefix, suffix, dir = _affixes(prefix, suffix, dir)

    def make(path):
        file = _open(path, mode, buffering, encoding, newline, errors)
        os.unlink(path)
        return file
    return _make(prefix, suffix, dir, "file", make)[0]


class SpooledTemporaryFile(io.IOBase):
    """A file that is kept in memory until it grows too large."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        if "b" in mode:
            self._file = io.BytesIO()
        else:
            encoding = io.text_encoding(encoding)
            self._file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors, newline=newline)
        self._max_size = max_size
        self._rolled = False
        self._TemporaryFileArgs = {"mode": mode, "buffering": buffering, "suffix": suffix, "prefix": prefix,
                                   "encoding": encoding, "newline": newline, "dir": dir, "errors": errors}

    __class_getitem__ = classmethod(types.GenericAlias)

    def _check(self, file):
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """Go on in a file on the disk."""
        if self._rolled:
            return
        file = self._file
        new = self._file = TemporaryFile(**self._TemporaryFileArgs)
        del self._TemporaryFileArgs
        position = file.tell()
        if hasattr(new, "buffer"):
            new.buffer.write(file.detach().getvalue())
        else:
            new.write(file.getvalue())
        new.seek(position, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def __del__(self):
        if not self.closed:
            self.close()

    def close(self):
        """Close the file."""
        self._file.close()

    @property
    def closed(self):
        """Whether it has been closed."""
        return self._file.closed

    @property
    def encoding(self):
        """The encoding of text."""
        return self._file.encoding

    @property
    def errors(self):
        """What is done about what cannot be converted."""
        return self._file.errors

    @property
    def mode(self):
        """How it was opened."""
        try:
            return self._file.mode
        except AttributeError:
            return self._TemporaryFileArgs["mode"]

    @property
    def name(self):
        """The name of the file on the disk; None before there is one."""
        try:
            return self._file.name
        except AttributeError:
            return None

    @property
    def newlines(self):
        """The line ends that were read."""
        return self._file.newlines

    def fileno(self):
        """The descriptor of a file on the disk."""
        self.rollover()
        return self._file.fileno()

    def truncate(self, size=None):
        """Cut the file."""
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def write(self, s):
        """Write."""
        file = self._file
        written = file.write(s)
        self._check(file)
        return written

    def writelines(self, iterable):
        """Write several pieces."""
        file = self._file
        file.writelines(iterable)
        self._check(file)


def _forward(name):
    def method(self, *args):
        return getattr(self._file, name)(*args)
    method.__name__, method.__qualname__ = name, "SpooledTemporaryFile." + name
    method.__doc__ = f"As `{name}` of files."
    return method


for _name in ("detach", "flush", "isatty", "read", "read1", "readable", "readinto", "readinto1", "readline",
              "readlines", "seek", "seekable", "tell", "writable"):
    setattr(SpooledTemporaryFile, _name, _forward(_name))
del _name


class TemporaryDirectory:
    """A folder that is removed with all below it, by `with` or `cleanup()`."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._finalizer = weakref.finalize(
            self, _forgotten, self.name, "Implicitly cleaning up {!r}".format(self), ignore_cleanup_errors)

    def __repr__(self):
        return "<{} {!r}>".format(type(self).__name__, self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        """Remove the folder."""
        if self._finalizer.detach() or os.path.exists(self.name):
            _remove(self.name, self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(types.GenericAlias)


def _forgotten(path, message, ignore_errors):
    """Removes a folder that nobody asked to remove."""
    import warnings

    _remove(path, ignore_errors)
    warnings.warn(message, ResourceWarning, stacklevel=2)


def _remove(path, ignore_errors):
    def try_again(function, path, exc_info):
        error = exc_info[1]
        if isinstance(error, FileNotFoundError):
            return
        if isinstance(error, PermissionError):
            # Perhaps only the permissions stand in the way.
            try:
                for place in (os.path.dirname(path), path):
                    os.chmod(place, 0o700)
                (os.unlink if not os.path.isdir(path) or os.path.islink(path) else shutil.rmtree)(path)
                return
            except OSError:
                pass
        if not ignore_errors:
            raise error
    shutil.rmtree(path, onerror=try_again)
