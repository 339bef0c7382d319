"""Paths as text: the pure classes of pathlib, for the rules of POSIX and of Windows."""

import fnmatch
import os
import posixpath
import re
import sys
from _collections_abc import Sequence


class _Posix:
    """The rules of POSIX."""

    sep, altsep = "/", ""
    path = posixpath
    reserved = frozenset()

    @staticmethod
    def split_root(text):
        """Drive, root and rest."""
        if not text.startswith("/"):
            return "", "", text
        rest = text.lstrip("/")
        # Two slashes, but not more, may mean something of their own.
        return "", "//" if len(text) - len(rest) == 2 else "/", rest

    @staticmethod
    def fold(text):
        """The form in which names are compared."""
        return text

    @staticmethod
    def pattern(text):
        """A function that matches the names of a pattern."""
        return re.compile(fnmatch.translate(text)).fullmatch

    @staticmethod
    def uri(path):
        """A path as a URI."""
        from urllib.parse import quote_from_bytes

        return "file://" + quote_from_bytes(bytes(path))

    @staticmethod
    def join_drive(drv, root, parts, drv2, root2, parts2):
        """Two parsed paths, one below the other."""
        if root2:
            return drv2, root2, parts2
        return drv, root, parts + parts2


class _Windows:
    """The rules of Windows."""

    sep, altsep = "\\", "/"
    reserved = frozenset(["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
                          *(name + digit for name in ("COM", "LPT") for digit in "123456789\xb9\xb2\xb3")])

    @property
    def path(self):
        """The module of path functions."""
        import ntpath

        return ntpath

    @staticmethod
    def split_root(text):
        """Drive, root and rest; the drive may be a share."""
        text = text.replace("/", "\\")
        if text.startswith("\\\\") and not text.startswith("\\\\\\"):
            parts = text[2:].split("\\", 2)
            if text[2:4] in ("?\\", ".\\") and text[2:6].upper() != "?\\UN":
                device = text[4:].split("\\", 1)
                if device[0][1:2] == ":":
                    drive = text[:4] + device[0]
                    return drive, "\\" if len(device) > 1 else "", device[1].lstrip("\\") if len(device) > 1 else ""
            if text[:8].upper() == "\\\\?\\UNC\\":
                parts = text[8:].split("\\", 2)
                if len(parts) > 1 and parts[0] and parts[1]:
                    return text[:8] + "\\".join(parts[:2]), "\\", "".join(parts[2:]).lstrip("\\")
            elif len(parts) > 1 and parts[0] and parts[1]:
                return "\\\\" + "\\".join(parts[:2]), "\\", "".join(parts[2:]).lstrip("\\")
        drive = ""
        if text[1:2] == ":" and text[0].isascii() and text[0].isalpha():
            drive, text = text[:2], text[2:]
        rest = text.lstrip("\\")
        return drive, "\\" if rest != text else "", rest

    @staticmethod
    def fold(text):
        """The form in which names are compared."""
        return text.lower()

    @staticmethod
    def pattern(text):
        """A function that matches the names of a pattern."""
        return re.compile(fnmatch.translate(text), re.IGNORECASE).fullmatch

    @staticmethod
    def uri(path):
        """A path as a URI."""
        from urllib.parse import quote_from_bytes

        drive, rest = path.drive, path.as_posix()
        if len(drive) == 2 and drive[1] == ":":
            return "file:///" + drive + quote_from_bytes(rest[2:].encode("utf-8"))
        return "file:" + quote_from_bytes(rest.encode("utf-8"))

    @staticmethod
    def join_drive(drv, root, parts, drv2, root2, parts2):
        """Two parsed paths, one below the other."""
        if root2:
            if not drv2 and drv:
                return drv, root2, [drv + root2] + parts2[1:]
        elif drv2:
            if drv2 == drv or drv2.lower() == drv.lower():
                return drv, root, parts + parts2[1:]
        else:
            return drv, root, parts + parts2
        return drv2, root2, parts2


_posix, _windows = _Posix(), _Windows()


class _Parents(Sequence):
    """The paths above a path."""

    def __init__(self, path):
        self._class, self._parsed = type(path), (path._drv, path._root, path._parts)

    def __len__(self):
        drv, root, parts = self._parsed
        return len(parts) - 1 if drv or root else len(parts)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return tuple(self[k] for k in range(*i.indices(len(self))))
        if i >= len(self) or i < -len(self):
            raise IndexError(i)
        if i < 0:
            i += len(self)
        drv, root, parts = self._parsed
        return self._class._made(drv, root, parts[:-i - 1])

    def __repr__(self):
        return "<{}.parents>".format(self._class.__name__)


class PurePath:
    """A path as text, which is never looked up."""

    __slots__ = ("_drv", "_root", "_parts", "_str", "_hash", "_folded")

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PureWindowsPath if os.name == "nt" else PurePosixPath
        return cls._made(*cls._parse_args(args))

    def __reduce__(self):
        return type(self), tuple(self._parts)

    @classmethod
    def _made(cls, drv, root, parts):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = drv, root, parts
        return self

    @classmethod
    def _parse_args(cls, args):
        """Drive, root and parts of several paths, one below the other."""
        drv, root, parts = "", "", []
        for arg in args:
            if isinstance(arg, PurePath):
                text = str(arg) if arg._flavour is not cls._flavour else None
                new = (arg._drv, arg._root, arg._parts) if text is None else cls._parse(text)
            else:
                text = os.fspath(arg)
                if not isinstance(text, str):
                    raise TypeError("argument should be a str object or an os.PathLike object returning str, not %r"
                                    % type(text))
                new = cls._parse(str(text))
            drv, root, parts = cls._flavour.join_drive(drv, root, parts, *new)
        return drv, root, list(parts)

    @classmethod
    def _parse(cls, text):
        """Drive, root and parts of one path."""
        drv, root, rest = cls._flavour.split_root(text)
        parts = [sys.intern(name) for name in rest.split(cls._flavour.sep) if name and name != "."]
        return drv, root, [drv + root] + parts if drv or root else parts

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            if self._drv or self._root:
                text = self._drv + self._root + self._flavour.sep.join(self._parts[1:])
            else:
                text = self._flavour.sep.join(self._parts)
            self._str = text or "."
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The path with slashes."""
        return str(self).replace(self._flavour.sep, "/")

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return "{}({!r})".format(type(self).__name__, self.as_posix())

    def as_uri(self):
        """The path as a URI of files."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return self._flavour.uri(self)

    @property
    def _compared(self):
        try:
            return self._folded
        except AttributeError:
            self._folded = [self._flavour.fold(part) for part in self._parts]
            return self._folded

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._compared == other._compared and self._flavour is other._flavour

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(tuple(self._compared))
            return self._hash

    def _other(self, other):
        """What another path of the same rules is ordered by."""
        return other._compared if isinstance(other, PurePath) and self._flavour is other._flavour else None

    def __lt__(self, other):
        theirs = self._other(other)
        return NotImplemented if theirs is None else self._compared < theirs

    def __le__(self, other):
        theirs = self._other(other)
        return NotImplemented if theirs is None else self._compared <= theirs

    def __gt__(self, other):
        theirs = self._other(other)
        return NotImplemented if theirs is None else self._compared > theirs

    def __ge__(self, other):
        theirs = self._other(other)
        return NotImplemented if theirs is None else self._compared >= theirs

    drive = property(lambda self: self._drv, doc="The drive, on Windows.")
    root = property(lambda self: self._root, doc="What an absolute path begins with.")
    anchor = property(lambda self: self._drv + self._root, doc="Drive and root.")
    parts = property(lambda self: tuple(self._parts), doc="The names of the path, behind its anchor.")
    parents = property(_Parents, doc="The paths above.")

    @property
    def name(self):
        """The last name."""
        parts = self._parts
        return "" if len(parts) == (1 if self._drv or self._root else 0) else parts[-1]

    def _dot(self):
        """Where the extension of the name begins; 0 if there is none."""
        name = self.name
        at = name.rfind(".")
        return at if 0 < at < len(name) - 1 else 0

    @property
    def suffix(self):
        """The extension, with its dot."""
        at = self._dot()
        return self.name[at:] if at else ""

    @property
    def suffixes(self):
        """All extensions."""
        name = self.name
        if name.endswith("."):
            return []
        return ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        """The name without its extension."""
        at = self._dot()
        return self.name[:at] if at else self.name

    @property
    def parent(self):
        """The path above."""
        parts = self._parts
        if len(parts) == (1 if self._drv or self._root else 0):
            return self
        return self._made(self._drv, self._root, parts[:-1])

    def with_name(self, name):
        """The path with another name."""
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        drv, root, parts = self._parse(name)
        if not name or name[-1] in (self._flavour.sep, self._flavour.altsep or self._flavour.sep) or drv or root \
                or len(parts) != 1:
            raise ValueError("Invalid name %r" % name)
        return self._made(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        """The path with another name before the extension."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The path with another extension."""
        separators = self._flavour.sep + self._flavour.altsep
        if any(c in suffix for c in separators) or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError("Invalid suffix %r" % suffix)
        name = self.name
        if not name:
            raise ValueError("%r has an empty name" % (self,))
        return self._made(self._drv, self._root, self._parts[:-1] + [self.stem + suffix])

    def relative_to(self, *other):
        """The way here from another path, which is above."""
        if not other:
            raise TypeError("need at least one argument")
        drv, root, parts = self._parse_args(other)
        fold = self._flavour.fold
        mine, theirs = self._parts, parts
        # The anchors count as drive and root.
        if self._root:
            mine = [self._drv, self._root] + mine[1:]
        if root:
            theirs = [drv, root] + theirs[1:]
        n = len(theirs)
        if (root or drv) if n == 0 else list(map(fold, mine[:n])) != list(map(fold, theirs)):
            formatted = self._made(drv, root, parts)
            raise ValueError("{!r} is not in the subpath of {!r} OR one path is relative and the other is absolute."
                             .format(str(self), str(formatted)))
        return self._made("", self._root if n == 1 and not root else "", mine[n:])

    def is_relative_to(self, *other):
        """Whether another path is above."""
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    def joinpath(self, *args):
        """The path with others below it."""
        new = self._parse_args(args)
        return self._made(*self._flavour.join_drive(self._drv, self._root, self._parts, *new))

    def __truediv__(self, key):
        try:
            return self.joinpath(key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._made(*self._parse_args((key, self)))
        except TypeError:
            return NotImplemented

    def is_absolute(self):
        """Whether the path has a root."""
        return bool(self._root) and (self._flavour is _posix or bool(self._drv))

    def is_reserved(self):
        """Whether the name means a device, on Windows."""
        if not self._parts or self._flavour is _posix or self._parts[0].startswith("\\\\"):
            return False
        return self._parts[-1].partition(".")[0].partition(":")[0].rstrip(" ").upper() in self._flavour.reserved

    def match(self, path_pattern):
        """Whether the end of the path matches a pattern."""
        drv, root, wanted = self._parse(path_pattern)
        if not wanted:
            raise ValueError("empty pattern")
        fold = self._flavour.fold
        if drv and fold(drv) != fold(self._drv) or root and fold(root) != fold(self._root):
            return False
        parts = self._parts
        if drv or root:
            if len(parts) != len(wanted):
                return False
            wanted = wanted[1:]
        elif len(wanted) > len(parts):
            return False
        return all(self._flavour.pattern(p)(name) for name, p in zip(reversed(parts), reversed(wanted)))


class PurePosixPath(PurePath):
    """A path by the rules of POSIX."""

    _flavour = _posix
    __slots__ = ()


class PureWindowsPath(PurePath):
    """A path by the rules of Windows."""

    _flavour = _windows
    __slots__ = ()


os.PathLike.register(PurePath)
