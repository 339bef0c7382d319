"""ZIP archives: reading, writing, listing and extracting."""
import io
import os
import shutil
import sys
import threading
import time
import warnings

from _zipfile_path import Path
from _zipfile_records import (
    BZIP2_VERSION, BadZipFile, DEFAULT_VERSION, ENCRYPTED, FILE, FILE_SIGNATURE, LZMA_END_MARK, LZMA_VERSION,
    LargeZipFile, MAX_EXTRACT_VERSION, PATCHED, SIZES_FOLLOW, STRONGLY_ENCRYPTED, UTF_8, ZIP64_LIMIT, ZIP64_VERSION,
    ZIP_BZIP2, ZIP_DEFLATED, ZIP_FILECOUNT_LIMIT, ZIP_LZMA, ZIP_MAX_COMMENT, ZIP_STORED, ZipInfo, compressor_names,
    end_record, find_end, read_directory,
)
from _zipfile_streams import SharedFile, Tellable, ZipExtFile, ZipWriteFile, check_compression

__all__ = [
    "BadZipFile", "BadZipfile", "error", "ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2", "ZIP_LZMA", "is_zipfile",
    "ZipInfo", "ZipFile", "LargeZipFile", "Path",
]

error = BadZipfile = BadZipFile
for _class in (BadZipFile, LargeZipFile, ZipInfo):
    _class.__module__ = __name__
del _class

_CLOSED = "Attempt to use ZIP archive that was already closed"


def is_zipfile(filename):
    """Whether a file, by name or as an object, is a ZIP archive, by what stands at its end."""
    try:
        if hasattr(filename, "read"):
            return find_end(filename) is not None
        with open(filename, "rb") as fp:
            return find_end(fp) is not None
    except (OSError, BadZipFile):
        return False


class ZipFile:
    """An archive: a name or a file object, to read ("r"), to write anew ("w", "x") or to add to ("a")."""

    fp = None

    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, compresslevel=None, *,
                 strict_timestamps=True, metadata_encoding=None):
        if mode not in ("r", "w", "x", "a"):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        check_compression(compression)
        self._allowZip64 = allowZip64
        self._didModify = False
        self.debug = 0
        self.NameToInfo = {}
        self.filelist = []
        self.compression = compression
        self.compresslevel = compresslevel
        self.mode = mode
        self.pwd = None
        self._comment = b""
        self._strict_timestamps = strict_timestamps
        self.metadata_encoding = metadata_encoding
        if metadata_encoding and mode != "r":
            raise ValueError("metadata_encoding is only supported for reading files")
        if isinstance(file, os.PathLike):
            file = os.fspath(file)
        self._filePassed = 0 if isinstance(file, str) else 1
        if self._filePassed:
            self.fp = file
            self.filename = getattr(file, "name", None)
        else:
            self.filename = file
            self.fp = _open_archive(file, mode)
        self._fileRefCnt = 1
        self._lock = threading.RLock()
        self._seekable = True
        self._writing = False
        try:
            if mode == "r":
                self._read_directory()
            elif mode == "a":
                try:
                    self._read_directory()
                    self.fp.seek(self.start_dir)
                except BadZipFile:
                    # No archive: one begins behind what there is.
                    self._begin_at_end()
            else:
                self._begin()
        except BaseException:
            fp, self.fp = self.fp, None
            self._fpclose(fp)
            raise

    def _begin(self):
        # Also an archive without files is written.
        self._didModify = True
        try:
            self.start_dir = self.fp.tell()
        except (AttributeError, OSError):
            self.fp = Tellable(self.fp)
            self.start_dir = 0
            self._seekable = False
            return
        try:
            self.fp.seek(self.start_dir)
        except (AttributeError, OSError):
            self._seekable = False

    def _begin_at_end(self):
        self.fp.seek(0, os.SEEK_END)
        self._didModify = True
        self.start_dir = self.fp.tell()

    def _read_directory(self):
        try:
            end = find_end(self.fp)
        except OSError:
            end = None
        if end is None:
            raise BadZipFile("File is not a zip file")
        self._comment = end.comment
        self.filelist, self.start_dir = read_directory(self.fp, end, self.metadata_encoding)
        self.NameToInfo = {info.filename: info for info in self.filelist}

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __del__(self):
        self.close()

    def __repr__(self):
        parts = [f"<{type(self).__module__}.{type(self).__qualname__}"]
        if self.fp is None:
            parts.append(" [closed]")
        else:
            if self._filePassed:
                parts.append(f" file={self.fp!r}")
            elif self.filename is not None:
                parts.append(f" filename={self.filename!r}")
            parts.append(f" mode={self.mode!r}")
        return "".join(parts) + ">"

    def namelist(self):
        """The files' names."""
        return [info.filename for info in self.filelist]

    def infolist(self):
        """What the archive says about each file."""
        return self.filelist

    def printdir(self, file=None):
        """Print a table of the files."""
        print("%-46s %19s %12s" % ("File Name", "Modified    ", "Size"), file=file)
        for info in self.filelist:
            when = "%d-%02d-%02d %02d:%02d:%02d" % info.date_time[:6]
            print("%-46s %s %12d" % (info.filename, when, info.file_size), file=file)

    def testzip(self):
        """Read all files and verify them; the name of the first bad one, or None."""
        for info in self.filelist:
            try:
                with self.open(info.filename, "r") as stream:
                    while stream.read(1 << 20):
                        pass
            except BadZipFile:
                return info.filename
        return None

    def getinfo(self, name):
        """What the archive says about the file of a name."""
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError(f"There is no item named {name!r} in the archive")
        return info

    def setpassword(self, pwd):
        """Set the password for encrypted files."""
        if pwd and not isinstance(pwd, bytes):
            raise TypeError(f"pwd: expected bytes, got {type(pwd).__name__}")
        self.pwd = pwd or None

    @property
    def comment(self):
        """The archive's comment, as bytes."""
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError(f"comment: expected bytes, got {type(comment).__name__}")
        if len(comment) > ZIP_MAX_COMMENT:
            warnings.warn(f"Archive comment is too long; truncating to {ZIP_MAX_COMMENT} bytes", stacklevel=2)
            comment = comment[:ZIP_MAX_COMMENT]
        self._comment = comment
        self._didModify = True

    def read(self, name, pwd=None):
        """The bytes of a file."""
        with self.open(name, "r", pwd) as stream:
            return stream.read()

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        """A file of the archive as a stream, to read or ("w") to write."""
        if mode not in {"r", "w"}:
            raise ValueError('open() requires mode "r" or "w"')
        if pwd and mode == "w":
            raise ValueError("pwd is only supported for reading files")
        if not self.fp:
            raise ValueError(_CLOSED)
        if isinstance(name, ZipInfo):
            info = name
        elif mode == "w":
            info = ZipInfo(name)
            info.compress_type = self.compression
            info._compresslevel = self.compresslevel
        else:
            info = self.getinfo(name)
        if mode == "w":
            return self._open_to_write(info, force_zip64)
        if self._writing:
            raise ValueError(
                "Can't read from the ZIP file while there is an open writing handle on it. "
                "Close the writing handle before trying to read.")
        self._fileRefCnt += 1
        shared = SharedFile(self.fp, info.header_offset, self._fpclose, self._lock, lambda: self._writing)
        try:
            password = self._check_header(shared, info, name, pwd)
            return ZipExtFile(shared, mode, info, password, True)
        except BaseException:
            shared.close()
            raise

    def _check_header(self, shared, info, name, pwd):
        """Read the header before a file's bytes; the password for them, if they need one."""
        header = shared.read(FILE.size)
        if len(header) != FILE.size:
            raise BadZipFile("Truncated file header")
        signature, _, _, flags, *_, name_length, extra_length = FILE.unpack(header)
        if signature != FILE_SIGNATURE:
            raise BadZipFile("Bad magic number for file header")
        stored = shared.read(name_length)
        if extra_length:
            shared.seek(extra_length, os.SEEK_CUR)
        if info.flag_bits & PATCHED:
            raise NotImplementedError("compressed patched data (flag bit 5)")
        if info.flag_bits & STRONGLY_ENCRYPTED:
            raise NotImplementedError("strong encryption (flag bit 6)")
        stored = stored.decode("utf-8" if flags & UTF_8 else self.metadata_encoding or "cp437")
        if stored != info.orig_filename:
            raise BadZipFile(f"File name in directory {info.orig_filename!r} and header {stored!r} differ.")
        if not info.flag_bits & ENCRYPTED:
            return None
        pwd = pwd or self.pwd
        if pwd and not isinstance(pwd, bytes):
            raise TypeError(f"pwd: expected bytes, got {type(pwd).__name__}")
        if not pwd:
            raise RuntimeError(f"File {name!r} is encrypted, password required for extraction")
        return pwd

    def _open_to_write(self, info, force_zip64=False):
        if force_zip64 and not self._allowZip64:
            raise ValueError("force_zip64 is True, but allowZip64 was False when opening the ZIP file.")
        if self._writing:
            raise ValueError(
                "Can't write to the ZIP file while there is another write handle open on it. "
                "Close the first handle before opening another.")
        info.compress_size = info.CRC = 0
        info.flag_bits = LZMA_END_MARK if info.compress_type == ZIP_LZMA else 0
        if not self._seekable:
            info.flag_bits |= SIZES_FOLLOW
        if not info.external_attr:
            info.external_attr = 0o600 << 16
        # Compression may make a file a little larger.
        zip64 = force_zip64 or info.file_size * 1.05 > ZIP64_LIMIT
        if not self._allowZip64 and zip64:
            raise LargeZipFile("Filesize would require ZIP64 extensions")
        self._place(info)
        self.fp.write(info.FileHeader(zip64))
        self._writing = True
        return ZipWriteFile(self, info, zip64)

    def _place(self, info):
        """Move to where the next file goes."""
        if self._seekable:
            self.fp.seek(self.start_dir)
        info.header_offset = self.fp.tell()
        self._writecheck(info)
        self._didModify = True

    def _writecheck(self, info):
        if info.filename in self.NameToInfo:
            warnings.warn(f"Duplicate name: {info.filename!r}", stacklevel=4)
        if self.mode not in ("w", "x", "a"):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if not self.fp:
            raise ValueError("Attempt to write ZIP archive that was already closed")
        check_compression(info.compress_type)
        if not self._allowZip64:
            for too_large, what in (
                (len(self.filelist) >= ZIP_FILECOUNT_LIMIT, "Files count"),
                (info.file_size > ZIP64_LIMIT, "Filesize"),
                (info.header_offset > ZIP64_LIMIT, "Zipfile size"),
            ):
                if too_large:
                    raise LargeZipFile(what + " would require ZIP64 extensions")

    def _check_can_add(self, end=""):
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists" + end)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        """Add a file or folder of the file system, under its own name or another."""
        self._check_can_add()
        info = ZipInfo.from_file(filename, arcname, strict_timestamps=self._strict_timestamps)
        if info.is_dir():
            info.compress_size = info.CRC = 0
            self.mkdir(info)
            return
        info.compress_type = self.compression if compress_type is None else compress_type
        info._compresslevel = self.compresslevel if compresslevel is None else compresslevel
        with open(filename, "rb") as source, self.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1 << 13)

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        """Add a file with this content, by name or with a ZipInfo."""
        if isinstance(data, str):
            data = data.encode("utf-8")
        if isinstance(zinfo_or_arcname, ZipInfo):
            info = zinfo_or_arcname
        else:
            info = ZipInfo(zinfo_or_arcname, time.localtime(time.time())[:6])
            info.compress_type = self.compression
            info._compresslevel = self.compresslevel
            info.external_attr = 0o40775 << 16 | 0x10 if info.filename[-1] == "/" else 0o600 << 16
        self._check_can_add(".")
        if compress_type is not None:
            info.compress_type = compress_type
        if compresslevel is not None:
            info._compresslevel = compresslevel
        info.file_size = len(data)
        with self._lock, self.open(info, "w") as target:
            target.write(data)

    def mkdir(self, zinfo_or_directory_name, mode=511):
        """Add a folder, by name or with a ZipInfo."""
        if isinstance(zinfo_or_directory_name, ZipInfo):
            info = zinfo_or_directory_name
            if not info.is_dir():
                raise ValueError("The given ZipInfo does not describe a directory")
        elif isinstance(zinfo_or_directory_name, str):
            name = zinfo_or_directory_name
            info = ZipInfo(name if name.endswith("/") else name + "/")
            info.compress_size = info.CRC = 0
            info.external_attr = ((0o40000 | mode) & 0xFFFF) << 16 | 0x10
            info.file_size = 0
        else:
            raise TypeError("Expected type str or ZipInfo")
        with self._lock:
            if info.compress_type == ZIP_LZMA:
                info.flag_bits |= LZMA_END_MARK
            self._place(info)
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info
            self.fp.write(info.FileHeader(False))
            self.start_dir = self.fp.tell()

    def extract(self, member, path=None, pwd=None):
        """Write a file of the archive to the file system; where, as a path."""
        return self._extract_member(member, os.getcwd() if path is None else os.fspath(path), pwd)

    def extractall(self, path=None, members=None, pwd=None):
        """Write all files, or some, to the file system."""
        path = os.getcwd() if path is None else os.fspath(path)
        for member in self.namelist() if members is None else members:
            self._extract_member(member, path, pwd)

    def _extract_member(self, member, targetpath, pwd):
        info = member if isinstance(member, ZipInfo) else self.getinfo(member)
        # Nothing leaves the folder.
        parts = os.path.splitdrive(info.filename.replace("/", os.sep))[1].split(os.sep)
        inside = os.sep.join(part for part in parts if part not in ("", os.curdir, os.pardir))
        target = os.path.normpath(os.path.join(targetpath, inside))
        folder = os.path.dirname(target)
        if folder and not os.path.exists(folder):
            os.makedirs(folder)
        if info.is_dir():
            if not os.path.isdir(target):
                os.mkdir(target)
            return target
        with self.open(info, pwd=pwd) as source, open(target, "wb") as out:
            shutil.copyfileobj(source, out)
        return target

    def close(self):
        """Close the archive; if it was changed, its directory is written."""
        if self.fp is None:
            return
        if self._writing:
            raise ValueError(
                "Can't close the ZIP file while there is an open writing handle on it. "
                "Close the writing handle before closing the zip.")
        try:
            if self.mode in ("w", "x", "a") and self._didModify:
                with self._lock:
                    if self._seekable:
                        self.fp.seek(self.start_dir)
                    self._write_directory()
        finally:
            fp, self.fp = self.fp, None
            self._fpclose(fp)

    def _write_directory(self):
        for info in self.filelist:
            self.fp.write(info._central_entry())
        end = self.fp.tell()
        count, size = len(self.filelist), end - self.start_dir
        if not self._allowZip64:
            for too_large, what in (
                (count > ZIP_FILECOUNT_LIMIT, "Files count"),
                (self.start_dir > ZIP64_LIMIT, "Central directory offset"),
                (size > ZIP64_LIMIT, "Central directory size"),
            ):
                if too_large:
                    raise LargeZipFile(what + " would require ZIP64 extensions")
        self.fp.write(end_record(count, size, self.start_dir, self._comment, end))
        if self.mode == "a":
            self.fp.truncate()
        self.fp.flush()

    def _fpclose(self, fp):
        self._fileRefCnt -= 1
        if not self._fileRefCnt and not self._filePassed:
            fp.close()


def _open_archive(name, mode):
    """Open a file in the mode for an archive's, or the next best."""
    tries = {"r": ["rb"], "w": ["w+b", "wb"], "x": ["x+b", "xb"], "a": ["r+b", "w+b", "wb"]}[mode]
    for i, how in enumerate(tries):
        try:
            return io.open(name, how)
        except OSError:
            if i + 1 == len(tries):
                raise


def main(args=None):
    """What python -m zipfile does."""
    import argparse

    parser = argparse.ArgumentParser(description="A simple command-line interface for zipfile module.")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("-l", "--list", metavar="<zipfile>", help="Show listing of a zipfile")
    group.add_argument("-e", "--extract", nargs=2, metavar=("<zipfile>", "<output_dir>"),
                       help="Extract zipfile into target dir")
    group.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create zipfile from sources")
    group.add_argument("-t", "--test", metavar="<zipfile>", help="Test if a zipfile is valid")
    parser.add_argument("--metadata-encoding", metavar="<encoding>",
                        help="Specify encoding of member names for -l, -e and -t")
    chosen = parser.parse_args(args)
    encoding = chosen.metadata_encoding
    if chosen.test is not None:
        with ZipFile(chosen.test, "r", metadata_encoding=encoding) as archive:
            bad = archive.testzip()
        if bad:
            print(f"The following enclosed file is corrupted: {bad!r}")
        print("Done testing")
    elif chosen.list is not None:
        with ZipFile(chosen.list, "r", metadata_encoding=encoding) as archive:
            archive.printdir()
    elif chosen.extract is not None:
        source, folder = chosen.extract
        with ZipFile(source, "r", metadata_encoding=encoding) as archive:
            archive.extractall(folder)
    else:
        if encoding:
            print("Non-conforming encodings not supported with -c.", file=sys.stderr)
            sys.exit(1)
        name, *files = chosen.create
        with ZipFile(name, "w") as archive:
            for path in files:
                inside = os.path.basename(path) or os.path.basename(os.path.dirname(path))
                _add(archive, path, "" if inside in ("", os.curdir, os.pardir) else inside)


def _add(archive, path, inside):
    """Add a file, or a folder with all that it holds."""
    if os.path.isfile(path):
        archive.write(path, inside, ZIP_DEFLATED)
    elif os.path.isdir(path):
        if inside:
            archive.write(path, inside)
        for name in sorted(os.listdir(path)):
            _add(archive, os.path.join(path, name), os.path.join(inside, name))


if __name__ == "__main__":
    main()
