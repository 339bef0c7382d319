"""Lines of source files by number, kept after the first reading."""

import sys as _sys

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# filename -> (size, mtime or None, lines, full name), or a 1-tuple: a function that gives the text.
cache = {}


def clearcache():
    """Forget all files."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """The line of that number, with its newline; "" if there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    """All lines of a file; [] if it cannot be read."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget the file, or every file, that changed since it was read."""
    names = list(cache) if filename is None else [filename]
    for name in names:
        entry = cache.get(name)
        if entry is None or len(entry) == 1 or entry[1] is None:
            continue
        import os

        try:
            stat = os.stat(entry[3])
        except (OSError, ValueError):
            del cache[name]
            continue
        if entry[0] != stat.st_size or entry[1] != stat.st_mtime:
            del cache[name]


def _read(path):
    """The lines of a file, each with a newline."""
    # Source files are UTF-8, a byte order mark is no part of the text.
    with open(path, encoding="utf-8-sig") as file:
        lines = file.readlines()
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def updatecache(filename, module_globals=None):
    """Read a file again and return its lines."""
    entry = cache.pop(filename, None)
    if not filename or (filename.startswith("<") and filename.endswith(">")):
        return []
    if entry is None and module_globals is not None and lazycache(filename, module_globals):
        entry = cache.pop(filename, None)
    if entry is not None and len(entry) == 1:
        try:
            text = entry[0]()
        except (ImportError, OSError):
            text = None
        if text is not None:
            lines = [line + "\n" for line in text.splitlines()]
            cache[filename] = (len(text), None, lines, filename)
            return lines
    places = [filename]
    if not filename.startswith("/"):
        places += [f"{folder}/{filename}" for folder in _sys.path if isinstance(folder, str)]
    for path in places:
        try:
            lines = _read(path)
        except (OSError, UnicodeDecodeError, SyntaxError, ValueError, NameError):
            continue
        try:
            import os

            stat = os.stat(path)
            size, mtime = stat.st_size, stat.st_mtime
        except (OSError, AttributeError):
            size, mtime = sum(map(len, lines)), None
        cache[filename] = (size, mtime, lines, path)
        return lines
    return []


def lazycache(filename, module_globals):
    """Remember how a module's loader gives its text, for when a line is asked for; whether it can."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or (filename.startswith("<") and filename.endswith(">")) or not module_globals:
        return False
    spec = module_globals.get("__spec__")
    name = getattr(spec, "name", None) or module_globals.get("__name__")
    get_source = getattr(module_globals.get("__loader__"), "get_source", None)
    if not name or get_source is None:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True
