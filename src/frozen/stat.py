"""What the mode of a file says, and where things stand in the result of os.stat()."""

ST_MODE, ST_INO, ST_DEV, ST_NLINK, ST_UID, ST_GID, ST_SIZE, ST_ATIME, ST_MTIME, ST_CTIME = range(10)

S_IFDIR, S_IFCHR, S_IFBLK, S_IFREG = 0o040000, 0o020000, 0o060000, 0o100000
S_IFIFO, S_IFLNK, S_IFSOCK, S_IFDOOR, S_IFPORT, S_IFWHT = 0o010000, 0o120000, 0o140000, 0, 0, 0

S_ISUID, S_ISGID, S_ISVTX, S_ENFMT = 0o4000, 0o2000, 0o1000, 0o2000
S_IREAD, S_IWRITE, S_IEXEC = 0o400, 0o200, 0o100
S_IRWXU, S_IRUSR, S_IWUSR, S_IXUSR = 0o700, 0o400, 0o200, 0o100
S_IRWXG, S_IRGRP, S_IWGRP, S_IXGRP = 0o070, 0o040, 0o020, 0o010
S_IRWXO, S_IROTH, S_IWOTH, S_IXOTH = 0o007, 0o004, 0o002, 0o001

UF_NODUMP, UF_IMMUTABLE, UF_APPEND, UF_OPAQUE, UF_NOUNLINK = 0x1, 0x2, 0x4, 0x8, 0x10
UF_COMPRESSED, UF_HIDDEN = 0x20, 0x8000
SF_ARCHIVED, SF_IMMUTABLE, SF_APPEND, SF_NOUNLINK, SF_SNAPSHOT = 0x10000, 0x20000, 0x40000, 0x100000, 0x200000

FILE_ATTRIBUTE_ARCHIVE, FILE_ATTRIBUTE_COMPRESSED, FILE_ATTRIBUTE_DEVICE = 32, 2048, 64
FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ENCRYPTED, FILE_ATTRIBUTE_HIDDEN = 16, 16384, 2
FILE_ATTRIBUTE_INTEGRITY_STREAM, FILE_ATTRIBUTE_NORMAL, FILE_ATTRIBUTE_NOT_CONTENT_INDEXED = 32768, 128, 8192
FILE_ATTRIBUTE_NO_SCRUB_DATA, FILE_ATTRIBUTE_OFFLINE, FILE_ATTRIBUTE_READONLY = 131072, 4096, 1
FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_SPARSE_FILE, FILE_ATTRIBUTE_SYSTEM = 1024, 512, 4
FILE_ATTRIBUTE_TEMPORARY, FILE_ATTRIBUTE_VIRTUAL = 256, 65536


def S_IMODE(mode, /):
    """The permissions in a mode."""
    return mode & 0o7777


def S_IFMT(mode, /):
    """The kind of file in a mode."""
    return mode & 0o170000


def _kind(name, kind, what):
    def test(mode, /):
        return mode & 0o170000 == kind and kind != 0
    test.__name__ = test.__qualname__ = name
    test.__doc__ = f"Whether a mode is that of a {what}."
    return test


# The letter of each kind in a listing.
_LETTERS = {}
for _name, _letter, _what in (("REG", "-", "file"), ("DIR", "d", "folder"), ("LNK", "l", "symbolic link"),
                              ("CHR", "c", "character device"), ("BLK", "b", "block device"), ("FIFO", "p", "pipe"),
                              ("SOCK", "s", "socket"), ("DOOR", "D", "door"), ("PORT", "P", "event port"),
                              ("WHT", "w", "whiteout")):
    _code = globals()["S_I" + ("" if _name == "FIFO" else "F") + _name]
    globals()["S_IS" + _name] = _kind("S_IS" + _name, _code, _what)
    if _code:
        _LETTERS[_code] = _letter
del _name, _letter, _what, _code


def filemode(mode, /):
    """A mode as in a listing, such as "-rwxr-xr-x"."""
    out = _LETTERS.get(mode & 0o170000, "?")
    for shift, special, letter in ((6, S_ISUID, "s"), (3, S_ISGID, "s"), (0, S_ISVTX, "t")):
        bits = mode >> shift & 7
        out += ("r" if bits & 4 else "-") + ("w" if bits & 2 else "-")
        if mode & special:
            out += letter if bits & 1 else letter.upper()
        else:
            out += "x" if bits & 1 else "-"
    return out
