"""The headers of tar archives: what an archive says about each file, in the formats ustar, GNU and pax."""
NUL = b"\0"
BLOCKSIZE = 512
RECORDSIZE = BLOCKSIZE * 20
GNU_MAGIC = b"ustar  \0"
POSIX_MAGIC = b"ustar\x0000"

LENGTH_NAME, LENGTH_LINK, LENGTH_PREFIX = 100, 100, 155

REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, CONTTYPE = (
    b"0", b"\0", b"1", b"2", b"3", b"4", b"5", b"6", b"7")
GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE = b"L", b"K", b"S"
XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE = b"x", b"g", b"X"

USTAR_FORMAT, GNU_FORMAT, PAX_FORMAT = 0, 1, 2
DEFAULT_FORMAT = PAX_FORMAT

SUPPORTED_TYPES = (
    REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, DIRTYPE, FIFOTYPE, CONTTYPE, CHRTYPE, BLKTYPE, GNUTYPE_LONGNAME,
    GNUTYPE_LONGLINK, GNUTYPE_SPARSE)
REGULAR_TYPES = (REGTYPE, AREGTYPE, CONTTYPE, GNUTYPE_SPARSE)
# What pax headers may say, and the numbers among it.
PAX_FIELDS = ("path", "linkpath", "size", "mtime", "uid", "gid", "uname", "gname")
PAX_NUMBERS = {"atime": float, "ctime": float, "mtime": float, "uid": int, "gid": int, "size": int}
# Names that are taken apart by the length of their field.
PAX_TEXTS = (("name", "path", LENGTH_NAME), ("linkname", "linkpath", LENGTH_LINK), ("uname", "uname", 32),
             ("gname", "gname", 32))


class TarError(Exception):
    """Something is wrong with an archive."""


class ExtractError(TarError):
    """A file cannot be extracted as it should be."""


class ReadError(TarError):
    """An archive cannot be read."""


class CompressionError(TarError):
    """A way of compression is not there."""


class StreamError(TarError):
    """A stream cannot do what was asked."""


class HeaderError(TarError):
    """A header is wrong."""


class EmptyHeaderError(HeaderError):
    """There is no header, but the end of the file."""


class TruncatedHeaderError(HeaderError):
    """The file ends within a header."""


class EOFHeaderError(HeaderError):
    """The header is of zeros, which end an archive."""


class InvalidHeaderError(HeaderError):
    """What stands there is no header."""


class SubsequentHeaderError(HeaderError):
    """A header that belongs to another one is missing or wrong."""


def stn(text, length, encoding, errors):
    """A text as a field of that length."""
    return text.encode(encoding, errors)[:length].ljust(length, NUL)


def nts(field, encoding, errors):
    """The text in a field."""
    return field.partition(NUL)[0].decode(encoding, errors)


def itn(number, digits=8, format=DEFAULT_FORMAT):
    """A number as a field: in octal digits, or for GNU, if it does not fit, in binary."""
    number = int(number)
    if 0 <= number < 8 ** (digits - 1):
        return b"%0*o\0" % (digits - 1, number)
    if format == GNU_FORMAT and -256 ** (digits - 1) <= number < 256 ** (digits - 1):
        sign = b"\x80" if number >= 0 else b"\xff"
        return sign + (number % 256 ** (digits - 1)).to_bytes(digits - 1, "big")
    raise ValueError("overflow in number field")


def nti(field):
    """The number in a field."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    if field[0] == 0xFF:
        return int.from_bytes(field[1:], "big") - 256 ** (len(field) - 1)
    try:
        return int(nts(field, "ascii", "strict").strip() or "0", 8)
    except ValueError:
        raise InvalidHeaderError("invalid header") from None


def calc_chksums(block):
    """The sums of a header's bytes, with and without sign, that of the checksum's own field being of spaces."""
    data = block[:148] + b" " * 8 + block[156:BLOCKSIZE]
    unsigned = sum(data)
    return unsigned, unsigned - 256 * sum(byte > 127 for byte in data)


def padded(data):
    """Bytes filled up to whole blocks."""
    return data + NUL * (-len(data) % BLOCKSIZE)


def pax_record(keyword, value):
    """An entry of a pax header, whose length counts itself."""
    body = b" " + keyword + b"=" + value + b"\n"
    length = len(body)
    while length != len(body) + len(str(length)):
        length = len(body) + len(str(length))
    return b"%d" % length + body


class TarInfo:
    """What an archive says about one file."""

    __slots__ = dict.fromkeys((
        "name", "mode", "uid", "gid", "size", "mtime", "chksum", "type", "linkname", "uname", "gname", "devmajor",
        "devminor", "offset", "offset_data", "pax_headers", "sparse", "tarfile", "_sparse_structs",
        "_link_target"))

    def __init__(self, name=""):
        self.name = name
        self.mode = 0o644
        self.uid = self.gid = self.size = self.mtime = self.chksum = 0
        self.type = REGTYPE
        self.linkname = self.uname = self.gname = ""
        self.devmajor = self.devminor = 0
        self.offset = self.offset_data = 0
        self.sparse = None
        self.pax_headers = {}

    @property
    def path(self):
        """The name, as pax headers call it."""
        return self.name

    @path.setter
    def path(self, name):
        self.name = name

    @property
    def linkpath(self):
        """The name of what is linked to, as pax headers call it."""
        return self.linkname

    @linkpath.setter
    def linkpath(self, linkname):
        self.linkname = linkname

    def __repr__(self):
        return f"<{type(self).__name__} {self.name!r} at {id(self):#x}>"

    def replace(self, *, name=..., mtime=..., mode=..., linkname=..., uid=..., gid=..., uname=..., gname=...,
                deep=True):
        """A copy in which some things are said differently."""
        import copy

        result = copy.deepcopy(self) if deep else copy.copy(self)
        for field, value in (("name", name), ("mtime", mtime), ("mode", mode), ("linkname", linkname), ("uid", uid),
                             ("gid", gid), ("uname", uname), ("gname", gname)):
            if value is not ...:
                setattr(result, field, value)
        return result

    def get_info(self):
        """All of it as a dictionary."""
        return {
            "name": self.name + "/" if self.isdir() and not self.name.endswith("/") else self.name,
            "mode": None if self.mode is None else self.mode & 0o7777,
            "uid": self.uid, "gid": self.gid, "size": self.size, "mtime": self.mtime, "chksum": self.chksum,
            "type": self.type, "linkname": self.linkname, "uname": self.uname, "gname": self.gname,
            "devmajor": self.devmajor, "devminor": self.devminor,
        }

    def tobuf(self, format=DEFAULT_FORMAT, encoding="utf-8", errors="surrogateescape"):
        """The header, with the headers that belong to it, as bytes."""
        info = self.get_info()
        for name, value in info.items():
            if value is None:
                raise ValueError(f"{name} may not be None")
        if format == USTAR_FORMAT:
            return self._ustar(info, encoding, errors)
        if format == GNU_FORMAT:
            return self._gnu(info, encoding, errors)
        if format == PAX_FORMAT:
            return self._pax(info, encoding)
        raise ValueError("invalid format")

    def _ustar(self, info, encoding, errors):
        info["magic"] = POSIX_MAGIC
        if len(info["linkname"].encode(encoding, errors)) > LENGTH_LINK:
            raise ValueError("linkname is too long")
        if len(info["name"].encode(encoding, errors)) > LENGTH_NAME:
            info["prefix"], info["name"] = _split(info["name"], encoding, errors)
        return _header(info, USTAR_FORMAT, encoding, errors)

    def _gnu(self, info, encoding, errors):
        info["magic"] = GNU_MAGIC
        before = b""
        for field, length, kind in (("linkname", LENGTH_LINK, GNUTYPE_LONGLINK),
                                    ("name", LENGTH_NAME, GNUTYPE_LONGNAME)):
            text = info[field].encode(encoding, errors)
            if len(text) > length:
                before += _extra("././@LongLink", kind, text + NUL, GNU_MAGIC, GNU_FORMAT)
        return before + _header(info, GNU_FORMAT, encoding, errors)

    def _pax(self, info, encoding):
        info["magic"] = POSIX_MAGIC
        said = self.pax_headers.copy()
        for field, keyword, length in PAX_TEXTS:
            if keyword in said:
                continue
            if not info[field].isascii() or len(info[field]) > length:
                said[keyword] = info[field]
        for field, digits in (("uid", 8), ("gid", 8), ("size", 12), ("mtime", 12)):
            value = info[field]
            whole = round(value) if isinstance(value, float) else value
            fits = 0 <= whole < 8 ** (digits - 1)
            if field not in said and (not fits or isinstance(value, float)):
                said[field] = str(value)
            info[field] = whole if fits else 0
        before = pax_header(said, XHDTYPE, encoding) if said else b""
        return before + _header(info, USTAR_FORMAT, "ascii", "replace")

    @classmethod
    def create_pax_global_header(cls, pax_headers):
        """The header for all files that follow."""
        return pax_header(pax_headers, XGLTYPE, "utf-8")

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        """What a header says."""
        if not buf:
            raise EmptyHeaderError("empty header")
        if len(buf) != BLOCKSIZE:
            raise TruncatedHeaderError("truncated header")
        if buf.count(NUL) == BLOCKSIZE:
            raise EOFHeaderError("end of file header")
        sum_ = nti(buf[148:156])
        if sum_ not in calc_chksums(buf):
            raise InvalidHeaderError("bad checksum")
        self = cls()
        self.name = nts(buf[:100], encoding, errors)
        self.mode, self.uid, self.gid = nti(buf[100:108]), nti(buf[108:116]), nti(buf[116:124])
        self.size, self.mtime, self.chksum = nti(buf[124:136]), nti(buf[136:148]), sum_
        self.type = buf[156:157]
        self.linkname = nts(buf[157:257], encoding, errors)
        self.uname, self.gname = nts(buf[265:297], encoding, errors), nts(buf[297:329], encoding, errors)
        self.devmajor, self.devminor = nti(buf[329:337]), nti(buf[337:345])
        prefix = nts(buf[345:500], encoding, errors)
        # Old archives mark folders by a slash only.
        if self.type == AREGTYPE and self.name.endswith("/"):
            self.type = DIRTYPE
        if self.isdir():
            self.name = self.name.rstrip("/")
        if self.type == GNUTYPE_SPARSE:
            self._sparse_structs = _sparse_parts(buf[386:482]), bool(buf[482]), nti(buf[483:495])
        if prefix and self.type not in (GNUTYPE_SPARSE, GNUTYPE_LONGNAME, GNUTYPE_LONGLINK):
            self.name = prefix + "/" + self.name
        return self

    @classmethod
    def fromtarfile(cls, tarfile):
        """Read the next file's headers from an archive."""
        self = cls.frombuf(tarfile.fileobj.read(BLOCKSIZE), tarfile.encoding, tarfile.errors)
        self.offset = tarfile.fileobj.tell() - BLOCKSIZE
        return self._complete(tarfile)

    def _complete(self, tarfile):
        """Read what belongs to a header that was read: the headers that it introduces."""
        if self.type in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK):
            text = tarfile.fileobj.read(self._blocks(self.size))
            following = self._following(tarfile)
            field = "name" if self.type == GNUTYPE_LONGNAME else "linkname"
            setattr(following, field, nts(text[:self.size], tarfile.encoding, tarfile.errors))
            if self.type == GNUTYPE_LONGNAME and following.isdir():
                following.name = following.name.removesuffix("/")
            following.offset = self.offset
            return following
        if self.type in (XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE):
            return self._complete_pax(tarfile)
        if self.type == GNUTYPE_SPARSE:
            self._complete_sparse(tarfile)
        self.offset_data = tarfile.fileobj.tell()
        end = self.offset_data
        if self.isreg() or self.type not in SUPPORTED_TYPES:
            end += self._blocks(self.size)
        if self.sparse is not None:
            self.size = self._sparse_structs
        tarfile.offset = end
        self._apply(tarfile.pax_headers, tarfile.encoding, tarfile.errors)
        if self.isdir():
            self.name = self.name.rstrip("/")
        return self

    def _complete_sparse(self, tarfile):
        """Read which parts of a file with holes are in the archive, and how large it is with them."""
        parts, more, self._sparse_structs = self._sparse_structs
        while more:
            block = tarfile.fileobj.read(BLOCKSIZE)
            if len(block) < BLOCKSIZE:
                raise SubsequentHeaderError("truncated header")
            parts += _sparse_parts(block[:504])
            more = bool(block[504])
        self.sparse = parts

    def _following(self, tarfile):
        try:
            return self.fromtarfile(tarfile)
        except HeaderError as e:
            raise SubsequentHeaderError(str(e)) from None

    def _complete_pax(self, tarfile):
        data = tarfile.fileobj.read(self._blocks(self.size))[:self.size]
        is_global = self.type == XGLTYPE
        said = tarfile.pax_headers if is_global else tarfile.pax_headers.copy()
        encoding = tarfile.encoding if b"hdrcharset=BINARY\n" in data else "utf-8"
        place = 0
        while place < len(data) and data[place] != 0:
            head, space, _ = data[place:place + 20].partition(b" ")
            if not space or not head.isdigit() or int(head) < 5:
                raise InvalidHeaderError("invalid header")
            length = int(head)
            keyword, _, value = data[place + len(head) + 1:place + length - 1].partition(b"=")
            keyword = _decoded(keyword, "utf-8", tarfile.errors)
            how = encoding if keyword in PAX_FIELDS or encoding == "utf-8" else "utf-8"
            said[keyword] = _decoded(value, how, tarfile.errors)
            place += length
        following = self._following(tarfile)
        if not is_global:
            following._apply(said, tarfile.encoding, tarfile.errors)
            following.offset = self.offset
            if "size" in said:
                end = following.offset_data
                if following.isreg() or following.type not in SUPPORTED_TYPES:
                    end += following._blocks(following.size)
                tarfile.offset = end
        return following

    def _apply(self, said, encoding, errors):
        """Take over what pax headers say."""
        for keyword, value in said.items():
            if keyword in PAX_FIELDS:
                if keyword in PAX_NUMBERS:
                    try:
                        value = PAX_NUMBERS[keyword](value)
                    except ValueError:
                        value = 0
                elif keyword == "path":
                    value = value.rstrip("/")
                setattr(self, keyword, value)
        self.pax_headers = said.copy()

    def _blocks(self, size):
        """The size in whole blocks."""
        return size + -size % BLOCKSIZE

    def isreg(self):
        """Whether it is a regular file."""
        return self.type in REGULAR_TYPES

    isfile = isreg

    def isdir(self):
        """Whether it is a folder."""
        return self.type == DIRTYPE

    def issym(self):
        """Whether it is a symbolic link."""
        return self.type == SYMTYPE

    def islnk(self):
        """Whether it is a hard link."""
        return self.type == LNKTYPE

    def ischr(self):
        """Whether it is a device of characters."""
        return self.type == CHRTYPE

    def isblk(self):
        """Whether it is a device of blocks."""
        return self.type == BLKTYPE

    def isfifo(self):
        """Whether it is a named pipe."""
        return self.type == FIFOTYPE

    def issparse(self):
        """Whether it has holes."""
        return self.sparse is not None

    def isdev(self):
        """Whether it is a device or a named pipe."""
        return self.type in (CHRTYPE, BLKTYPE, FIFOTYPE)


def _sparse_parts(data):
    """Pairs of place and size of the parts of a file with holes."""
    parts = []
    for i in range(0, len(data) - 23, 24):
        try:
            place, size = nti(data[i:i + 12]), nti(data[i + 12:i + 24])
        except InvalidHeaderError:
            break
        if place and size:
            parts.append((place, size))
        elif size:
            parts.append((0, size))
    return parts


def _decoded(data, encoding, errors):
    try:
        return data.decode(encoding, "strict")
    except UnicodeDecodeError:
        return data.decode("utf-8", errors)


def _split(name, encoding, errors):
    """A name as the prefix and the rest, each of which fits its field."""
    parts = name.split("/")
    for i in range(1, len(parts)):
        prefix, rest = "/".join(parts[:i]), "/".join(parts[i:])
        if len(prefix.encode(encoding, errors)) <= LENGTH_PREFIX and len(rest.encode(encoding, errors)) <= LENGTH_NAME:
            return prefix, rest
    raise ValueError("name is too long")


def _header(info, format, encoding, errors):
    """One block of a header."""
    device = info.get("type") in (CHRTYPE, BLKTYPE)
    block = b"".join((
        stn(info.get("name", ""), 100, encoding, errors),
        itn(info.get("mode", 0) & 0o7777, 8, format),
        itn(info.get("uid", 0), 8, format),
        itn(info.get("gid", 0), 8, format),
        itn(info.get("size", 0), 12, format),
        itn(info.get("mtime", 0), 12, format),
        b" " * 8,
        info.get("type", REGTYPE),
        stn(info.get("linkname", ""), 100, encoding, errors),
        info.get("magic", POSIX_MAGIC),
        stn(info.get("uname", ""), 32, encoding, errors),
        stn(info.get("gname", ""), 32, encoding, errors),
        itn(info.get("devmajor", 0), 8, format) if device else NUL * 8,
        itn(info.get("devminor", 0), 8, format) if device else NUL * 8,
        stn(info.get("prefix", ""), 155, encoding, errors),
    ))
    block = padded(block)
    return block[:148] + b"%06o\0" % calc_chksums(block)[0] + block[155:]


def _extra(name, kind, data, magic, format):
    """A header whose content belongs to the next header."""
    info = {"name": name, "type": kind, "size": len(data), "magic": magic}
    return _header(info, format, "utf-8", "strict") + padded(data)


def pax_header(said, kind, encoding):
    """A pax header with these entries."""
    binary = False
    for value in said.values():
        try:
            value.encode("utf-8", "strict")
        except UnicodeEncodeError:
            binary = True
    records = b"21 hdrcharset=BINARY\n" if binary else b""
    for keyword, value in said.items():
        data = value.encode(encoding, "surrogateescape") if binary else value.encode("utf-8")
        records += pax_record(keyword.encode("utf-8"), data)
    return _extra("././@PaxHeader", kind, records, POSIX_MAGIC, USTAR_FORMAT)
