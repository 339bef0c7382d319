"""The paths that match a pattern, in the way of a shell."""

import fnmatch
import os
import re
import stat

__all__ = ["escape", "glob", "iglob"]

_MAGIC = re.compile("([*?[])")
_MAGIC_BYTES = re.compile(b"([*?[])")


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """A list of the paths that match."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """An iterator over the paths that match."""
    if root_dir is not None:
        root_dir = os.fspath(root_dir)
    else:
        root_dir = pathname[:0]
    search = _Search(root_dir, dir_fd, recursive, include_hidden)
    found = search.paths(pathname, False)
    if not pathname or recursive and _is_recursive(pathname[:2]):
        # The folder itself is not among those below it.
        first = next(found, None)
        if first:
            def rest():
                yield first
                yield from found
            return rest()
    return found


class _Search:
    """A search below a folder."""

    def __init__(self, root, dir_fd, recursive, hidden):
        self.root, self.dir_fd, self.recursive, self.hidden = root, dir_fd, recursive, hidden

    def at(self, path):
        """Where a path of the result is."""
        return os.path.join(self.root, path) if self.root else path

    def exists(self, path):
        try:
            os.stat(self.at(path), dir_fd=self.dir_fd, follow_symlinks=False)
        except (OSError, ValueError):
            return False
        return True

    def is_folder(self, path):
        try:
            return stat.S_ISDIR(os.stat(self.at(path), dir_fd=self.dir_fd).st_mode)
        except (OSError, ValueError):
            return False

    def paths(self, pathname, only_folders):
        folder, name = os.path.split(pathname)
        if not has_magic(pathname):
            if name:
                if self.exists(pathname):
                    yield pathname
            elif self.is_folder(folder):
                yield pathname
            return
        if not folder:
            if self.recursive and _is_recursive(name):
                yield from self.below(folder, name, only_folders)
            else:
                yield from self.matching(folder, name, only_folders)
            return
        if folder != pathname and has_magic(folder):
            folders = self.paths(folder, True)
        else:
            folders = [folder]
        if not has_magic(name):
            find = self.named
        elif self.recursive and _is_recursive(name):
            find = self.below
        else:
            find = self.matching
        for folder in folders:
            for found in find(folder, name, only_folders):
                yield os.path.join(folder, found)

    def names(self, folder, only_folders):
        """The names in a folder; none if it cannot be read."""
        place = self.at(folder) or (b"." if isinstance(folder, bytes) else ".")
        fd = None
        try:
            if self.dir_fd is not None:
                place = fd = os.open(place, os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.dir_fd)
            with os.scandir(place) as entries:
                result = []
                for entry in entries:
                    try:
                        if not only_folders or entry.is_dir():
                            result.append(entry.name)
                    except OSError:
                        pass
        except OSError:
            return []
        finally:
            if fd is not None:
                os.close(fd)
        if not isinstance(folder, bytes):
            return result
        return [os.fsencode(n) for n in result]

    def matching(self, folder, pattern, only_folders):
        names = self.names(folder, only_folders)
        if not (self.hidden or _is_hidden(pattern)):
            names = [n for n in names if not _is_hidden(n)]
        return fnmatch.filter(names, pattern)

    def named(self, folder, name, only_folders):
        if name:
            return [name] if self.exists(os.path.join(folder, name)) else []
        return [name] if self.is_folder(folder) else []

    def below(self, folder, pattern, only_folders):
        """The folder, as an empty name, and all below it."""
        if not folder or self.is_folder(folder):
            yield pattern[:0]
        yield from self.walk(folder, only_folders)

    def walk(self, folder, only_folders):
        for name in self.names(folder, only_folders):
            if self.hidden or not _is_hidden(name):
                yield name
                path = os.path.join(folder, name) if folder else name
                for below in self.walk(path, only_folders):
                    yield os.path.join(name, below)


def has_magic(s):
    """Whether a pattern is more than a path."""
    return (_MAGIC_BYTES if isinstance(s, bytes) else _MAGIC).search(s) is not None


def _is_hidden(name):
    return name[0] in (".", b"."[0])


def _is_recursive(pattern):
    return pattern == (b"**" if isinstance(pattern, bytes) else "**")


def escape(pathname):
    """The pattern that matches just this path."""
    drive, pathname = os.path.splitdrive(pathname)
    if isinstance(pathname, bytes):
        return drive + _MAGIC_BYTES.sub(rb"[\1]", pathname)
    return drive + _MAGIC.sub(r"[\1]", pathname)
