"""The operating system: files, processes, the environment."""

import posix
import posixpath as path
import stat as st
import sys
from _collections_abc import MutableMapping
from abc import ABC, abstractmethod
from _os_results import sched_param, stat_result, statvfs_result, terminal_size, uname_result
from posix import *
from posix import _exit
from _os_process import *

sys.modules["os.path"] = path

name = "posix"
linesep = "\n"
curdir, pardir, sep, pathsep, altsep, extsep, defpath, devnull = (
    path.curdir, path.pardir, path.sep, path.pathsep, path.altsep, path.extsep, path.defpath, path.devnull)
error = OSError
supports_bytes_environ = True
NGROUPS_MAX, TMP_MAX = 65536, 238328


# The environment. What is no text in it is kept by surrogates.

def fsencode(filename):
    """The path as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """The path as text."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


class _Environ(MutableMapping):
    """The environment: a change is seen by the processes that are started."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self._data = data
        self.encodekey, self.decodekey = encodekey, decodekey
        self.encodevalue, self.decodevalue = encodevalue, decodevalue

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key, value = self.encodekey(key), self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ", ".join(f"{self.decodekey(k)!r}: {self.decodevalue(v)!r}" for k, v in self._data.items())
        return f"environ({{{items}}})"

    def copy(self):
        """The variables as a dict."""
        return dict(self)

    def setdefault(self, key, value):
        """The variable, which is set if there is none."""
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _mapping()):
            return NotImplemented
        return {**self, **other}

    def __ror__(self, other):
        if not isinstance(other, _mapping()):
            return NotImplemented
        return {**other, **self}


def _mapping():
    from _collections_abc import Mapping

    return Mapping


def _encode_text(value):
    if not isinstance(value, str):
        raise TypeError("str expected, not %s" % type(value).__name__)
    return value.encode("utf-8", "surrogateescape")


def _decode_text(value):
    return value.decode("utf-8", "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError("bytes expected, not %s" % type(value).__name__)
    return value


environ = _Environ(posix.environ, _encode_text, _decode_text, _encode_text, _decode_text)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """The same, as bytes."""
    return environb.get(key, default)


class PathLike(ABC):
    """What has `__fspath__`."""

    @abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            for base in subclass.__mro__:
                if "__fspath__" in base.__dict__:
                    return True if base.__dict__["__fspath__"] is not None else NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


# What is known of files.

def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Kind, size and times of a file."""
    return stat_result._from(posix._stat(path, dir_fd, follow_symlinks))


def lstat(path, *, dir_fd=None):
    """The same, of a symbolic link itself."""
    return stat_result._from(posix._stat(path, dir_fd, False))


def fstat(fd):
    """The same, of an open file."""
    return stat_result._from(posix._fstat(fd))


def statvfs(path):
    """Size and free room of a file system."""
    return statvfs_result(posix._statvfs(path))


def fstatvfs(fd, /):
    """The same, of that of an open file."""
    return statvfs(fd)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set the times of last access and change, in seconds or nanoseconds; now by default."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if times is not None:
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        ns = tuple(map(_nanoseconds, times))
    elif ns is None:
        ns = None, None
    elif not isinstance(ns, tuple) or len(ns) != 2:
        raise TypeError("utime: 'ns' must be a tuple of two ints")
    posix._utime(path, *ns, dir_fd, follow_symlinks)


def _nanoseconds(time):
    if not isinstance(time, float):
        return time.__index__() * 1_000_000_000
    whole = time // 1
    return int(whole) * 1_000_000_000 + int((time - whole) * 1e9)


# Folders.

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
        if tail == (b"." if isinstance(tail, bytes) else "."):
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
    if not tail:
        head, tail = path.split(head)
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
    """A name that scandir() has found, with what is known of it."""

    __slots__ = ("name", "path", "_mode", "_inode", "_folder", "_stats", "__weakref__")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def __fspath__(self):
        return self.path

    def _kind(self, follow):
        if self._mode and not (follow and self._mode == st.S_IFLNK):
            return self._mode
        try:
            return st.S_IFMT(self.stat(follow_symlinks=follow).st_mode)
        except FileNotFoundError:
            return 0

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a folder."""
        return self._kind(follow_symlinks) == st.S_IFDIR

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a file."""
        return self._kind(follow_symlinks) == st.S_IFREG

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return self._kind(False) == st.S_IFLNK

    def stat(self, *, follow_symlinks=True):
        """What stat() says of it, which is asked for only once."""
        follow = bool(follow_symlinks)
        found = self._stats.get(follow)
        if found is None:
            if self._folder is not None:
                found = stat(self.name, dir_fd=self._folder, follow_symlinks=follow)
            else:
                found = stat(self.path, follow_symlinks=follow)
            self._stats[follow] = found
        return found

    def inode(self):
        """Its number in the file system."""
        return self._inode

    __class_getitem__ = classmethod(type(list[int]))


DirEntry.__module__ = "posix"
_new_entry = object.__new__


class ScandirIterator:
    """The entries of a folder."""

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'posix.ScandirIterator' instances")

    def __iter__(self):
        return self

    def __next__(self):
        if not self._found:
            raise StopIteration
        entry = _new_entry(DirEntry)
        entry.name, entry._mode, entry._inode = self._found.pop()
        entry.path = path.join(self._path, entry.name) if self._folder is None else entry.name
        entry._folder, entry._stats = self._folder, {}
        return entry

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        """Forget what has not been asked for."""
        self._found = []


ScandirIterator.__module__ = "posix"
_ScandirIterator = ScandirIterator
del ScandirIterator


def scandir(path=None):
    """The entries of a folder."""
    found = _new_entry(_ScandirIterator)
    found._found = posix._scandir(path)[::-1]
    found._folder = path if isinstance(path, int) else None
    found._path = "." if path is None else path if found._folder is not None else fspath(path)
    return found


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(folder, names of folders, names of files) for a folder and all below it."""
    top = fspath(top)
    # Folders that are to be visited, and results that wait until all below has been visited.
    waiting = [top]
    while waiting:
        top = waiting.pop()
        if isinstance(top, tuple):
            yield top
            continue
        folders, files, below = [], [], []
        try:
            with scandir(top) as entries:
                for entry in entries:
                    try:
                        is_folder = entry.is_dir()
                    except OSError:
                        is_folder = False
                    (folders if is_folder else files).append(entry.name)
                    if not topdown and is_folder and (followlinks or not _is_link(entry)):
                        below.append(entry.path)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        if topdown:
            yield top, folders, files
            for folder in reversed(folders):
                new = path.join(top, folder)
                if followlinks or not path.islink(new):
                    waiting.append(new)
        else:
            waiting.append((top, folders, files))
            waiting.extend(reversed(below))


def _is_link(entry):
    try:
        return entry.is_symlink()
    except OSError:
        return False


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As walk(), with a descriptor of each folder."""
    top = fspath(top)
    before = stat(top, follow_symlinks=False, dir_fd=dir_fd) if not follow_symlinks else None
    folder = open(top, O_RDONLY | O_NONBLOCK, dir_fd=dir_fd)
    try:
        if follow_symlinks or st.S_ISDIR(before.st_mode) and path.samestat(before, stat(folder)):
            yield from _fwalk(folder, top, isinstance(top, bytes), topdown, onerror, follow_symlinks)
    finally:
        close(folder)


def _fwalk(folder, top, is_bytes, topdown, onerror, follow_symlinks):
    folders, files = [], []
    for entry in scandir(folder):
        name = fsencode(entry.name) if is_bytes else entry.name
        try:
            is_folder = entry.is_dir()
        except OSError:
            is_folder = False
        (folders if is_folder else files).append(name)
    if topdown:
        yield top, folders, files, folder
    for name in folders:
        try:
            before = None if follow_symlinks else stat(name, dir_fd=folder, follow_symlinks=False)
            below = open(name, O_RDONLY | O_NONBLOCK, dir_fd=folder)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        try:
            if follow_symlinks or path.samestat(before, stat(below)):
                yield from _fwalk(below, path.join(top, name), is_bytes, topdown, onerror, follow_symlinks)
        finally:
            close(below)
    if not topdown:
        yield top, folders, files, folder


# The system.

def get_terminal_size(fd=1, /):
    """The size of a terminal; OSError if it is none."""
    return terminal_size(posix.get_terminal_size(fd))


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A file object for a file descriptor."""
    import io

    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def device_encoding(fd):
    """The encoding of a terminal; None of anything else."""
    return "UTF-8" if isatty(fd) else None


def closerange(fd_low, fd_high, /):
    """Close descriptors from one up to another; those that are not open do not matter."""
    for fd in range(fd_low, fd_high):
        try:
            close(fd)
        except OSError:
            pass


def sched_getaffinity(pid, /):
    """The numbers of the processors that may be used."""
    return set(posix._getaffinity(pid))


def uname():
    """What the system says of itself."""
    return uname_result(posix._uname())


supports_dir_fd = frozenset([access, chmod, chown, link, lstat, mkdir, mkfifo, mknod, open, readlink, rename, rmdir,
                             stat, symlink, unlink, utime])
supports_effective_ids = frozenset([access])
supports_fd = frozenset([chdir, chmod, chown, listdir, pathconf, scandir, stat, statvfs, truncate, utime])
supports_follow_symlinks = frozenset([access, chown, link, stat, utime])

__all__ = [n for n in globals() if not n.startswith("_") and n not in
           ("posix", "st", "sys", "MutableMapping", "ABC", "abstractmethod")]
__all__.append("_exit")
