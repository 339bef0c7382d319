"""Tells by the first bytes of what kind an image is; deprecated."""
import warnings
from os import PathLike

warnings.warn("'imghdr' is deprecated and slated for removal in Python 3.13", DeprecationWarning, stacklevel=2)

__all__ = ["what"]


def what(file, h=None):
    """The kind of an image: a name, a file of bytes, or the bytes themselves."""
    opened = None
    try:
        if h is None:
            if isinstance(file, (str, PathLike)):
                file = opened = open(file, "rb")
                h = file.read(32)
            else:
                at = file.tell()
                h = file.read(32)
                file.seek(at)
        for test in tests:
            kind = test(h, file)
            if kind:
                return kind
        return None
    finally:
        if opened:
            opened.close()


def _by_start(kind, *starts):
    return lambda h, f: kind if h.startswith(starts) else None


def _portable(kind, letters):
    """The kinds of images whose first line is P, a digit and white space."""
    return lambda h, f: kind if len(h) >= 3 and h[0] == ord("P") and h[1] in letters and h[2] in b" \t\n\r" else None


tests = [
    lambda h, f: "jpeg" if h[6:10] in (b"JFIF", b"Exif") or h[:4] == b"\xff\xd8\xff\xdb" else None,
    _by_start("png", b"\211PNG\r\n\032\n"),
    _by_start("gif", b"GIF87a", b"GIF89a"),
    _by_start("tiff", b"MM", b"II"),
    _by_start("rgb", b"\001\332"),
    _portable("pbm", b"14"),
    _portable("pgm", b"25"),
    _portable("ppm", b"36"),
    _by_start("rast", b"\x59\xA6\x6A\x95"),
    _by_start("xbm", b"#define "),
    _by_start("bmp", b"BM"),
    lambda h, f: "webp" if h.startswith(b"RIFF") and h[8:12] == b"WEBP" else None,
    _by_start("exr", b"\x76\x2f\x31\x01"),
]
