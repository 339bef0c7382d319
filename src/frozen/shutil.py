"""Operations on files and folders: copying, moving, removing, finding programs, packing."""

import fnmatch
import os
import stat
import sys

from _shutil_archives import (
    ReadError, RegistryError, get_archive_formats, get_unpack_formats, make_archive, register_archive_format,
    register_unpack_format, unpack_archive, unregister_archive_format, unregister_unpack_format)

__all__ = [
    "copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree", "move", "rmtree", "Error",
    "SpecialFileError", "ExecError", "make_archive", "get_archive_formats", "register_archive_format",
    "unregister_archive_format", "get_unpack_formats", "register_unpack_format", "unregister_unpack_format",
    "unpack_archive", "ignore_patterns", "chown", "which", "get_terminal_size", "SameFileError", "disk_usage"]

COPY_BUFSIZE = 64 * 1024


class Error(OSError):
    """Something could not be done; of copytree(), a list of what."""


class SameFileError(Error):
    """Source and destination are the same file."""


class SpecialFileError(OSError):
    """What cannot be done to this kind of file, such as reading a named pipe."""


class ExecError(OSError):
    """A command could not be executed."""


# Copying.

def copyfileobj(fsrc, fdst, length=0):
    """Copy what a file object has left to another."""
    length = length or COPY_BUFSIZE
    while piece := fsrc.read(length):
        fdst.write(piece)


def _same_file(src, dst):
    if isinstance(src, os.DirEntry):
        try:
            return os.path.samestat(src.stat(), os.stat(dst))
        except OSError:
            return False
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy the content of a file; returns the destination."""
    if _same_file(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    for path in (src, dst):
        try:
            mode = os.stat(path).st_mode
        except OSError:
            continue
        if stat.S_ISFIFO(mode):
            path = path.path if isinstance(path, os.DirEntry) else path
            raise SpecialFileError("`%s` is a named pipe" % path)
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as source:
        try:
            with open(dst, "wb") as target:
                copyfileobj(source, target)
        except IsADirectoryError as error:
            if os.path.exists(dst):
                raise
            raise FileNotFoundError(f"Directory does not exist: {dst}") from error
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """Copy the permissions of a file."""
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    """Copy the permissions and times of a file."""
    follow = follow_symlinks or not (os.path.islink(src) and os.path.islink(dst))
    info = os.stat(src, follow_symlinks=follow)
    os.utime(dst, ns=(info.st_atime_ns, info.st_mtime_ns), follow_symlinks=follow)
    if follow:
        os.chmod(dst, stat.S_IMODE(info.st_mode))


def _into(src, dst):
    """The destination of a file: below `dst` if that is a folder."""
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy a file with its permissions; returns the destination."""
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Copy a file with its permissions and times; returns the destination."""
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    """A function for copytree() that leaves out the names which match a pattern."""
    def ignored(path, names):
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}
    return ignored


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False,
             dirs_exist_ok=False):
    """Copy a folder and all below it; returns the destination."""
    with os.scandir(src) as entries:
        entries = list(entries)
    ignored = ignore(os.fspath(src), [entry.name for entry in entries]) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for entry in entries:
        if entry.name in ignored:
            continue
        source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        # What a function of the user gets is the entry only if it knows what it is.
        given = entry if copy_function in (copy2, copy) else source
        try:
            if entry.is_symlink() and symlinks:
                os.symlink(os.readlink(source), target)
                copystat(given, target, follow_symlinks=False)
                continue
            if entry.is_symlink() and ignore_dangling_symlinks and not os.path.exists(os.path.join(
                    src, os.readlink(source))):
                continue
            if entry.is_dir():
                copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(given, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as error:
            errors.append((source, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        errors.append((src, dst, str(error)))
    if errors:
        raise Error(errors)
    return dst


# Removing and moving.

def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    """Remove a folder and all below it. `onerror` gets the function that failed, the path and the exception."""
    if ignore_errors:
        def onerror(*args):
            pass
    elif onerror is None:
        def onerror(*args):
            raise
    try:
        info = os.lstat(path)
        if not stat.S_ISDIR(info.st_mode):
            if stat.S_ISLNK(info.st_mode):
                raise OSError("Cannot call rmtree on a symbolic link")
            os.rmdir(path)
    except OSError as error:
        onerror(os.lstat if isinstance(error, FileNotFoundError) else os.path.islink
                if not isinstance(error, NotADirectoryError) else os.open, path, sys.exc_info())
        return
    _remove_below(path, onerror)
    try:
        os.rmdir(path)
    except OSError:
        onerror(os.rmdir, path, sys.exc_info())


def _remove_below(path, onerror):
    try:
        with os.scandir(path) as entries:
            entries = list(entries)
    except OSError:
        onerror(os.scandir, path, sys.exc_info())
        return
    for entry in entries:
        below = entry.path
        if entry.is_dir(follow_symlinks=False):
            _remove_below(below, onerror)
            remove = os.rmdir
        else:
            remove = os.unlink
        try:
            remove(below)
        except OSError:
            onerror(remove, below, sys.exc_info())


rmtree.avoids_symlink_attacks = False


def _last_name(path):
    return os.path.basename(os.fspath(path).rstrip("/" if not isinstance(path, bytes) else b"/"))


def _is_inside(src, dst):
    """Whether a path is below another."""
    src, dst = os.path.abspath(src), os.path.abspath(dst)
    return dst.startswith(src if src.endswith(os.sep) else src + os.sep) or src == dst


def move(src, dst, copy_function=copy2):
    """Move a file or folder, below `dst` if that is a folder; returns where it is now."""
    target = dst
    if os.path.isdir(dst):
        if _same_file(src, dst) and not os.path.islink(src):
            # Only the case of letters may differ.
            os.rename(src, dst)
            return None
        target = os.path.join(dst, _last_name(src))
        if os.path.exists(target):
            raise Error("Destination path '%s' already exists" % target)
    try:
        os.rename(src, target)
    except OSError:
        if os.path.islink(src):
            os.symlink(os.readlink(src), target)
            os.unlink(src)
        elif os.path.isdir(src):
            if _is_inside(src, dst):
                raise Error("Cannot move a directory '%s' into itself '%s'." % (src, dst))
            copytree(src, target, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


# The system.

def _usage():
    """The type of disk_usage's result, made when it is needed."""
    global _ntuple_diskusage
    if _ntuple_diskusage is None:
        from collections import namedtuple

        _ntuple_diskusage = namedtuple("usage", "total used free")
    return _ntuple_diskusage


_ntuple_diskusage = None


def disk_usage(path):
    """How many bytes the disk of a path has, has in use, and has free."""
    info = os.statvfs(path)
    block = info.f_frsize
    return _usage()(info.f_blocks * block, (info.f_blocks - info.f_bfree) * block, info.f_bavail * block)


def chown(path, user=None, group=None):
    """Change owner and group of a path, by name or number."""
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    uid = -1 if user is None else user
    gid = -1 if group is None else group
    if isinstance(uid, str):
        import pwd

        try:
            uid = pwd.getpwnam(uid).pw_uid
        except KeyError:
            raise LookupError("no such user: {!r}".format(user))
    if isinstance(gid, str):
        import grp

        try:
            gid = grp.getgrnam(gid).gr_gid
        except KeyError:
            raise LookupError("no such group: {!r}".format(group))
    os.chown(path, uid, gid)


def get_terminal_size(fallback=(80, 24)):
    """Columns and lines of the terminal: from the environment, the terminal, or the fallback."""
    def from_environment(name):
        try:
            return int(os.environ[name])
        except (KeyError, ValueError):
            return 0

    columns, lines = from_environment("COLUMNS"), from_environment("LINES")
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            size = os.terminal_size(fallback)
        columns = columns if columns > 0 else size.columns or fallback[0]
        lines = lines if lines > 0 else size.lines or fallback[1]
    return os.terminal_size((columns, lines))


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """The path of a program that is found on PATH, or None."""
    def usable(file):
        return os.path.exists(file) and os.access(file, mode) and not os.path.isdir(file)

    if os.path.dirname(cmd):
        return cmd if usable(cmd) else None
    if path is None:
        path = os.environ.get("PATH", None)
        if path is None:
            path = os.defpath
    if not path:
        return None
    is_bytes = isinstance(cmd, bytes)
    folders = (os.fsencode(path) if is_bytes else os.fsdecode(path)).split(b":" if is_bytes else ":")
    for folder in dict.fromkeys(folders):
        file = os.path.join(folder, cmd)
        if usable(file):
            return file
    return None
