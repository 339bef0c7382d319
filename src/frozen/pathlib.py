"""Paths as objects: pure ones, and those that are looked up in the file system."""

import errno
import io
import os
from _pathlib_pure import PurePath, PurePosixPath, PureWindowsPath
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]

for _class in (PurePath, PurePosixPath, PureWindowsPath):
    _class.__module__ = "pathlib"
del _class

# What it means when a path is asked for that cannot be there.
_IGNORED = (errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP)


def _is_magic(part):
    return "*" in part or "?" in part or "[" in part


class Path(PurePath):
    """A path that can be looked up."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = WindowsPath if os.name == "nt" else PosixPath
        self = cls._made(*cls._parse_args(args))
        if (self._flavour is PureWindowsPath._flavour) != (os.name == "nt"):
            raise NotImplementedError("cannot instantiate %r on your system" % (cls.__name__,))
        return self

    def __enter__(self):
        return self

    def __exit__(self, t, v, tb):
        """Nothing to be done."""

    # Places.

    @classmethod
    def cwd(cls):
        """The working folder."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The folder of the user."""
        return cls("~").expanduser()

    def expanduser(self):
        """The path with the folder of a user in the place of "~"."""
        if not (self._drv or self._root) and self._parts and self._parts[0][:1] == "~":
            home = os.path.expanduser(self._parts[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            drv, root, parts = self._parse_args((home,))
            return self._made(drv, root, parts + self._parts[1:])
        return self

    def absolute(self):
        """The path from the root on, not otherwise changed."""
        if self.is_absolute():
            return self
        return self._made(*self._parse_args([os.getcwd()] + self._parts))

    def resolve(self, strict=False):
        """The path from the root on, with symbolic links and ".." followed."""
        try:
            path = self._made(*self._parse_args((os.path.realpath(self, strict=strict),)))
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise RuntimeError("Symlink loop from %r" % error.filename)
            raise
        if not strict:
            # A loop of links leads nowhere.
            try:
                path.stat()
            except OSError as error:
                if error.errno == errno.ELOOP:
                    raise RuntimeError("Symlink loop from %r" % error.filename)
        return path

    def readlink(self):
        """Where a symbolic link leads."""
        return self._made(*self._parse_args((os.readlink(self),)))

    def samefile(self, other_path):
        """Whether another path is the same file."""
        other = other_path.stat() if hasattr(other_path, "stat") else os.stat(other_path)
        return os.path.samestat(self.stat(), other)

    # What is there.

    def stat(self, *, follow_symlinks=True):
        """What os.stat() says."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """The same, of a symbolic link itself."""
        return self.stat(follow_symlinks=False)

    def owner(self):
        """The name of the owner."""
        import pwd

        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        """The name of the group."""
        import grp

        return grp.getgrgid(self.stat().st_gid).gr_name

    def _mode(self, follow_symlinks=True):
        """The mode; 0 if nothing is there."""
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode
        except OSError as error:
            if error.errno not in _IGNORED:
                raise
        except ValueError:
            # The name has a null character in it.
            pass
        return 0

    def exists(self):
        """Whether something is there."""
        try:
            self.stat()
        except OSError as error:
            if error.errno not in _IGNORED:
                raise
            return False
        except ValueError:
            return False
        return True

    def is_dir(self):
        """Whether it is a folder."""
        return S_ISDIR(self._mode())

    def is_file(self):
        """Whether it is a file."""
        return S_ISREG(self._mode())

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return S_ISLNK(self._mode(follow_symlinks=False))

    def is_block_device(self):
        """Whether it is a block device."""
        return S_ISBLK(self._mode())

    def is_char_device(self):
        """Whether it is a character device."""
        return S_ISCHR(self._mode())

    def is_fifo(self):
        """Whether it is a named pipe."""
        return S_ISFIFO(self._mode())

    def is_socket(self):
        """Whether it is a socket."""
        return S_ISSOCK(self._mode())

    def is_mount(self):
        """Whether another file system begins there."""
        return self.exists() and self.is_dir() and os.path.ismount(self)

    # Reading and writing.

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file."""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """The content of the file."""
        with self.open(mode="rb") as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        """The content of the file as text."""
        with self.open(encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        """Write a file anew; returns how many bytes."""
        view = memoryview(data)
        with self.open(mode="wb") as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Write a file anew; returns how many characters."""
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % type(data).__name__)
        with self.open(mode="w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    # Changes.

    def touch(self, mode=0o666, exist_ok=True):
        """Make an empty file, or set the times of one that is there."""
        if exist_ok:
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL), mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make a folder."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """The same, of a symbolic link itself."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the folder, which must be empty."""
        os.rmdir(self)

    def rename(self, target):
        """Rename; returns the new path."""
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        """Rename, replacing what is there; returns the new path."""
        os.replace(self, target)
        return type(self)(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this a symbolic link to a target."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this another name for a file."""
        os.link(target, self)

    def link_to(self, target):
        """Make a target another name for this file."""
        import warnings

        warnings.warn("pathlib.Path.link_to() is deprecated and is scheduled for removal in Python 3.12. Use "
                      "pathlib.Path.hardlink_to() instead.", DeprecationWarning, stacklevel=2)
        os.link(self, target)

    # What is below.

    def iterdir(self):
        """The paths in the folder."""
        for name in os.listdir(self):
            yield self._child(name)

    def _child(self, name):
        return self._made(self._drv, self._root, self._parts + [name])

    def glob(self, pattern):
        """The paths below that match a pattern."""
        if not pattern:
            raise ValueError("Unacceptable pattern: {!r}".format(pattern))
        return self._search(pattern, [])

    def rglob(self, pattern):
        """The same, at any depth."""
        return self._search(pattern, ["**"])

    def _search(self, pattern, before):
        drv, root, parts = self._parse(pattern)
        if drv or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        if pattern and pattern[-1] in (self._flavour.sep, self._flavour.altsep):
            parts.append("")
        parts = before + parts
        for part in parts:
            if "**" in part and part != "**":
                raise ValueError("Invalid pattern: '**' can only be an entire path component")
        return self._select(parts)

    def _select(self, parts):
        if not self.is_dir():
            return
        yield from _unique(_matching(self, parts), parts.count("**") > 1)


def _unique(paths, needed):
    """The paths, each only once."""
    if not needed:
        yield from paths
        return
    seen = set()
    for path in paths:
        if path not in seen:
            seen.add(path)
            yield path


def _entries(path):
    try:
        with os.scandir(path) as found:
            return list(found)
    except PermissionError:
        return []


def _is_folder(entry):
    try:
        return entry.is_dir()
    except OSError as error:
        if error.errno not in _IGNORED:
            raise
        return False


def _matching(path, parts):
    """The paths below one that match the parts of a pattern."""
    if not parts:
        yield path
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        for folder in _folders(path):
            yield from _matching(folder, rest)
    elif part == "":
        if path.is_dir():
            yield path
    elif not _is_magic(part):
        child = path._child(part)
        try:
            if child.is_dir() if rest else child.exists():
                yield from _matching(child, rest)
        except PermissionError:
            return
    else:
        match = path._flavour.pattern(part)
        for entry in _entries(path):
            if match(entry.name) and (not rest or _is_folder(entry)):
                yield from _matching(path._child(entry.name), rest)


def _folders(path):
    """A folder and all folders below it."""
    yield path
    for entry in _entries(path):
        if _is_folder(entry) and not entry.is_symlink():
            yield from _folders(path._child(entry.name))


class PosixPath(Path, PurePosixPath):
    """A path that can be looked up on POSIX."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """A path that can be looked up on Windows."""

    __slots__ = ()
