"""What the functions of paths have in common on all systems."""

import posix
import stat

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir", "isfile", "samefile",
           "sameopenfile", "samestat"]


def exists(path):
    """Whether there is something, through symbolic links."""
    return posix._kind(path, True) != 0


def isfile(path):
    """Whether it is a file."""
    return posix._kind(path, True) == stat.S_IFREG


def isdir(s):
    """Whether it is a folder."""
    return posix._kind(s, True) == stat.S_IFDIR


def getsize(filename):
    """The size in bytes."""
    return posix._stat(filename, None, True)[6]


def getmtime(filename):
    """The time of the last change in seconds."""
    return posix._stat(filename, None, True)[8] / 1e9


def getatime(filename):
    """The time of the last access in seconds."""
    return posix._stat(filename, None, True)[7] / 1e9


def getctime(filename):
    """The time of the last change of its entry in seconds."""
    return posix._stat(filename, None, True)[9] / 1e9


def samestat(s1, s2):
    """Whether two results of stat() are of the same file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two paths lead to the same file."""
    return posix._stat(f1, None, True)[1:3] == posix._stat(f2, None, True)[1:3]


def sameopenfile(fp1, fp2):
    """Whether two descriptors are of the same file."""
    return posix._fstat(fp1)[1:3] == posix._fstat(fp2)[1:3]


def commonprefix(m):
    """The longest text that all begin with."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(posix.fspath, m))
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def _splitext(p, sep, altsep, extsep):
    """All but the extension, and the extension. A name does not begin with its extension."""
    start = max(p.rfind(sep), p.rfind(altsep) if altsep else -1) + 1
    dot = p.rfind(extsep)
    if dot > start and p[start:dot].strip(extsep):
        return p[:dot], p[dot:]
    return p, p[:0]


def _check_arg_types(funcname, *args):
    """Raises TypeError for what is no path, and for text and bytes together."""
    kinds = set()
    for arg in args:
        if not isinstance(arg, (str, bytes)):
            raise TypeError(f"{funcname}() argument must be str, bytes, or os.PathLike object, not "
                            f"{type(arg).__name__!r}") from None
        kinds.add(isinstance(arg, str))
    if len(kinds) == 2:
        raise TypeError("Can't mix strings and bytes in path components") from None
