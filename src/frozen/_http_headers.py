"""What headers of HTTP say: moments as text, and the types of files."""

_DAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
_MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"


def date_text(seconds):
    """A moment as headers write it."""
    import time

    year, month, day, hour, minute, second, weekday = time.gmtime(seconds)[:7]
    return "%s, %02d %s %04d %02d:%02d:%02d GMT" % (_DAYS[weekday], day, _MONTHS[month - 1], year, hour, minute, second)


def date_number(text):
    """The moment a header's date stands for, as whole seconds since 1970; None where it is no such date."""
    try:
        _, day, month, year, clock, zone = text.split()
        hour, minute, second = map(int, clock.split(":"))
        day, month, year = int(day), _MONTHS.index(month) + 1, int(year)
        if zone != "GMT":
            return None
    except ValueError:
        return None
    # Days since 1970 of a year that starts in March.
    if month < 3:
        year, month = year - 1, month + 12
    days = 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719469
    return ((days * 24 + hour) * 60 + minute) * 60 + second


_TYPES = {
    "text/html": "html htm", "text/plain": "txt c h bat ksh pl", "text/css": "css", "text/csv": "csv",
    "text/javascript": "js mjs", "text/x-python": "py", "text/xml": "xml xsl", "text/markdown": "md",
    "text/tab-separated-values": "tsv", "application/json": "json", "application/pdf": "pdf",
    "application/zip": "zip", "application/x-tar": "tar", "application/wasm": "wasm",
    "application/octet-stream": "bin a dll exe o obj so", "application/x-sh": "sh", "image/png": "png",
    "image/jpeg": "jpg jpeg jpe", "image/gif": "gif", "image/svg+xml": "svg", "image/bmp": "bmp",
    "image/tiff": "tif tiff", "image/vnd.microsoft.icon": "ico", "image/webp": "webp", "audio/mpeg": "mp3 mp2",
    "audio/x-wav": "wav", "video/mp4": "mp4", "video/mpeg": "mpeg mpg", "video/quicktime": "mov qt",
    "video/webm": "webm", "video/x-msvideo": "avi", "font/woff": "woff", "font/woff2": "woff2",
}


def type_of(path):
    """The type of a file, which its name's end tells, or None."""
    import posixpath

    ending = posixpath.splitext(path)[1].lower()[1:]
    return next((kind for kind, endings in _TYPES.items() if ending in endings.split()), None)
