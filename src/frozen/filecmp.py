"""Comparing files and folders."""

import os
import stat
from itertools import filterfalse
from types import GenericAlias

__all__ = ["clear_cache", "cmp", "dircmp", "cmpfiles", "DEFAULT_IGNORES"]

BUFSIZE = 8 * 1024
DEFAULT_IGNORES = ["RCS", "CVS", "tags", ".git", ".hg", ".bzr", "_darcs", "__pycache__"]

# (first, second, their signatures) -> whether they are the same
_cache = {}


def clear_cache():
    """Forget what was compared."""
    _cache.clear()


def _signature(path):
    info = os.stat(path)
    return stat.S_IFMT(info.st_mode), info.st_size, info.st_mtime


def cmp(f1, f2, shallow=True):
    """Whether two files have the same content; unless `shallow` is false, the same kind, size and time suffice."""
    first, second = _signature(f1), _signature(f2)
    if first[0] != stat.S_IFREG or second[0] != stat.S_IFREG:
        return False
    if shallow and first == second:
        return True
    if first[1] != second[1]:
        return False
    key = f1, f2, first, second
    same = _cache.get(key)
    if same is None:
        if len(_cache) > 100:
            clear_cache()
        same = _cache[key] = _same_content(f1, f2)
    return same


def _same_content(f1, f2):
    with open(f1, "rb") as one, open(f2, "rb") as other:
        while True:
            piece = one.read(BUFSIZE)
            if piece != other.read(BUFSIZE):
                return False
            if not piece:
                return True


def cmpfiles(a, b, common, shallow=True):
    """The names in `common` whose files in two folders are the same, differ, and cannot be compared."""
    result = [], [], []
    for name in common:
        try:
            place = 0 if cmp(os.path.join(a, name), os.path.join(b, name), shallow) else 1
        except (OSError, ValueError):
            place = 2
        result[place].append(name)
    return result


class dircmp:
    """The comparison of two folders; what it found is looked for when it is asked for."""

    def __init__(self, a, b, ignore=None, hide=None):
        self.left, self.right = a, b
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore

    def _list(self, folder):
        return sorted(filterfalse((self.hide + self.ignore).__contains__, os.listdir(folder)))

    def phase0(self):
        """What is in the folders."""
        self.left_list, self.right_list = self._list(self.left), self._list(self.right)

    def phase1(self):
        """Which names are in both."""
        left = {os.path.normcase(name): name for name in self.left_list}
        right = {os.path.normcase(name): name for name in self.right_list}
        self.common = [name for key, name in left.items() if key in right]
        self.left_only = [name for key, name in left.items() if key not in right]
        self.right_only = [name for key, name in right.items() if key not in left]

    def phase2(self):
        """Which of these are folders, files, and neither or not the same kind."""
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        for name in self.common:
            try:
                kinds = [stat.S_IFMT(os.stat(os.path.join(folder, name)).st_mode) for folder in (self.left, self.right)]
            except (OSError, ValueError):
                kinds = [None]
            if kinds == [stat.S_IFDIR] * 2:
                self.common_dirs.append(name)
            elif kinds == [stat.S_IFREG] * 2:
                self.common_files.append(name)
            else:
                self.common_funny.append(name)

    def phase3(self):
        """Which of the files are the same."""
        self.same_files, self.diff_files, self.funny_files = cmpfiles(self.left, self.right, self.common_files)

    def phase4(self):
        """The comparisons of the folders below."""
        self.subdirs = {name: type(self)(os.path.join(self.left, name), os.path.join(self.right, name), self.ignore,
                                         self.hide) for name in self.common_dirs}

    def phase4_closure(self):
        """The same, all the way down."""
        self.phase4()
        for below in self.subdirs.values():
            below.phase4_closure()

    def report(self):
        """Print what was found."""
        print("diff", self.left, self.right)
        for title, names in (("Only in " + str(self.left), "left_only"), ("Only in " + str(self.right), "right_only")):
            if getattr(self, names):
                getattr(self, names).sort()
                print(title, ":", getattr(self, names))
        for title, names in (("Identical files", "same_files"), ("Differing files", "diff_files"),
                             ("Trouble with common files", "funny_files"),
                             ("Common subdirectories", "common_dirs"), ("Common funny cases", "common_funny")):
            if getattr(self, names):
                if names.endswith("_files") or names == "common_dirs":
                    getattr(self, names).sort()
                print(title, ":", getattr(self, names))

    def report_partial_closure(self):
        """The same, of the folders below, too."""
        self.report()
        for below in self.subdirs.values():
            print()
            below.report()

    def report_full_closure(self):
        """The same, all the way down."""
        self.report()
        for below in self.subdirs.values():
            print()
            below.report_full_closure()

    methodmap = {"subdirs": phase4, "same_files": phase3, "diff_files": phase3, "funny_files": phase3,
                 "common_dirs": phase2, "common_files": phase2, "common_funny": phase2, "common": phase1,
                 "left_only": phase1, "right_only": phase1, "left_list": phase0, "right_list": phase0}

    def __getattr__(self, attr):
        if attr not in self.methodmap:
            raise AttributeError(attr)
        self.methodmap[attr](self)
        return getattr(self, attr)

    __class_getitem__ = classmethod(GenericAlias)
