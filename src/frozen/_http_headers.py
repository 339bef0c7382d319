"""The headers of a message of HTTP or of a URL: names, whose case does not count, and their values, in order."""

_TOKEN_ENDS = ' ()<>@,;:\\"/[]?='
_ABSENT = object()


def _quoted(value):
    """A parameter's value as it is written in a header."""
    if value and not any(c in _TOKEN_ENDS or ord(c) < 32 for c in value):
        return value
    return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')


def _unquoted(text):
    """What a written parameter's value means."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text


def _split(text):
    """The parts of a header between semicolons outside quotes."""
    parts, start, quoted, previous = [], 0, False, ""
    for at, c in enumerate(text):
        if c == '"' and previous != "\\":
            quoted = not quoted
        elif c == ";" and not quoted:
            parts.append(text[start:at].strip())
            start = at + 1
        previous = c
    parts.append(text[start:].strip())
    return parts


class Headers:
    """A list of headers that is also a mapping: a name stands for the first header that has it."""

    def __init__(self, pairs=()):
        self._pairs = list(pairs)
        self._payload = None

    def __len__(self):
        return len(self._pairs)

    def __iter__(self):
        return iter(self.keys())

    def __contains__(self, name):
        name = name.lower()
        return any(key.lower() == name for key, _ in self._pairs)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._pairs.append((name, value))

    def __delitem__(self, name):
        name = name.lower()
        self._pairs = [pair for pair in self._pairs if pair[0].lower() != name]

    def __str__(self):
        return self.as_string()

    def __bytes__(self):
        return self.as_bytes()

    def as_string(self):
        """The headers as text, then an empty line and the body if there is one."""
        return "".join("%s: %s\n" % pair for pair in self._pairs) + "\n" + (self._payload or "")

    def as_bytes(self):
        """`as_string()` encoded."""
        return self.as_string().encode("utf-8", "surrogateescape")

    def keys(self):
        """Every name."""
        return [key for key, _ in self._pairs]

    def values(self):
        """Every value."""
        return [value for _, value in self._pairs]

    def items(self):
        """Every name with its value."""
        return list(self._pairs)

    raw_items = items

    def get(self, name, failobj=None):
        """The value of the first header called `name`."""
        name = name.lower()
        for key, value in self._pairs:
            if key.lower() == name:
                return value
        return failobj

    def get_all(self, name, failobj=None):
        """The values of all headers called `name`."""
        name = name.lower()
        return [value for key, value in self._pairs if key.lower() == name] or failobj

    def getallmatchingheaders(self, name):
        """The lines of all headers called `name`."""
        return ["%s: %s\n" % (name, value) for value in self.get_all(name, [])]

    def add_header(self, _name, _value, **_params):
        """Append a header with parameters: `attachment; filename="a b"`."""
        parts = [] if _value is None else [_value]
        for key, value in _params.items():
            key = key.replace("_", "-")
            parts.append(key if value is None else '%s="%s"' % (key, value.replace('"', '\\"')))
        self._pairs.append((_name, "; ".join(parts)))

    def replace_header(self, _name, _value):
        """Give the first header called `_name` another value."""
        wanted = _name.lower()
        for at, (key, _) in enumerate(self._pairs):
            if key.lower() == wanted:
                self._pairs[at] = (key, _value)
                return
        raise KeyError(_name)

    def get_params(self, failobj=None, header="content-type", unquote=True):
        """The parts of a header as pairs; the first is its value, paired with an empty text."""
        text = self.get(header)
        if text is None:
            return failobj
        pairs = []
        for part in _split(text):
            key, equals, value = part.partition("=")
            key, value = key.strip(), value.strip()
            pairs.append((key.lower() if equals else key, _unquoted(value) if unquote else value))
        return pairs

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        """One parameter of a header."""
        for key, value in self.get_params([], header, unquote):
            if key.lower() == param.lower():
                return value
        return failobj

    def set_param(self, param, value, header="Content-Type"):
        """Give a header's parameter a value."""
        pairs = self.get_params([(self.get_default_type(), "")], header)
        written = [pairs[0][0]]
        written += ["%s=%s" % (k, _quoted(v)) for k, v in pairs[1:] if k.lower() != param.lower()]
        written.append("%s=%s" % (param, _quoted(value)))
        del self[header]
        self[header] = "; ".join(written)

    def get_default_type(self):
        """The type of a body of which no header says the type."""
        return "text/plain"

    def get_content_type(self):
        """The type of the body, such as `text/html`."""
        text = self.get("content-type", _ABSENT)
        if text is _ABSENT:
            return self.get_default_type()
        kind = _split(text)[0].lower()
        return kind if kind.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        """What is left of the slash of the type."""
        return self.get_content_type().split("/")[0]

    def get_content_subtype(self):
        """What is right of the slash of the type."""
        return self.get_content_type().split("/")[1]

    def get_content_charset(self, failobj=None):
        """The encoding of the body, in lower case."""
        charset = self.get_param("charset", _ABSENT)
        return failobj if charset is _ABSENT else charset.lower()

    def get_filename(self, failobj=None):
        """The name of the file that the body is."""
        name = self.get_param("filename", _ABSENT, "content-disposition")
        if name is _ABSENT:
            name = self.get_param("name", _ABSENT)
        return failobj if name is _ABSENT else name

    def get_boundary(self, failobj=None):
        """The line that separates the parts of the body."""
        return self.get_param("boundary", failobj)

    def get_payload(self, i=None, decode=False):
        """The body, where one was kept."""
        return self._payload

    def is_multipart(self):
        """Whether the body has parts: it never has here."""
        return False


def parsed(lines, kind=Headers):
    """The headers that lines, as bytes that end with newlines, hold; a line that starts with a blank continues one."""
    pairs = []
    for line in lines:
        text = line.decode("iso-8859-1").rstrip("\r\n")
        if not text:
            break
        if text[0] in " \t":
            if pairs:
                pairs[-1] = (pairs[-1][0], pairs[-1][1] + "\r\n" + text)
            continue
        name, colon, value = text.partition(":")
        if not colon or not name or name[-1] in " \t":
            break
        pairs.append((name, value.lstrip(" \t")))
    return kind(pairs)


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
