"""Operations on path names (os.path)."""

import posix

curdir, pardir, extsep, sep, pathsep, defpath, altsep, devnull = ".", "..", ".", "/", ":", "/bin:/usr/bin", None, "/dev/null"
supports_unicode_filenames = False


def _text(path):
    return path if isinstance(path, str) else posix._fspath(path)


def isabs(s):
    """Whether a path begins with a slash."""
    return _text(s).startswith("/")


def join(a, *p):
    """The paths one below the other; an absolute one starts anew."""
    path = _text(a)
    for part in map(_text, p):
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    """Folder and name."""
    p = _text(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    if head.strip("/"):
        head = head.rstrip("/")
    return head, tail


def splitext(p):
    """All but the extension, and the extension with its dot."""
    p = _text(p)
    name = p.rfind("/") + 1
    dot = p.rfind(".")
    if dot > name and p[name:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def splitdrive(p):
    """An empty drive, and the path."""
    p = _text(p)
    return p[:0], p


def basename(p):
    """The name behind the last slash."""
    return split(p)[1]


def dirname(p):
    """The folder."""
    return split(p)[0]


def normcase(s):
    """The path as it is."""
    return _text(s)


def normpath(path):
    """The path without needless parts."""
    path = _text(path)
    if not path:
        return "."
    slashes = 2 if path.startswith("//") and not path.startswith("///") else int(path.startswith("/"))
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not slashes and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return "/" * slashes + "/".join(parts) or "."


def abspath(path):
    """The path from the root."""
    path = _text(path)
    return normpath(path if path.startswith("/") else join(posix.getcwd(), path))


def _stat(path, follow=True):
    try:
        return posix._stat(path, follow)
    except (OSError, ValueError):
        return None


def exists(path):
    """Whether there is something, through symbolic links."""
    return _stat(path) is not None


def lexists(path):
    """Whether there is something, be it a broken symbolic link."""
    return _stat(path, False) is not None


def _is(path, kind, follow=True):
    found = _stat(path, follow)
    return found is not None and found[0] & 0o170000 == kind


def isfile(path):
    """Whether it is a file."""
    return _is(path, 0o100000)


def isdir(s):
    """Whether it is a folder."""
    return _is(s, 0o040000)


def islink(path):
    """Whether it is a symbolic link."""
    return _is(path, 0o120000, False)


def ismount(path):
    """Whether another file system begins there."""
    here, above = _stat(path, False), _stat(join(path, ".."))
    return here is not None and above is not None and (here[2] != above[2] or here[1] == above[1])


def getsize(filename):
    """The size in bytes."""
    return posix._stat(filename, True)[6]


def getmtime(filename):
    """The time of the last change in seconds."""
    return posix._stat(filename, True)[8] / 1e9


def getatime(filename):
    """The time of the last access in seconds."""
    return posix._stat(filename, True)[7] / 1e9


def getctime(filename):
    """The time of the last change of its entry in seconds."""
    return posix._stat(filename, True)[9] / 1e9


def samefile(f1, f2):
    """Whether two paths lead to the same file."""
    return posix._stat(f1, True)[1:3] == posix._stat(f2, True)[1:3]


def realpath(filename, *, strict=False):
    """The absolute path without symbolic links."""
    filename = _text(filename)
    rest = filename.split("/")[::-1]
    path = "/" if isabs(filename) else posix.getcwd()
    seen = 0
    while rest:
        part = rest.pop()
        if part in ("", "."):
            continue
        if part == "..":
            path = dirname(path)
            continue
        step = join(path, part)
        if not islink(step):
            if strict:
                posix._stat(step, False)
            path = step
            continue
        seen += 1
        if seen > 40:
            if strict:
                posix._stat(filename, True)
            return normpath(step)
        target = posix.readlink(step)
        if target.startswith("/"):
            path = "/"
        rest.extend(target.split("/")[::-1])
    return path


def relpath(path, start="."):
    """The path as seen from a folder."""
    if not path:
        raise ValueError("no path specified")
    here = [p for p in abspath(start).split("/") if p]
    there = [p for p in abspath(path).split("/") if p]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def commonprefix(m):
    """The longest text that all begin with."""
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    """The longest path that all are below."""
    paths = [_text(p) for p in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({p.startswith("/") for p in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[c for c in p.split("/") if c and c != "."] for p in paths]
    low, high = min(split_paths), max(split_paths)
    common = low
    for i, part in enumerate(low):
        if i >= len(high) or part != high[i]:
            common = low[:i]
            break
    return ("/" if paths[0].startswith("/") else "") + "/".join(common)


def expanduser(path):
    """The path with the home folder in the place of `~`."""
    path = _text(path)
    if path == "~" or path.startswith("~/"):
        home = posix.environ.get("HOME", "/")
        return (home.rstrip("/") + path[1:]) or "/"
    return path


def expandvars(path):
    """The path with variables of the environment in the place of `$name` and `${name}`."""
    import os
    import re

    def value(found):
        name = found.group(1) or found.group(2)
        return os.environ.get(name, found.group())

    return re.sub(r"\$(?:(\w+)|\{([^}]*)\})", value, _text(path), flags=re.ASCII)
