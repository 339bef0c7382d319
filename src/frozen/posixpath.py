"""Operations on path names (os.path)."""

import genericpath
import posix
import stat
from genericpath import (
    commonprefix, exists, getatime, getctime, getmtime, getsize, isdir, isfile, samefile, sameopenfile, samestat)
from posix import fspath

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix",
           "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount",
           "expanduser", "expandvars", "normpath", "abspath", "samefile", "sameopenfile", "samestat", "curdir",
           "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath",
           "supports_unicode_filenames", "relpath", "commonpath"]

curdir, pardir, extsep, sep, pathsep, defpath = ".", "..", ".", "/", ":", "/bin:/usr/bin"
altsep, devnull = None, "/dev/null"
supports_unicode_filenames = False


def _get_sep(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """The path as it is."""
    return fspath(s)


def isabs(s):
    """Whether a path begins with a slash."""
    s = fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """The paths one below the other; an absolute one starts anew."""
    path = a = fspath(a)
    sep = _get_sep(a)
    try:
        if not p:
            path[:0] + sep
        for part in p:
            part = fspath(part)
            if part.startswith(sep):
                path = part
            elif not path or path.endswith(sep):
                path += part
            else:
                path += sep + part
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", a, *p)
        raise
    return path


def split(p):
    """Folder and name."""
    p = fspath(p)
    sep = _get_sep(p)
    at = p.rfind(sep) + 1
    head = p[:at]
    return head.rstrip(sep) or head, p[at:]


def splitext(p):
    """All but the extension, and the extension with its dot."""
    p = fspath(p)
    return genericpath._splitext(p, *((b"/", None, b".") if isinstance(p, bytes) else ("/", None, ".")))


def splitdrive(p):
    """An empty drive, and the path."""
    p = fspath(p)
    return p[:0], p


def basename(p):
    """The name behind the last slash."""
    p = fspath(p)
    return p[p.rfind(_get_sep(p)) + 1:]


def dirname(p):
    """The folder."""
    return split(p)[0]


def islink(path):
    """Whether it is a symbolic link."""
    try:
        return posix._kind(path, False) == stat.S_IFLNK
    except AttributeError:
        return False


def lexists(path):
    """Whether there is something, be it a broken symbolic link."""
    return posix._kind(path, False) != 0


def ismount(path):
    """Whether another file system begins there."""
    try:
        here = posix._stat(path, None, False)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here[0]):
        return False
    path = fspath(path)
    above = realpath(join(path, b".." if isinstance(path, bytes) else ".."))
    try:
        above = posix._stat(above, None, False)
    except OSError:
        return False
    return here[2] != above[2] or here[1] == above[1]


def expanduser(path):
    """The path with the folder of a user in the place of `~` and `~name`."""
    path = fspath(path)
    is_bytes = isinstance(path, bytes)
    tilde, sep = (b"~", b"/") if is_bytes else ("~", "/")
    if not path.startswith(tilde):
        return path
    end = path.find(sep, 1)
    end = len(path) if end < 0 else end
    import os

    if end == 1:
        home = os.environ.get("HOME")
        if home is None:
            try:
                import pwd

                home = pwd.getpwuid(os.getuid()).pw_dir
            except (ImportError, KeyError):
                return path
    else:
        name = path[1:end]
        try:
            import pwd

            home = pwd.getpwnam(os.fsdecode(name)).pw_dir
        except (ImportError, KeyError):
            return path
    if home is None:
        return path
    home = os.fsencode(home) if is_bytes else home
    return home.rstrip(sep) + path[end:] or sep


def expandvars(path):
    """The path with variables of the environment in the place of `$name` and `${name}`; others stay."""
    import os
    import re

    path = fspath(path)
    is_bytes = isinstance(path, bytes)
    if (b"$" if is_bytes else "$") not in path:
        return path
    environment = getattr(os, "environb", None) if is_bytes else os.environ

    def value(found):
        name = found[1]
        if name.startswith(b"{" if is_bytes else "{"):
            name = name[1:-1]
        return environment.get(name, found[0])

    if is_bytes:
        return re.sub(rb"\$(\w+|\{[^}]*\})", value, path, flags=re.ASCII)
    return re.sub(r"\$(\w+|\{[^}]*\})", value, path, flags=re.ASCII)


def normpath(path):
    """The path without needless parts."""
    path = fspath(path)
    sep, empty, dot, up = (b"/", b"", b".", b"..") if isinstance(path, bytes) else ("/", "", ".", "..")
    if not path:
        return dot
    # Two slashes, but not more, may mean something of their own.
    slashes = 2 if path.startswith(sep * 2) and not path.startswith(sep * 3) else int(path.startswith(sep))
    parts = []
    for part in path.split(sep):
        if part in (empty, dot):
            continue
        if part != up or (not slashes and not parts) or (parts and parts[-1] == up):
            parts.append(part)
        elif parts:
            parts.pop()
    return sep * slashes + sep.join(parts) or dot


def abspath(path):
    """The path from the root."""
    path = fspath(path)
    if not isabs(path):
        path = join(posix.getcwdb() if isinstance(path, bytes) else posix.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The absolute path without symbolic links; with `strict`, all of it must be there."""
    filename = fspath(filename)
    is_bytes = isinstance(filename, bytes)
    sep, dot, up = (b"/", b".", b"..") if is_bytes else ("/", ".", "..")
    # What is left of the path, last part first; None stands behind the parts of a link, whose path follows it.
    rest = filename.split(sep)[::-1]
    path = sep if isabs(filename) else posix.getcwdb() if is_bytes else posix.getcwd()
    found = {}
    while rest:
        part = rest.pop()
        if part is None:
            found[rest.pop()] = path
            continue
        if not part or part == dot:
            continue
        if part == up:
            path = dirname(path) if path.strip(sep) else path
            continue
        step = join(path, part)
        try:
            is_link = stat.S_ISLNK(posix._stat(step, None, False)[0])
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            path = step
        elif step not in found:
            target = posix.readlink(step)
            found[step] = None
            rest += [step, None]
            rest += target.split(sep)[::-1]
            path = sep if target.startswith(sep) else path
        elif found[step] is not None:
            path = found[step]
        else:
            # A loop.
            if strict:
                posix._stat(step, None, True)
            path = step
            # The links that are being followed do not belong to the path.
            while None in rest:
                at = rest.index(None)
                del rest[at - 1:at + 1]
            return normpath(join(path, *reversed(rest)))
    return path


def relpath(path, start=None):
    """The path as seen from a folder."""
    if not path:
        raise ValueError("no path specified")
    path = fspath(path)
    sep, dot, up = (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")
    start = dot if start is None else fspath(start)
    try:
        here = [p for p in abspath(start).split(sep) if p]
        there = [p for p in abspath(path).split(sep) if p]
        common = len(commonprefix([here, there]))
        return join(*[up] * (len(here) - common) + there[common:]) if here != there else dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all are below."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(fspath, paths))
    sep, dot = (b"/", b".") if isinstance(paths[0], bytes) else ("/", ".")
    try:
        if len({p.startswith(sep) for p in paths}) > 1:
            raise ValueError("Can't mix absolute and relative paths") from None
        common = commonprefix([[c for c in p.split(sep) if c and c != dot] for p in paths])
        return (sep if paths[0].startswith(sep) else sep[:0]) + sep.join(common)
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise
