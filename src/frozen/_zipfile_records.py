"""What stands in a ZIP archive besides the files' bytes: their headers, the central directory and its end."""
import os
import stat
import struct
import sys
import time


class BadZipFile(Exception):
    """What was read is no ZIP archive, or a damaged one."""


class LargeZipFile(Exception):
    """Something needs the extensions of ZIP64, and they were not allowed."""


ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14

ZIP64_LIMIT = (1 << 31) - 1
ZIP_FILECOUNT_LIMIT = (1 << 16) - 1
ZIP_MAX_COMMENT = (1 << 16) - 1
MAX_WORD = 0xFFFFFFFF

DEFAULT_VERSION = 20
ZIP64_VERSION = 45
BZIP2_VERSION = 46
LZMA_VERSION = 63
MAX_EXTRACT_VERSION = 63

# Bits of a file's flags.
ENCRYPTED = 1
LZMA_END_MARK = 1 << 1
SIZES_FOLLOW = 1 << 3
PATCHED = 1 << 5
STRONGLY_ENCRYPTED = 1 << 6
UTF_8 = 1 << 11

compressor_names = {
    0: "store", 1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode", 7: "tokenize",
    8: "deflate", 9: "deflate64", 10: "implode", 12: "bzip2", 14: "lzma", 18: "terse", 19: "lz77", 97: "wavpack",
    98: "ppmd",
}

# Each structure begins with a signature.
FILE = struct.Struct("<4s2B4HL2L2H")
FILE_SIGNATURE = b"PK\x03\x04"
ENTRY = struct.Struct("<4s4B4HL2L5H2L")
ENTRY_SIGNATURE = b"PK\x01\x02"
END = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
END64 = struct.Struct("<4sQ2H2L4Q")
END64_SIGNATURE = b"PK\x06\x06"
LOCATOR64 = struct.Struct("<4sLQL")
LOCATOR64_SIGNATURE = b"PK\x06\x07"
SIZES_SIGNATURE = 0x08074B50


def needed_version(zip64, method):
    """The version of the format that is needed for a file."""
    by_method = {ZIP_BZIP2: BZIP2_VERSION, ZIP_LZMA: LZMA_VERSION}.get(method, 0)
    return max(ZIP64_VERSION if zip64 else 0, by_method)


def extra_fields(extra):
    """The extra fields: number, content, and all bytes of each. Bytes that are no field come last, as number None."""
    start = 0
    while start + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, start)
        end = start + 4 + length
        yield number, extra[start + 4:end], extra[start:end]
        start = end
    if start < len(extra):
        yield None, b"", extra[start:]


class ZipInfo:
    """What an archive says about one file."""

    __slots__ = (
        "orig_filename", "filename", "date_time", "compress_type", "_compresslevel", "comment", "extra",
        "create_system", "create_version", "extract_version", "reserved", "flag_bits", "volume", "internal_attr",
        "external_attr", "header_offset", "CRC", "compress_size", "file_size", "_raw_time",
    )

    def __init__(self, filename="NoName", date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        filename = filename.partition("\0")[0]
        if os.sep != "/":
            filename = filename.replace(os.sep, "/")
        self.filename = filename
        self.date_time = date_time
        if date_time[0] < 1980:
            raise ValueError("ZIP does not support timestamps before 1980")
        self.compress_type = ZIP_STORED
        self._compresslevel = None
        self.comment = b""
        self.extra = b""
        self.create_system = 0 if sys.platform == "win32" else 3
        self.create_version = DEFAULT_VERSION
        self.extract_version = DEFAULT_VERSION
        self.reserved = 0
        self.flag_bits = 0
        self.volume = 0
        self.internal_attr = 0
        self.external_attr = 0
        self.compress_size = 0
        self.file_size = 0

    def __repr__(self):
        parts = [f"<{type(self).__name__} filename={self.filename!r}"]
        stored = self.compress_type == ZIP_STORED
        if not stored:
            parts.append(f" compress_type={compressor_names.get(self.compress_type, self.compress_type)}")
        mode, attributes = self.external_attr >> 16, self.external_attr & 0xFFFF
        if mode:
            parts.append(f" filemode={stat.filemode(mode)!r}")
        if attributes:
            parts.append(f" external_attr={attributes:#x}")
        is_file = not self.is_dir()
        if is_file or self.file_size:
            parts.append(f" file_size={self.file_size!r}")
        if (is_file or self.compress_size) and (not stored or self.file_size != self.compress_size):
            parts.append(f" compress_size={self.compress_size!r}")
        return "".join(parts) + ">"

    @classmethod
    def from_file(cls, filename, arcname=None, *, strict_timestamps=True):
        """What to say about a file or folder of the file system, under its own name or another."""
        filename = os.fspath(filename)
        status = os.stat(filename)
        when = time.localtime(status.st_mtime)[:6]
        if not strict_timestamps:
            if when[0] < 1980:
                when = (1980, 1, 1, 0, 0, 0)
            elif when[0] > 2107:
                when = (2107, 12, 31, 23, 59, 59)
        name = os.path.normpath(os.path.splitdrive(filename if arcname is None else arcname)[1])
        name = name.lstrip(os.sep)
        is_dir = stat.S_ISDIR(status.st_mode)
        info = cls(name + "/" if is_dir else name, when)
        info.external_attr = (status.st_mode & 0xFFFF) << 16
        if is_dir:
            info.external_attr |= 0x10
        else:
            info.file_size = status.st_size
        return info

    def is_dir(self):
        """Whether it is a folder."""
        return self.filename[-1] == "/"

    def _dos_time(self):
        """Time and date as the format stores them."""
        year, month, day, hour, minute, second = self.date_time[:6]
        return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day

    def _encodeFilenameFlags(self):
        """The name as bytes, and the flags that go with it."""
        try:
            return self.filename.encode("ascii"), self.flag_bits
        except UnicodeEncodeError:
            return self.filename.encode("utf-8"), self.flag_bits | UTF_8

    def FileHeader(self, zip64=None):
        """The header that stands before the file's bytes."""
        crc, compressed, size = self.CRC, self.compress_size, self.file_size
        if self.flag_bits & SIZES_FOLLOW:
            crc = compressed = size = 0
        if zip64 is None:
            zip64 = size > ZIP64_LIMIT or compressed > ZIP64_LIMIT
        extra = self.extra
        if zip64:
            extra += struct.pack("<HHQQ", 1, 16, size, compressed)
            size = compressed = MAX_WORD
        version = needed_version(zip64, self.compress_type)
        self.extract_version = max(version, self.extract_version)
        self.create_version = max(version, self.create_version)
        name, flags = self._encodeFilenameFlags()
        clock, day = self._dos_time()
        fixed = FILE.pack(
            FILE_SIGNATURE, self.extract_version, self.reserved, flags, self.compress_type, clock, day, crc,
            compressed, size, len(name), len(extra))
        return fixed + name + extra

    def _central_entry(self):
        """The entry in the central directory."""
        large = []
        size, compressed, offset = self.file_size, self.compress_size, self.header_offset
        if size > ZIP64_LIMIT or compressed > ZIP64_LIMIT:
            large += [size, compressed]
            size = compressed = MAX_WORD
        if offset > ZIP64_LIMIT:
            large.append(offset)
            offset = MAX_WORD
        extra = self.extra
        if large:
            others = b"".join(whole for number, _, whole in extra_fields(extra) if number != 1)
            extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) + others
        version = needed_version(bool(large), self.compress_type)
        name, flags = self._encodeFilenameFlags()
        clock, day = self._dos_time()
        fixed = ENTRY.pack(
            ENTRY_SIGNATURE, max(version, self.create_version), self.create_system,
            max(version, self.extract_version), self.reserved, flags, self.compress_type, clock, day, self.CRC,
            compressed, size, len(name), len(extra), len(self.comment), 0, self.internal_attr, self.external_attr,
            offset)
        return fixed + name + extra + self.comment

    def _decodeExtra(self):
        """Take sizes and offset from the extra field of ZIP64, where the entry has no room for them."""
        for number, content, whole in extra_fields(self.extra):
            if number is not None and len(whole) < 4 + struct.unpack_from("<H", whole, 2)[0]:
                raise BadZipFile("Corrupt extra field %04x (size=%d)" % struct.unpack_from("<HH", whole))
            if number != 1:
                continue
            place = 0
            for field, what in (("file_size", "File size"), ("compress_size", "Compress size"),
                                ("header_offset", "Header offset")):
                if getattr(self, field) not in (MAX_WORD, MAX_WORD << 32 | MAX_WORD):
                    continue
                if place + 8 > len(content):
                    raise BadZipFile(f"Corrupt zip64 extra field. {what} not found.")
                setattr(self, field, *struct.unpack_from("<Q", content, place))
                place += 8


class End:
    """The end of the central directory: its place and size, and the archive's comment."""

    def __init__(self, size, offset, comment, location):
        self.size = size
        self.offset = offset
        self.comment = comment
        self.location = location
        self.zip64 = False


def find_end(fp):
    """The end of an archive's central directory; None if it is no archive."""
    fp.seek(0, os.SEEK_END)
    total = fp.tell()
    try:
        fp.seek(-END.size, os.SEEK_END)
    except OSError:
        return None
    tail = fp.read()
    start = 0
    if len(tail) != END.size or tail[:4] != END_SIGNATURE or tail[-2:] != b"\0\0":
        # A comment may follow.
        first = max(total - ZIP_MAX_COMMENT - 1 - END.size, 0)
        fp.seek(first)
        tail = fp.read()
        start = tail.rfind(END_SIGNATURE)
        if start < 0 or len(tail) - start < END.size:
            return None
        location = first + start
    else:
        location = total - END.size
    *_, size, offset, length = END.unpack_from(tail, start)
    comment = tail[start + END.size:start + END.size + length]
    end = End(size, offset, comment, location)
    _look_for_zip64(fp, end, location - total)
    return end


def _look_for_zip64(fp, end, distance):
    """Replace what the end says by what ZIP64's says, if there is that; `distance` is from the file's end."""
    try:
        fp.seek(distance - LOCATOR64.size, os.SEEK_END)
    except OSError:
        return
    data = fp.read(LOCATOR64.size)
    if len(data) != LOCATOR64.size:
        return
    signature, disk, _, disks = LOCATOR64.unpack(data)
    if signature != LOCATOR64_SIGNATURE:
        return
    if disk != 0 or disks > 1:
        raise BadZipFile("zipfiles that span multiple disks are not supported")
    fp.seek(distance - LOCATOR64.size - END64.size, os.SEEK_END)
    data = fp.read(END64.size)
    if len(data) == END64.size and data[:4] == END64_SIGNATURE:
        *_, end.size, end.offset = END64.unpack(data)
        end.zip64 = True


def end_record(count, size, offset, comment, location):
    """The bytes that end a central directory, which ends at `location`."""
    record = b""
    if count > ZIP_FILECOUNT_LIMIT or offset > ZIP64_LIMIT or size > ZIP64_LIMIT:
        record = END64.pack(END64_SIGNATURE, END64.size - 12, 45, 45, 0, 0, count, count, size, offset)
        record += LOCATOR64.pack(LOCATOR64_SIGNATURE, 0, location, 1)
        count = min(count, 0xFFFF)
        size = min(size, MAX_WORD)
        offset = min(offset, MAX_WORD)
    return record + END.pack(END_SIGNATURE, 0, 0, count, count, size, offset, len(comment)) + comment


def read_directory(fp, end, encoding):
    """The entries of a central directory, and where it starts."""
    # What stands before the archive shifts all offsets.
    shift = end.location - end.size - end.offset
    if end.zip64:
        shift -= END64.size + LOCATOR64.size
    start = end.offset + shift
    if start < 0:
        raise BadZipFile("Bad offset for central directory")
    fp.seek(start)
    data = fp.read(end.size)
    entries, place = [], 0
    while place < end.size:
        if place + ENTRY.size > len(data):
            raise BadZipFile("Truncated central directory")
        fields = ENTRY.unpack_from(data, place)
        if fields[0] != ENTRY_SIGNATURE:
            raise BadZipFile("Bad magic number for central directory")
        place += ENTRY.size
        texts = []
        for length in fields[12:15]:
            texts.append(data[place:place + length])
            place += length
        info = ZipInfo(texts[0].decode("utf-8" if fields[5] & UTF_8 else encoding or "cp437"))
        info.extra, info.comment = texts[1:]
        (_, info.create_version, info.create_system, info.extract_version, info.reserved, info.flag_bits,
         info.compress_type, clock, day, info.CRC, info.compress_size, info.file_size) = fields[:12]
        info.volume, info.internal_attr, info.external_attr, info.header_offset = fields[15:]
        if info.extract_version > MAX_EXTRACT_VERSION:
            raise NotImplementedError("zip file version %.1f" % (info.extract_version / 10))
        info._raw_time = clock
        info.date_time = (
            (day >> 9) + 1980, day >> 5 & 0xF, day & 0x1F, clock >> 11, clock >> 5 & 0x3F, (clock & 0x1F) * 2)
        info._decodeExtra()
        info.header_offset += shift
        entries.append(info)
    return entries, start
