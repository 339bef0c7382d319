"""The operating system: files, processes, the environment."""

import posix
import posixpath as path
import sys
from _collections_abc import MutableMapping
from abc import ABC, abstractmethod
from posix import (
    F_OK, O_APPEND, O_CLOEXEC, O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY, R_OK,
    SEEK_CUR, SEEK_END, SEEK_SET, W_OK, WNOHANG, X_OK, _exit, access, chdir, chmod, close, cpu_count, dup, fsync,
    ftruncate, getcwd, getegid, geteuid, getgid, getpid, getppid, getuid, isatty, link, listdir, lseek, mkdir,
    open, pipe, read, readlink, remove, rename, replace, rmdir, sched_yield, strerror, symlink, system, umask, unlink,
    urandom, write,
)

from _os_process import *

sys.modules["os.path"] = path

name = "posix"
linesep = "\n"
curdir, pardir, sep, pathsep, altsep, extsep, defpath, devnull = (
    path.curdir, path.pardir, path.sep, path.pathsep, path.altsep, path.extsep, path.defpath, path.devnull)
error = OSError
supports_follow_symlinks = supports_fd = supports_dir_fd = frozenset()


class _Environment(MutableMapping):
    """The environment: a change is seen by the processes that are started."""

    def __init__(self, data):
        self._data = data

    def _check(self, text):
        if not isinstance(text, str):
            raise TypeError(f"str expected, not {type(text).__name__}")
        return text

    def __getitem__(self, key):
        return self._data[self._check(key)]

    def __setitem__(self, key, value):
        posix._putenv(self._check(key), self._check(value))
        self._data[key] = value

    def __delitem__(self, key):
        del self._data[self._check(key)]
        posix._putenv(key, None)

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return "environ({%s})" % ", ".join(f"{k!r}: {v!r}" for k, v in self._data.items())

    def copy(self):
        """The variables as a dict."""
        return dict(self)

    def __or__(self, other):
        return {**self, **other}

    def __ror__(self, other):
        return {**other, **self}


environ = _Environment(posix.environ)


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def putenv(key, value, /):
    """Set a variable for processes that are started."""
    posix._putenv(key, value)


def unsetenv(key, /):
    """Delete a variable for processes that are started."""
    posix._putenv(key, None)


class PathLike(ABC):
    """What has `__fspath__`."""

    @abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in base.__dict__ for base in subclass.__mro__) or NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


def fspath(path):
    """The path as str or bytes."""
    if isinstance(path, (str, bytes)):
        return path
    convert = getattr(type(path), "__fspath__", None)
    if convert is None:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)
    result = convert(path)
    if isinstance(result, (str, bytes)):
        return result
    raise TypeError(f"expected {type(path).__name__}.__fspath__() to return str or bytes, not {type(result).__name__}")


def fsencode(filename):
    """The path as bytes."""
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    """The path as text."""
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


class stat_result(tuple):
    """What `stat` says of a file."""

    __slots__ = ()
    _names = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime")

    def __repr__(self):
        return "os.stat_result(%s)" % ", ".join(f"{n}={v!r}" for n, v in zip(self._names, self[:10]))

    st_mode = property(lambda self: self[0])
    st_ino = property(lambda self: self[1])
    st_dev = property(lambda self: self[2])
    st_nlink = property(lambda self: self[3])
    st_uid = property(lambda self: self[4])
    st_gid = property(lambda self: self[5])
    st_size = property(lambda self: self[6])
    st_atime = property(lambda self: self[10] / 1e9)
    st_mtime = property(lambda self: self[11] / 1e9)
    st_ctime = property(lambda self: self[12] / 1e9)
    st_atime_ns = property(lambda self: self[10])
    st_mtime_ns = property(lambda self: self[11])
    st_ctime_ns = property(lambda self: self[12])


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Kind, size and times of a file."""
    values = posix._stat(path, follow_symlinks)
    return stat_result(values[:7] + tuple(t // 1_000_000_000 for t in values[7:]) + values[7:])


def lstat(path, *, dir_fd=None):
    """The same, of a symbolic link itself."""
    return stat(path, follow_symlinks=False)


def fstat(fd):
    """The same, of an open file."""
    return stat(fd)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set the times of last access and change; now by default."""
    if ns is None:
        if times is None:
            import time

            now = time.time_ns()
            ns = now, now
        else:
            ns = int(times[0] * 1e9), int(times[1] * 1e9)
    posix._utime(path, *ns)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and those above it."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove an empty folder and those above it that become empty."""
    rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making folders that are missing and removing those that become empty."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


class DirEntry:
    """A name that scandir() has found."""

    __slots__ = ("name", "path")

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def __fspath__(self):
        return self.path

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a folder."""
        return path._is(self.path, 0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a file."""
        return path._is(self.path, 0o100000, follow_symlinks)

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        """What stat() says of it."""
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        """Its number in the file system."""
        return stat(self.path, follow_symlinks=False).st_ino


class _Scan:
    def __init__(self, folder):
        self._entries = (DirEntry(folder, name) for name in listdir(folder))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        """Forget what has not been asked for."""
        self._entries.close()


def scandir(path="."):
    """The entries of a folder."""
    return _Scan(fspath(path))


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(folder, names of folders, names of files) for a folder and all below it."""
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as e:
        if onerror is not None:
            onerror(e)
        return
    folders = [n for n in names if path.isdir(path.join(top, n))]
    files = [n for n in names if n not in folders]
    if topdown:
        yield top, folders, files
    for folder in folders:
        below = path.join(top, folder)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


class terminal_size(tuple):
    """Columns and lines of a terminal."""

    __slots__ = ()
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return f"os.terminal_size(columns={self[0]}, lines={self[1]})"


def get_terminal_size(fd=1, /):
    """The size of a terminal; OSError if it is none."""
    return terminal_size(posix.get_terminal_size(fd))


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A file object for a file descriptor."""
    import io

    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def sched_getaffinity(pid, /):
    """The numbers of the processors that may be used."""
    return set(range(cpu_count()))


def getlogin():
    """The name of the user."""
    return environ.get("LOGNAME") or environ.get("USER") or "root"


class uname_result(tuple):
    """Names of system, machine and release."""

    __slots__ = ()
    sysname = property(lambda self: self[0])
    nodename = property(lambda self: self[1])
    release = property(lambda self: self[2])
    version = property(lambda self: self[3])
    machine = property(lambda self: self[4])


def uname():
    """What the system says of itself."""
    def first_line(file):
        fd = open("/proc/sys/kernel/" + file, O_RDONLY)
        try:
            return read(fd, 1000).decode().strip()
        finally:
            close(fd)

    return uname_result((first_line("ostype"), first_line("hostname"), first_line("osrelease"), first_line("version"), "x86_64"))
