"""Operations on path names by the rules of Windows, which need no Windows: a drive or a share, and two separators."""

import genericpath
import os
from genericpath import (
    commonprefix, exists, getatime, getctime, getmtime, getsize, isdir, isfile, samefile, sameopenfile, samestat)
from posixpath import islink, lexists

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix",
           "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount",
           "expanduser", "expandvars", "normpath", "abspath", "curdir", "pardir", "sep", "pathsep", "defpath", "altsep",
           "extsep", "devnull", "realpath", "supports_unicode_filenames", "relpath", "samefile", "sameopenfile",
           "samestat", "commonpath"]

curdir, pardir, extsep, sep, pathsep, altsep = ".", "..", ".", "\\", ";", "/"
defpath, devnull = ".;C:\\bin", "nul"
supports_unicode_filenames = False


class _Text:
    """The characters with a meaning, as text."""

    sep, altsep, both, colon, dot, up, empty = "\\", "/", "\\/", ":", ".", "..", ""
    percent, quote, dollar, tilde, unc = "%", "'", "$", "~", "\\\\?\\UNC\\"


class _Bytes:
    """The characters with a meaning, as bytes."""

    sep, altsep, both, colon, dot, up, empty = b"\\", b"/", b"\\/", b":", b".", b"..", b""
    percent, quote, dollar, tilde, unc = b"%", b"'", b"$", b"~", b"\\\\?\\UNC\\"


def _marks(path):
    return _Bytes if isinstance(path, bytes) else _Text


def normcase(s):
    """The path in lower case, with backslashes."""
    s = os.fspath(s)
    marks = _marks(s)
    return s.replace(marks.altsep, marks.sep).lower()


def isabs(s):
    """Whether a path begins, behind its drive, with a separator."""
    s = os.fspath(s)
    marks = _marks(s)
    if s.replace(marks.altsep, marks.sep).startswith(marks.sep * 2):
        return True
    rest = splitdrive(s)[1]
    return bool(rest) and rest[:1] in marks.both


def join(path, *paths):
    """The paths one below the other; one with a root or another drive starts anew."""
    path = os.fspath(path)
    marks = _marks(path)
    try:
        drive, result = splitdrive(path)
        for part in map(os.fspath, paths):
            part_drive, part_path = splitdrive(part)
            if part_path and part_path[:1] in marks.both:
                drive, result = part_drive or drive, part_path
                continue
            if part_drive and part_drive != drive:
                if part_drive.lower() != drive.lower():
                    drive, result = part_drive, part_path
                    continue
                drive = part_drive
            if result and result[-1:] not in marks.both:
                result += marks.sep
            result += part_path
        if result and result[:1] not in marks.both and drive and drive[-1:] != marks.colon:
            return drive + marks.sep + result
        return drive + result
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", path, *paths)
        raise


def splitdrive(p):
    """The drive or the share, and the rest of the path."""
    p = os.fspath(p)
    if len(p) < 2:
        return p[:0], p
    marks = _marks(p)
    plain = p.replace(marks.altsep, marks.sep)
    if plain[:2] == marks.sep * 2:
        start = 8 if plain[:8].upper() == marks.unc else 2
        server_end = plain.find(marks.sep, start)
        if server_end < 0:
            return p, p[:0]
        share_end = plain.find(marks.sep, server_end + 1)
        if share_end < 0:
            return p, p[:0]
        return p[:share_end], p[share_end:]
    if plain[1:2] == marks.colon:
        return p[:2], p[2:]
    return p[:0], p


def split(p):
    """Folder and name."""
    p = os.fspath(p)
    both = _marks(p).both
    drive, rest = splitdrive(p)
    folder = rest[:len(rest) - len(_name(rest, both))]
    return drive + (folder.rstrip(both) or folder), rest[len(folder):]


def _name(path, both):
    """What stands behind the last separator."""
    return path[max(path.rfind(both[:1]), path.rfind(both[1:])) + 1:]


def splitext(p):
    """All but the extension, and the extension with its dot."""
    p = os.fspath(p)
    marks = _marks(p)
    return genericpath._splitext(p, marks.sep, marks.altsep, marks.dot)


def basename(p):
    """The name behind the last separator."""
    return split(p)[1]


def dirname(p):
    """The folder."""
    return split(p)[0]


def ismount(path):
    """Whether it is the root of a drive or of a share."""
    path = os.fspath(path)
    both = _marks(path).both
    drive, rest = splitdrive(abspath(path))
    if drive and drive[:1] in both:
        return not rest
    return len(rest) == 1 and rest in both


def expanduser(path):
    """The path with the folder of a user, by the variables of the environment, in the place of `~` and `~name`."""
    path = os.fspath(path)
    marks = _marks(path)
    if not path.startswith(marks.tilde):
        return path
    end = next((i for i in range(1, len(path)) if path[i:i + 1] in marks.both), len(path))
    if "USERPROFILE" in os.environ:
        home = os.environ["USERPROFILE"]
    elif "HOMEPATH" in os.environ:
        home = join(os.environ.get("HOMEDRIVE", ""), os.environ["HOMEPATH"])
    else:
        return path
    if end != 1:
        # The folder of another user is looked for beside the one of this user.
        user, this = os.fsdecode(path[1:end]), os.environ.get("USERNAME")
        if user != this:
            if this != basename(home):
                return path
            home = join(dirname(home), user)
    return (os.fsencode(home) if isinstance(path, bytes) else home) + path[end:]


def expandvars(path):
    """The path with variables of the environment in the place of `$name`, `${name}` and `%name%`; not within quotes."""
    path = os.fspath(path)
    marks = _marks(path)
    if marks.dollar not in path and marks.percent not in path:
        return path
    import re

    pattern = r"'[^']*(?:'|\Z)|%%|%(?P<percent>[^%]*)%|\$\$|\$\{(?P<brace>[^}]*)\}|\$(?P<plain>[\w-]+)|%.*\Z"
    is_bytes = isinstance(path, bytes)
    environment = getattr(os, "environb", None) if is_bytes else os.environ

    def value(found):
        text = found[0]
        if found.lastgroup is None:
            return text[:1] if text in (marks.percent * 2, marks.dollar * 2) else text
        return environment.get(found[found.lastgroup], text)

    if is_bytes:
        return re.sub(pattern.encode("ascii"), value, path, flags=re.DOTALL)
    return re.sub(pattern, value, path, flags=re.ASCII | re.DOTALL)


def normpath(path):
    """The path with backslashes, without needless parts."""
    path = os.fspath(path)
    marks = _marks(path)
    drive, rest = splitdrive(path.replace(marks.altsep, marks.sep))
    if rest.startswith(marks.sep):
        drive += marks.sep
        rest = rest.lstrip(marks.sep)
    parts = []
    for part in rest.split(marks.sep):
        if not part or part == marks.dot:
            continue
        if part != marks.up:
            parts.append(part)
        elif parts and parts[-1] != marks.up:
            parts.pop()
        elif not drive.endswith(marks.sep):
            parts.append(part)
    if not drive and not parts:
        parts.append(marks.dot)
    return drive + marks.sep.join(parts)


def abspath(path):
    """The path from the root."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


realpath = abspath


def relpath(path, start=None):
    """The path as seen from a folder, which must be on the same drive."""
    path = os.fspath(path)
    marks = _marks(path)
    start = marks.dot if start is None else start
    if not path:
        raise ValueError("no path specified")
    start = os.fspath(start)
    try:
        start_drive, start_rest = splitdrive(abspath(normpath(start)))
        drive, rest = splitdrive(abspath(normpath(path)))
        if normcase(start_drive) != normcase(drive):
            raise ValueError(f"path is on mount {drive!r}, start on mount {start_drive!r}")
        start_parts = [part for part in start_rest.split(marks.sep) if part]
        parts = [part for part in rest.split(marks.sep) if part]
        common = 0
        for one, other in zip(start_parts, parts):
            if normcase(one) != normcase(other):
                break
            common += 1
        steps = [marks.up] * (len(start_parts) - common) + parts[common:]
        return join(*steps) if steps else marks.dot
    except (TypeError, ValueError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all paths begin with."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    marks = _marks(paths[0])
    try:
        drives = [splitdrive(path.replace(marks.altsep, marks.sep).lower()) for path in paths]
        if len({rest[:1] == marks.sep for _, rest in drives}) > 1:
            raise ValueError("Can't mix absolute and relative paths")
        if len({drive for drive, _ in drives}) > 1:
            raise ValueError("Paths don't have the same drive")

        def parts(path):
            return [part for part in path.split(marks.sep) if part and part != marks.dot]

        drive, path = splitdrive(paths[0].replace(marks.altsep, marks.sep))
        folded = [parts(rest) for _, rest in drives]
        low, high = min(folded), max(folded)
        same = next((i for i, (one, other) in enumerate(zip(low, high)) if one != other), min(len(low), len(high)))
        root = marks.sep if path.startswith(marks.sep) else marks.empty
        return drive + root + marks.sep.join(parts(path)[:same])
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise
