"""Tar archives: reading, writing, listing and extracting."""
import builtins
import io
import os
import shutil
import stat
import sys
import time

import _tarfile_filters as _filters
from _tarfile_filters import (
    AbsoluteLinkError, AbsolutePathError, FilterError, LinkOutsideDestinationError, OutsideDestinationError,
    SpecialFileError, data_filter, fully_trusted_filter, tar_filter,
)
from _tarfile_info import (
    AREGTYPE, BLKTYPE, BLOCKSIZE, CHRTYPE, CONTTYPE, CompressionError, DEFAULT_FORMAT, DIRTYPE, EOFHeaderError,
    EmptyHeaderError, ExtractError, FIFOTYPE, GNUTYPE_LONGLINK, GNUTYPE_LONGNAME, GNUTYPE_SPARSE, GNU_FORMAT,
    GNU_MAGIC, HeaderError, InvalidHeaderError, LENGTH_LINK, LENGTH_NAME, LENGTH_PREFIX, LNKTYPE, NUL, PAX_FORMAT,
    POSIX_MAGIC, RECORDSIZE, REGTYPE, REGULAR_TYPES, ReadError, SOLARIS_XHDTYPE, SUPPORTED_TYPES, SYMTYPE,
    StreamError, SubsequentHeaderError, TarError, TarInfo, TruncatedHeaderError, USTAR_FORMAT, XGLTYPE, XHDTYPE,
    calc_chksums, itn, nti, nts, stn,
)
from _tarfile_streams import ExFileObject, Stream as _Stream, copy as copyfileobj, fill_block

try:
    import grp
    import pwd
except ImportError:
    grp = pwd = None

__all__ = [
    "TarFile", "TarInfo", "is_tarfile", "TarError", "ReadError", "CompressionError", "StreamError", "ExtractError",
    "HeaderError", "ENCODING", "USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT", "DEFAULT_FORMAT", "open",
    "fully_trusted_filter", "data_filter", "tar_filter", "FilterError", "AbsoluteLinkError",
    "OutsideDestinationError", "SpecialFileError", "AbsolutePathError", "LinkOutsideDestinationError",
]

version = "0.9.0"
ENCODING = sys.getfilesystemencoding()

for _class in (
    TarInfo, TarError, ReadError, CompressionError, StreamError, ExtractError, HeaderError, EmptyHeaderError,
    TruncatedHeaderError, EOFHeaderError, InvalidHeaderError, SubsequentHeaderError, FilterError, AbsoluteLinkError,
    OutsideDestinationError, SpecialFileError, AbsolutePathError, LinkOutsideDestinationError, ExFileObject,
):
    _class.__module__ = __name__
del _class


class TarFile:
    """An archive: a name or a file object, to read ("r"), to write anew ("w", "x") or to add to ("a")."""

    debug = 0
    dereference = False
    ignore_zeros = False
    errorlevel = 1
    format = DEFAULT_FORMAT
    encoding = ENCODING
    errors = None
    tarinfo = TarInfo
    fileobject = ExFileObject
    extraction_filter = None

    OPEN_METH = {"tar": "taropen", "gz": "gzopen", "bz2": "bz2open", "xz": "xzopen"}

    def __init__(self, name=None, mode="r", fileobj=None, format=None, tarinfo=None, dereference=None,
                 ignore_zeros=None, encoding=None, errors="surrogateescape", pax_headers=None, debug=None,
                 errorlevel=None, copybufsize=None):
        modes = {"r": "rb", "a": "r+b", "w": "wb", "x": "xb"}
        if mode not in modes:
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        self.mode = mode
        self._mode = modes[mode]
        self._extfileobj = fileobj is not None
        if fileobj is None:
            if mode == "a" and not os.path.exists(name):
                # To add to what is not there is to write it.
                self.mode, self._mode = "w", "wb"
            fileobj = builtins.open(name, self._mode)
        else:
            if name is None and hasattr(fileobj, "name") and isinstance(fileobj.name, (str, bytes)):
                name = fileobj.name
            if hasattr(fileobj, "mode"):
                self._mode = fileobj.mode
        self.name = os.path.abspath(name) if name else None
        self.fileobj = fileobj
        for field, value in (("format", format), ("tarinfo", tarinfo), ("dereference", dereference),
                             ("ignore_zeros", ignore_zeros), ("encoding", encoding), ("debug", debug),
                             ("errorlevel", errorlevel)):
            if value is not None:
                setattr(self, field, value)
        self.errors = errors
        self.pax_headers = pax_headers if pax_headers is not None and self.format == PAX_FORMAT else {}
        self.copybufsize = copybufsize
        self.closed = False
        self.members = []
        self._loaded = False
        self.offset = self.fileobj.tell()
        # Files that were written already, for hard links to them.
        self.inodes = {}
        try:
            self._start()
        except BaseException:
            if not self._extfileobj:
                self.fileobj.close()
            self.closed = True
            raise

    def _start(self):
        self.firstmember = None
        if self.mode == "r":
            self.firstmember = self.next()
        elif self.mode == "a":
            # Move to where the end mark stands.
            while True:
                self.fileobj.seek(self.offset)
                try:
                    self.members.append(self.tarinfo.fromtarfile(self))
                except EOFHeaderError:
                    self.fileobj.seek(self.offset)
                    break
                except HeaderError as e:
                    raise ReadError(str(e)) from None
        if self.mode in ("a", "w", "x"):
            self._loaded = True
            if self.pax_headers:
                buf = self.tarinfo.create_pax_global_header(self.pax_headers.copy())
                self.fileobj.write(buf)
                self.offset += len(buf)

    @classmethod
    def open(cls, name=None, mode="r", fileobj=None, bufsize=RECORDSIZE, **kwargs):
        """Open an archive; the mode may name the compression behind ":", or behind "|" for streams."""
        if not name and not fileobj:
            raise ValueError("nothing to open")
        if mode in ("r", "r:*"):
            return cls._open_any(name, fileobj, kwargs)
        if ":" in mode:
            mode, comptype = mode.split(":", 1)
            mode, comptype = mode or "r", comptype or "tar"
            if comptype not in cls.OPEN_METH:
                raise CompressionError(f"unknown compression type {comptype!r}")
            return getattr(cls, cls.OPEN_METH[comptype])(name, mode, fileobj, **kwargs)
        if "|" in mode:
            mode, comptype = mode.split("|", 1)
            mode, comptype = mode or "r", comptype or "tar"
            if mode not in ("r", "w"):
                raise ValueError("mode must be 'r' or 'w'")
            stream = _Stream(name, mode, comptype, fileobj, bufsize, kwargs.pop("compresslevel", 9))
            try:
                archive = cls(name, mode, stream, **kwargs)
            except BaseException:
                stream.close()
                raise
            archive._extfileobj = False
            return archive
        if mode in ("a", "w", "x"):
            return cls.taropen(name, mode, fileobj, **kwargs)
        raise ValueError("undiscernible mode")

    @classmethod
    def _open_any(cls, name, fileobj, kwargs):
        # The plain kind comes last, since it takes more for an archive.
        start = fileobj.tell() if fileobj is not None else None
        reasons = []
        for comptype in sorted(cls.OPEN_METH, key=lambda kind: kind == "tar"):
            try:
                return getattr(cls, cls.OPEN_METH[comptype])(name, "r", fileobj, **kwargs)
            except (ReadError, CompressionError) as e:
                reasons.append(f"- method {comptype}: {e!r}")
                if fileobj is not None:
                    fileobj.seek(start)
        reasons = "\n".join(reasons)
        raise ReadError(f"file could not be opened successfully:\n{reasons}")

    @classmethod
    def taropen(cls, name, mode="r", fileobj=None, **kwargs):
        """Open an archive that is not compressed."""
        if mode not in ("r", "a", "w", "x"):
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        return cls(name, mode, fileobj, **kwargs)

    @classmethod
    def _over(cls, name, mode, fileobj, kwargs, opener, errors, kind):
        """Open an archive in a compressed file; `opener` opens that."""
        if mode not in ("r", "w", "x"):
            raise ValueError("mode must be 'r', 'w' or 'x'")
        file = opener()
        try:
            archive = cls.taropen(name, mode, file, **kwargs)
        except errors as e:
            file.close()
            if mode == "r":
                raise ReadError(f"not {kind} file") from e
            raise
        except BaseException:
            file.close()
            raise
        archive._extfileobj = False
        return archive

    @classmethod
    def gzopen(cls, name, mode="r", fileobj=None, compresslevel=9, **kwargs):
        """Open an archive that is compressed by gzip."""
        from gzip import GzipFile
        import zlib

        def opener():
            try:
                return GzipFile(name, mode + "b", compresslevel, fileobj)
            except OSError as e:
                if fileobj is not None and mode == "r":
                    raise ReadError("not a gzip file") from e
                raise

        return cls._over(name, mode, fileobj, kwargs, opener, (OSError, EOFError, zlib.error), "a gzip")

    @classmethod
    def bz2open(cls, name, mode="r", fileobj=None, compresslevel=9, **kwargs):
        """Open an archive that is compressed by bzip2."""
        from bz2 import BZ2File

        return cls._over(
            name, mode, fileobj, kwargs, lambda: BZ2File(fileobj or name, mode, compresslevel=compresslevel),
            (OSError, EOFError), "a bzip2")

    @classmethod
    def xzopen(cls, name, mode="r", fileobj=None, preset=None, **kwargs):
        """Open an archive that is compressed by LZMA."""
        from lzma import LZMAError, LZMAFile

        return cls._over(
            name, mode, fileobj, kwargs, lambda: LZMAFile(fileobj or name, mode, preset=preset),
            (LZMAError, EOFError), "an lzma")

    def close(self):
        """Close the archive; one that was written gets its end mark."""
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode in ("a", "w", "x"):
                self.fileobj.write(NUL * (BLOCKSIZE * 2))
                self.offset += BLOCKSIZE * 2
                rest = self.offset % RECORDSIZE
                if rest:
                    self.fileobj.write(NUL * (RECORDSIZE - rest))
        finally:
            if not self._extfileobj:
                self.fileobj.close()

    def _check(self, mode=None):
        if self.closed:
            raise OSError(f"{type(self).__name__} is closed")
        if mode is not None and self.mode not in mode:
            raise OSError(f"bad operation for mode {self.mode!r}")

    def getmember(self, name):
        """What the archive says about the file of a name: the last one, if there are several."""
        found = self._getmember(name.rstrip("/"))
        if found is None:
            raise KeyError(f"filename {name!r} not found")
        return found

    def getmembers(self):
        """What the archive says about each file."""
        self._check()
        if not self._loaded:
            self._load()
        return self.members

    def getnames(self):
        """The files' names."""
        return [member.name for member in self.getmembers()]

    def gettarinfo(self, name=None, arcname=None, fileobj=None):
        """What to say about a file of the file system, or an open one, under its own name or another."""
        self._check("awx")
        if fileobj is not None:
            name = fileobj.name
        arcname = os.path.splitdrive(name if arcname is None else arcname)[1].replace(os.sep, "/").lstrip("/")
        info = self.tarinfo()
        info.tarfile = self
        if fileobj is not None:
            status = os.fstat(fileobj.fileno())
        elif self.dereference:
            status = os.stat(name)
        else:
            status = os.lstat(name)
        mode, linkname = status.st_mode, ""
        if stat.S_ISREG(mode):
            inode = status.st_ino, status.st_dev
            if not self.dereference and status.st_nlink > 1 and arcname != self.inodes.get(inode, arcname):
                info.type = LNKTYPE
                linkname = self.inodes[inode]
            else:
                info.type = REGTYPE
                if inode[0]:
                    self.inodes[inode] = arcname
        elif stat.S_ISDIR(mode):
            info.type = DIRTYPE
        elif stat.S_ISFIFO(mode):
            info.type = FIFOTYPE
        elif stat.S_ISLNK(mode):
            info.type = SYMTYPE
            linkname = os.readlink(name)
        elif stat.S_ISCHR(mode):
            info.type = CHRTYPE
        elif stat.S_ISBLK(mode):
            info.type = BLKTYPE
        else:
            return None
        info.name = arcname
        info.mode = mode
        info.uid, info.gid = status.st_uid, status.st_gid
        info.size = status.st_size if info.type == REGTYPE else 0
        info.mtime = status.st_mtime
        info.linkname = linkname
        if pwd:
            try:
                info.uname = pwd.getpwuid(info.uid)[0]
            except KeyError:
                pass
            try:
                info.gname = grp.getgrgid(info.gid)[0]
            except KeyError:
                pass
        if info.type in (CHRTYPE, BLKTYPE):
            info.devmajor, info.devminor = os.major(status.st_rdev), os.minor(status.st_rdev)
        return info

    def list(self, verbose=True, *, members=None):
        """Print a table of the files."""
        self._check()
        for member in self if members is None else members:
            parts = []
            if verbose:
                parts.append("??????????" if member.mode is None else stat.filemode(member.mode))
                parts.append(f"{member.uname or member.uid}/{member.gname or member.gid}")
                if member.ischr() or member.isblk():
                    size = f"{member.devmajor},{member.devminor}"
                else:
                    size = str(member.size)
                parts.append(size.rjust(10))
                when = "????-??-?? ??:??:??"
                if member.mtime is not None:
                    when = "%d-%02d-%02d %02d:%02d:%02d" % time.localtime(member.mtime)[:6]
                parts.append(when)
            parts.append(_printable(member.name) + ("/" if member.isdir() else ""))
            if verbose and member.issym():
                parts.append("-> " + _printable(member.linkname))
            if verbose and member.islnk():
                parts.append("link to " + _printable(member.linkname))
            print(*parts, end=" \n")

    def add(self, name, arcname=None, recursive=True, *, filter=None):
        """Add a file of the file system, or a folder with all that it holds."""
        self._check("awx")
        if arcname is None:
            arcname = name
        if self.name is not None and os.path.abspath(name) == self.name:
            return
        info = self.gettarinfo(name, arcname)
        if info is None:
            return
        if filter is not None:
            info = filter(info)
            if info is None:
                return
        if info.isreg():
            with builtins.open(name, "rb") as source:
                self.addfile(info, source)
            return
        self.addfile(info)
        if info.isdir() and recursive:
            for entry in sorted(os.listdir(name)):
                self.add(os.path.join(name, entry), os.path.join(arcname, entry), recursive, filter=filter)

    def addfile(self, tarinfo, fileobj=None):
        """Add a file with what is said about it; its bytes come from a file object."""
        import copy

        self._check("awx")
        tarinfo = copy.copy(tarinfo)
        buf = tarinfo.tobuf(self.format, self.encoding, self.errors)
        self.fileobj.write(buf)
        self.offset += len(buf)
        if fileobj is not None:
            copyfileobj(fileobj, self.fileobj, tarinfo.size, OSError, self.copybufsize)
            fill_block(self.fileobj, tarinfo.size)
            self.offset += tarinfo._blocks(tarinfo.size)
        self.members.append(tarinfo)

    def _filter(self, filter):
        """The function behind a filter's name."""
        if filter is None:
            filter = self.extraction_filter
            if filter is None:
                return fully_trusted_filter
            if isinstance(filter, str):
                raise TypeError("String names are not supported for TarFile.extraction_filter. Use a function such as "
                                "tarfile.data_filter directly.")
            return filter
        if callable(filter):
            return filter
        try:
            return _filters.NAMED[filter]
        except KeyError:
            raise ValueError(f"filter {filter!r} not found") from None

    def extractall(self, path=".", members=None, *, numeric_owner=False, filter=None):
        """Write all files, or some, to the file system."""
        function = self._filter(filter)
        folders = []
        for member in self if members is None else members:
            info = self._filtered(member, function, path)
            if info is None:
                continue
            if info.isdir():
                # What a folder may not hold is written before that is so.
                folders.append(info)
            self._extract(info, path, not info.isdir(), numeric_owner)
        for info in sorted(folders, key=lambda info: info.name, reverse=True):
            target = os.path.join(path, info.name)
            try:
                self.chown(info, target, numeric_owner)
                self.utime(info, target)
                self.chmod(info, target)
            except ExtractError as e:
                self._nonfatal(e)

    def extract(self, member, path="", set_attrs=True, *, numeric_owner=False, filter=None):
        """Write a file of the archive to the file system."""
        info = self._filtered(member, self._filter(filter), path)
        if info is not None:
            self._extract(info, path, set_attrs, numeric_owner)

    def _filtered(self, member, function, path):
        info = self.getmember(member) if isinstance(member, str) else member
        try:
            info = function(info, path)
        except (OSError, FilterError) as e:
            self._fatal(e)
        except ExtractError as e:
            self._nonfatal(e)
        if info is None:
            return None
        import copy

        if info.islnk():
            info = copy.copy(info)
            info._link_target = os.path.join(path, info.linkname)
        return info

    def _extract(self, info, path, set_attrs, numeric_owner):
        self._check("r")
        try:
            self._extract_member(info, os.path.join(path, info.name), set_attrs, numeric_owner)
        except OSError as e:
            self._fatal(e)
        except ExtractError as e:
            self._nonfatal(e)

    def _fatal(self, e):
        if self.errorlevel > 0:
            raise e
        self._dbg(1, f"tarfile: {e}")

    def _nonfatal(self, e):
        if self.errorlevel > 1:
            raise e
        self._dbg(1, f"tarfile: {e}")

    def extractfile(self, member):
        """The content of a file, as a file; None for folders and the like."""
        self._check("r")
        info = self.getmember(member) if isinstance(member, str) else member
        if info.isreg() or info.type not in SUPPORTED_TYPES:
            return self.fileobject(self, info)
        if info.islnk() or info.issym():
            if isinstance(self.fileobj, _Stream):
                raise StreamError("cannot extract (sym)link as file object")
            return self.extractfile(self._find_link_target(info))
        return None

    def _extract_member(self, info, target, set_attrs=True, numeric_owner=False):
        target = target.rstrip("/").replace("/", os.sep)
        folder = os.path.dirname(target)
        if folder and not os.path.exists(folder):
            os.makedirs(folder, exist_ok=True)
        if info.isreg():
            self.makefile(info, target)
        elif info.isdir():
            self.makedir(info, target)
        elif info.isfifo():
            self.makefifo(info, target)
        elif info.ischr() or info.isblk():
            self.makedev(info, target)
        elif info.islnk() or info.issym():
            self.makelink(info, target)
        else:
            self.makeunknown(info, target)
        if set_attrs:
            self.chown(info, target, numeric_owner)
            if not info.issym():
                self.chmod(info, target)
                self.utime(info, target)

    def makedir(self, tarinfo, targetpath):
        """Make a folder."""
        try:
            if tarinfo.mode is None:
                os.mkdir(targetpath)
            else:
                # Its own permissions come when all that it holds is written.
                os.mkdir(targetpath, 0o700)
        except FileExistsError:
            if not os.path.isdir(targetpath):
                raise

    def makefile(self, tarinfo, targetpath):
        """Make a regular file."""
        if tarinfo.sparse is None:
            source = self.fileobj
            source.seek(tarinfo.offset_data)
        else:
            source = ExFileObject(self, tarinfo)
        with builtins.open(targetpath, "wb") as target:
            copyfileobj(source, target, tarinfo.size, ReadError, self.copybufsize)

    def makeunknown(self, tarinfo, targetpath):
        """Make what is of a type that is not known: a regular file."""
        self.makefile(tarinfo, targetpath)
        self._dbg(1, f"tarfile: Unknown file type {tarinfo.type!r}, extracted as regular file.")

    def makefifo(self, tarinfo, targetpath):
        """Make a named pipe."""
        if not hasattr(os, "mkfifo"):
            raise ExtractError("fifo not supported by system")
        os.mkfifo(targetpath)

    def makedev(self, tarinfo, targetpath):
        """Make a device."""
        if not hasattr(os, "mknod") or not hasattr(os, "makedev"):
            raise ExtractError("special devices not supported by system")
        mode = tarinfo.mode if tarinfo.mode is not None else 0o600
        os.mknod(targetpath, mode | _type_bits(tarinfo), os.makedev(tarinfo.devmajor, tarinfo.devminor))

    def makelink(self, tarinfo, targetpath):
        """Make a link, or a copy of what it leads to where that cannot be."""
        try:
            if tarinfo.issym():
                if os.path.lexists(targetpath):
                    os.unlink(targetpath)
                os.symlink(tarinfo.linkname, targetpath)
                return
            if os.path.exists(tarinfo._link_target):
                os.link(tarinfo._link_target, targetpath)
                return
        except NotImplementedError:
            pass
        self._extract_member(self._find_link_target(tarinfo), targetpath)

    def chown(self, tarinfo, targetpath, numeric_owner):
        """Set who owns a file, as far as that is allowed."""
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            return
        uid, gid = tarinfo.uid, tarinfo.gid
        if not numeric_owner:
            try:
                if grp and tarinfo.gname:
                    gid = grp.getgrnam(tarinfo.gname)[2]
            except KeyError:
                pass
            try:
                if pwd and tarinfo.uname:
                    uid = pwd.getpwnam(tarinfo.uname)[2]
            except KeyError:
                pass
        try:
            change = os.lchown if tarinfo.issym() and hasattr(os, "lchown") else os.chown
            change(targetpath, -1 if uid is None else uid, -1 if gid is None else gid)
        except OSError as e:
            raise ExtractError("could not change owner") from e

    def chmod(self, tarinfo, targetpath):
        """Set a file's permissions."""
        if tarinfo.mode is None:
            return
        try:
            os.chmod(targetpath, tarinfo.mode)
        except OSError as e:
            raise ExtractError("could not change mode") from e

    def utime(self, tarinfo, targetpath):
        """Set when a file was changed."""
        if tarinfo.mtime is None:
            return
        try:
            os.utime(targetpath, (tarinfo.mtime, tarinfo.mtime))
        except OSError as e:
            raise ExtractError("could not change modification time") from e

    def next(self):
        """The next file of the archive, or None at its end."""
        self._check("ra")
        if self.firstmember is not None:
            first, self.firstmember = self.firstmember, None
            return first
        if self.offset != self.fileobj.tell():
            if self.offset == 0:
                return None
            self.fileobj.seek(self.offset - 1)
            if not self.fileobj.read(1):
                raise ReadError("unexpected end of data")
        info = None
        while True:
            try:
                info = self.tarinfo.fromtarfile(self)
            except (EOFHeaderError, InvalidHeaderError) as e:
                if self.ignore_zeros:
                    self._dbg(2, f"0x{self.offset:X}: {e}")
                    self.offset += BLOCKSIZE
                    continue
                if isinstance(e, InvalidHeaderError) and self.offset == 0:
                    raise ReadError(str(e)) from None
            except EmptyHeaderError:
                if self.offset == 0:
                    raise ReadError("empty file") from None
            except TruncatedHeaderError as e:
                if self.offset == 0:
                    raise ReadError(str(e)) from None
            except SubsequentHeaderError as e:
                raise ReadError(str(e)) from None
            break
        if info is None:
            self._loaded = True
        else:
            self.members.append(info)
        return info

    def _load(self):
        while self.next() is not None:
            pass
        self._loaded = True

    def _getmember(self, name, tarinfo=None, normalize=False):
        """The last file of a name, before another one if that is given."""
        members = self.getmembers()
        if tarinfo is not None:
            places = [i for i, member in enumerate(members) if member is tarinfo or member.offset == tarinfo.offset]
            if places:
                members = members[:places[0]]
        if normalize:
            name = os.path.normpath(name)
        for member in reversed(members):
            if name == (os.path.normpath(member.name) if normalize else member.name):
                return member
        return None

    def _find_link_target(self, info):
        if info.issym():
            linkname, before = os.path.normpath(os.path.join(os.path.dirname(info.name), info.linkname)), None
        else:
            # A hard link leads to what was written before.
            linkname, before = info.linkname, info
        member = self._getmember(linkname, before, normalize=True)
        if member is None:
            raise KeyError(f"linkname {linkname!r} not found")
        return member

    def __iter__(self):
        if self._loaded:
            yield from self.members
            return
        place = 0
        # Others may read on meanwhile.
        if self.firstmember is not None:
            self.next()
        while True:
            if place < len(self.members):
                yield self.members[place]
                place += 1
            elif self._loaded or self.next() is None:
                self._loaded = True
                return

    def _dbg(self, level, message):
        if level <= self.debug:
            print(message, file=sys.stderr)

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, type, value, traceback):
        if type is None:
            self.close()
            return
        # Half an archive gets no end mark.
        if not self._extfileobj:
            self.fileobj.close()
        self.closed = True


def _type_bits(info):
    """The type as part of a mode."""
    return {SYMTYPE: stat.S_IFLNK, DIRTYPE: stat.S_IFDIR, FIFOTYPE: stat.S_IFIFO, CHRTYPE: stat.S_IFCHR,
            BLKTYPE: stat.S_IFBLK}.get(info.type, stat.S_IFREG)


def _printable(name):
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return name.encode(encoding, "backslashreplace").decode(encoding)


def is_tarfile(name):
    """Whether a file, by name or as an object, is an archive that can be read."""
    try:
        if hasattr(name, "read"):
            place = name.tell()
            archive = open(fileobj=name)
            name.seek(place)
        else:
            archive = open(name)
        archive.close()
        return True
    except TarError:
        return False


open = TarFile.open


def main():
    """What python -m tarfile does."""
    import argparse

    parser = argparse.ArgumentParser(description="A simple command-line interface for tarfile module.")
    parser.add_argument("-v", "--verbose", action="store_true", default=False, help="Verbose output")
    parser.add_argument("--filter", metavar="<filtername>", choices=_filters.NAMED, help="Filter for extraction")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("-l", "--list", metavar="<tarfile>", help="Show listing of a tarfile")
    group.add_argument("-e", "--extract", nargs="+", metavar=("<tarfile>", "<output_dir>"),
                       help="Extract tarfile into target dir")
    group.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create tarfile from sources")
    group.add_argument("-t", "--test", metavar="<tarfile>", help="Test if a tarfile is valid")
    args = parser.parse_args()
    if args.filter and args.extract is None:
        parser.exit(1, "--filter is only valid for extraction\n")
    if args.create is not None:
        name, *files = args.create
        ending = os.path.splitext(name)[1]
        kind = {".gz": "gz", ".tgz": "gz", ".xz": "xz", ".txz": "xz", ".bz2": "bz2", ".tbz": "bz2", ".tbz2": "bz2",
                ".tb2": "bz2"}.get(ending)
        with TarFile.open(name, "w:" + kind if kind else "w") as archive:
            for path in files:
                archive.add(path)
        if args.verbose:
            print(f"{name!r} file created.")
        return
    name = args.test or args.list or args.extract[0]
    if not is_tarfile(name):
        parser.exit(1, f"{name!r} is not a tar archive.\n")
    with TarFile.open(name, "r:*") as archive:
        if args.test is not None:
            archive.getmembers()
            print(archive.getmembers(), file=sys.stderr)
            if args.verbose:
                print(f"{name!r} is a tar archive.")
        elif args.list is not None:
            archive.list(verbose=args.verbose)
        elif len(args.extract) > 2:
            parser.exit(1, parser.format_help())
        else:
            folder = args.extract[1] if len(args.extract) == 2 else os.curdir
            archive.extractall(folder, filter=args.filter)
            if args.verbose:
                print(f"{name!r} file is extracted.")


if __name__ == "__main__":
    main()
