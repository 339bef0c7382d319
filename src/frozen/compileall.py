"""Compiles all source files below folders."""
import importlib.util
import os
import py_compile
import struct
import sys
from pathlib import Path

__all__ = ["compile_dir", "compile_file", "compile_path"]


def _files(folder, quiet, levels):
    """The paths below a folder, except those of code."""
    if quiet < 2:
        if isinstance(folder, os.PathLike):
            folder = os.fspath(folder)
        if not quiet:
            print("Listing {!r}...".format(folder))
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        if quiet < 2:
            print("Can't list {!r}".format(folder))
        return
    for name in names:
        if name == "__pycache__":
            continue
        full = os.path.join(folder, name)
        if not os.path.isdir(full):
            yield full
        elif levels > 0 and name not in (os.curdir, os.pardir) and not os.path.islink(full):
            yield from _files(full, quiet, levels - 1)


def compile_dir(dir, maxlevels=None, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, workers=1,
                invalidation_mode=None, *, stripdir=None, prependdir=None, limit_sl_dest=None, hardlink_dupes=False):
    """Compiles the files below a folder; whether all could be."""
    if workers < 0:
        raise ValueError("workers must be greater or equal to 0")
    if ddir is not None and (stripdir is not None or prependdir is not None):
        raise ValueError("Destination dir (ddir) cannot be used in combination with stripdir or prependdir")
    if ddir is not None:
        stripdir, prependdir, ddir = dir, ddir, None
    levels = sys.getrecursionlimit() if maxlevels is None else maxlevels
    good = True
    for name in _files(dir, quiet, levels):
        good &= bool(compile_file(
            name, ddir, force, rx, quiet, legacy, optimize, invalidation_mode, stripdir=stripdir, prependdir=prependdir,
            limit_sl_dest=limit_sl_dest, hardlink_dupes=hardlink_dupes))
    return good


def compile_file(fullname, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, invalidation_mode=None, *,
                 stripdir=None, prependdir=None, limit_sl_dest=None, hardlink_dupes=False):
    """Compiles a file, if it is one of source and its code is out of date; whether that went well."""
    if ddir is not None and (stripdir is not None or prependdir is not None):
        raise ValueError("Destination dir (ddir) cannot be used in combination with stripdir or prependdir")
    fullname = os.fspath(fullname)
    name = os.path.basename(fullname)
    dfile = os.path.join(ddir, name) if ddir is not None else None
    if stripdir is not None:
        dfile = os.path.relpath(fullname, os.fspath(stripdir))
    if prependdir is not None:
        dfile = os.path.join(prependdir, dfile or fullname)
    if rx is not None and rx.search(fullname):
        return True
    if limit_sl_dest is not None and os.path.islink(fullname):
        if Path(limit_sl_dest).resolve() not in Path(fullname).resolve().parents:
            return True
    if not os.path.isfile(fullname) or not name.endswith(".py"):
        return True
    good = True
    for level in [optimize] if isinstance(optimize, int) else sorted(set(optimize)):
        if legacy:
            cfile = fullname + "c"
        else:
            cfile = importlib.util.cache_from_source(fullname, optimization=level if level >= 1 else "")
        if not force and _is_fresh(fullname, cfile):
            continue
        if not quiet:
            print("Compiling {!r}...".format(fullname))
        try:
            made = py_compile.compile(fullname, cfile, dfile, True, optimize=level, invalidation_mode=invalidation_mode)
        except py_compile.PyCompileError as error:
            good = False
            if quiet < 2:
                print("*** Error compiling {!r}...".format(fullname) if quiet else "*** ", end="\n" if quiet else "")
                encoding = sys.stdout.encoding or sys.getdefaultencoding()
                print(error.msg.encode(encoding, "backslashreplace").decode(encoding))
        except (SyntaxError, UnicodeError, OSError) as error:
            good = False
            if quiet < 2:
                print("*** Error compiling {!r}...".format(fullname) if quiet else "*** ", end="\n" if quiet else "")
                print(error.__class__.__name__ + ":", error)
        else:
            good = good and bool(made)
    return good


def _is_fresh(source, cfile):
    """Whether the code is that of the source as it is."""
    try:
        status = os.stat(source)
        expected = struct.pack(
            "<4sLL", importlib.util.MAGIC_NUMBER, 0, int(status.st_mtime) & 0xFFFFFFFF)
        with open(cfile, "rb") as file:
            return file.read(12) == expected
    except OSError:
        return False


def compile_path(skip_curdir=1, maxlevels=0, force=False, quiet=0, legacy=False, optimize=-1, invalidation_mode=None):
    """Compiles the files in the folders of `sys.path`."""
    good = True
    for folder in sys.path:
        if (not folder or folder == os.curdir) and skip_curdir:
            if quiet < 2:
                print("Skipping current directory")
        else:
            good = good and compile_dir(
                folder, maxlevels, None, force, quiet=quiet, legacy=legacy, optimize=optimize,
                invalidation_mode=invalidation_mode)
    return good


def main():
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser(description="Compile source files below folders.")
    parser.add_argument("-l", action="store_const", const=0, default=None, dest="maxlevels", help="not in folders of folders")
    parser.add_argument("-r", type=int, dest="recursion", help="how deep to go")
    parser.add_argument("-f", action="store_true", dest="force", help="compile all, even if nothing has changed")
    parser.add_argument("-q", action="count", dest="quiet", default=0, help="tell of errors only; -qq: of nothing")
    parser.add_argument("-b", action="store_true", dest="legacy", help="write the code beside the source")
    parser.add_argument("-d", metavar="DESTDIR", dest="ddir", default=None, help="the folder that tracebacks show")
    parser.add_argument("-s", metavar="STRIPDIR", dest="stripdir", default=None, help="the part of names to leave away")
    parser.add_argument("-p", metavar="PREPENDDIR", dest="prependdir", default=None, help="the part to put before names")
    parser.add_argument("-x", metavar="REGEXP", dest="rx", default=None, help="which files to leave out")
    parser.add_argument("-j", "--workers", default=1, type=int, help="without effect")
    parser.add_argument("compile_dest", metavar="FILE|DIR", nargs="*", help="files and folders; sys.path by default")
    options = parser.parse_args()
    pattern = None
    if options.rx:
        import re

        pattern = re.compile(options.rx)
    levels = options.recursion if options.recursion is not None else options.maxlevels
    good = True
    for place in options.compile_dest:
        if os.path.isdir(place):
            good &= compile_dir(place, levels, options.ddir, options.force, pattern, options.quiet, options.legacy,
                                stripdir=options.stripdir, prependdir=options.prependdir)
        else:
            good &= compile_file(place, options.ddir, options.force, pattern, options.quiet, options.legacy,
                                 stripdir=options.stripdir, prependdir=options.prependdir)
    if not options.compile_dest:
        good = compile_path(legacy=options.legacy, force=options.force, quiet=options.quiet)
    return good


if __name__ == "__main__":
    sys.exit(int(not main()))
