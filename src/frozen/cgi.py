"""What a web server hands to a script: the fields of forms, from the environment and from standard input."""

import io
import os
import sys
import urllib.parse
import warnings
from collections.abc import Mapping
from email.parser import BytesHeaderParser

warnings.warn("'cgi' is deprecated and slated for removal in Python 3.13", DeprecationWarning, stacklevel=2)

__all__ = [
    "MiniFieldStorage", "FieldStorage", "parse", "parse_multipart", "parse_header", "test", "print_exception",
    "print_environ", "print_form", "print_directory", "print_arguments", "print_environ_usage",
]
__version__ = "2.6"

# The most bytes of standard input that are read; 0 is no limit.
maxlen = 0

_FORM, _FILES = "application/x-www-form-urlencoded", "multipart/form-data"


# Parsing.


def parse_header(line):
    """The main value of a header, and a dictionary of its options."""
    parts = _split_options(line)
    value, options = parts[0], {}
    for part in parts[1:]:
        name, equals, text = part.partition("=")
        if equals:
            text = text.strip()
            if len(text) >= 2 and text[0] == text[-1] == '"':
                text = text[1:-1].replace("\\\\", "\\").replace('\\"', '"')
            options[name.strip().lower()] = text
    return value, options


def _split_options(line):
    """The parts between semicolons that stand in no quotes."""
    parts, start, quoted, escaped = [], 0, False, False
    for at, c in enumerate(line):
        if c == ";" and not quoted:
            parts.append(line[start:at].strip())
            start = at + 1
        elif c == '"' and not escaped:
            quoted = not quoted
        escaped = c == "\\" and not escaped
    return [*parts, line[start:].strip()]


def _input(fp):
    """The binary stream to read from, and the encoding of what is read."""
    fp = sys.stdin if fp is None else fp
    encoding = getattr(fp, "encoding", None) or "latin-1"
    return (fp.buffer if isinstance(fp, io.TextIOWrapper) else fp), encoding


def parse(fp=None, environ=os.environ, keep_blank_values=0, strict_parsing=0, separator="&"):
    """The fields of a request, a dictionary of lists."""
    fp, encoding = _input(fp)
    # Without a server, as when one tries a script.
    method = environ.setdefault("REQUEST_METHOD", "GET")
    query = ""
    if method == "POST":
        kind, options = parse_header(environ["CONTENT_TYPE"])
        if kind == _FILES:
            return parse_multipart(fp, options, separator=separator)
        if kind == _FORM:
            length = int(environ["CONTENT_LENGTH"])
            if maxlen and length > maxlen:
                raise ValueError("Maximum content length exceeded")
            query = fp.read(length).decode(encoding)
    more = environ.get("QUERY_STRING") or ("" if method == "POST" else "".join(sys.argv[1:2]))
    if more:
        query += ("&" if query else "") + more
    environ["QUERY_STRING"] = query
    return urllib.parse.parse_qs(query, keep_blank_values, strict_parsing, encoding=encoding, separator=separator)


def parse_multipart(fp, pdict, encoding="utf-8", errors="replace", separator="&"):
    """The fields of a form with files, a dictionary of lists; files are bytes."""
    boundary = pdict["boundary"]
    boundary = boundary.decode("ascii") if isinstance(boundary, bytes) else boundary
    headers = {"content-type": f"{_FILES}; boundary={boundary}", "content-length": pdict.get("CONTENT-LENGTH", "-1")}
    form = FieldStorage(
        fp, headers, encoding=encoding, errors=errors, environ={"REQUEST_METHOD": "POST"}, separator=separator,
    )
    return {name: form.getlist(name) for name in form}


class MiniFieldStorage:
    """A field of a query string: a name and a value."""

    filename = list = type = file = disposition = None
    type_options, disposition_options, headers = {}, {}, {}

    def __init__(self, name, value):
        self.name, self.value = name, value

    def __repr__(self):
        return f"MiniFieldStorage({self.name!r}, {self.value!r})"


class FieldStorage:
    """A request, or one part of it: with fields as a dictionary has them, or with a value."""

    def __init__(
        self, fp=None, headers=None, outerboundary=b"", environ=os.environ, keep_blank_values=0, strict_parsing=0,
        limit=None, encoding="utf-8", errors="replace", max_num_fields=None, separator="&",
    ):
        self.keep_blank_values, self.strict_parsing = keep_blank_values, strict_parsing
        self.encoding, self.errors, self.separator = encoding, errors, separator
        self.max_num_fields, self.limit, self.outerboundary = max_num_fields, limit, outerboundary
        self.qs_on_post = None
        method = environ.get("REQUEST_METHOD", "GET").upper()
        if headers is not None and not isinstance(headers, Mapping) and not hasattr(headers, "get_all"):
            raise TypeError("headers must be mapping or an instance of email.message.Message")
        if method in ("GET", "HEAD") and not outerboundary:
            query = environ.get("QUERY_STRING", sys.argv[1] if sys.argv[1:] else "")
            fp = io.BytesIO(query.encode(errors="surrogateescape"))
            headers = {"content-type": _FORM} if headers is None else headers
        elif headers is None:
            # Without a type, a post is a form.
            headers = {"content-type": environ.get("CONTENT_TYPE", _FORM if method == "POST" else "")}
            self.qs_on_post = environ.get("QUERY_STRING")
            if "CONTENT_LENGTH" in environ:
                headers["content-length"] = environ["CONTENT_LENGTH"]
        self.headers = headers
        self.fp, _ = _input(fp)
        if not hasattr(self.fp, "read"):
            raise TypeError("fp must be file pointer")
        self.disposition, self.disposition_options = parse_header(self.headers.get("content-disposition", ""))
        self.name = self.disposition_options.get("name")
        self.filename = self.disposition_options.get("filename")
        self._binary_file = self.filename is not None
        default = "text/plain" if outerboundary or method != "POST" else _FORM
        self.type, self.type_options = parse_header(self.headers.get("content-type") or default)
        self.innerboundary = self.type_options.get("boundary", "").encode(encoding, errors)
        self.length = self._length()
        self.list = self.file = None
        self.done = 0
        if self.type == _FORM:
            self._read_query(self._rest())
        elif self.type.startswith("multipart/"):
            self._read_parts(self._rest())
        else:
            self._keep(self._rest())

    def _length(self):
        try:
            length = int(self.headers.get("content-length", -1))
        except ValueError:
            return -1
        if maxlen and length > maxlen:
            raise ValueError("Maximum content length exceeded")
        return length

    def _rest(self):
        data = self.fp.read(self.length) if self.length >= 0 else self.fp.read()
        if isinstance(data, bytes):
            return data
        raise ValueError(f"{self.fp} should return bytes, got {type(data).__name__}")

    def _add_query(self, text):
        self.list += [MiniFieldStorage(*pair) for pair in urllib.parse.parse_qsl(
            text, self.keep_blank_values, self.strict_parsing, encoding=self.encoding, errors=self.errors,
            max_num_fields=self.max_num_fields, separator=self.separator,
        )]

    def _read_query(self, data):
        self.list = []
        text = data.decode(self.encoding, self.errors)
        if self.qs_on_post:
            text += "&" + self.qs_on_post
        self._add_query(text)

    def _read_parts(self, data):
        boundary = self.innerboundary
        if not (0 < len(boundary) <= 200 and boundary.isascii() and boundary.decode("ascii").isprintable()):
            raise ValueError(f"Invalid boundary in multipart form: {boundary!r}")
        self.list = []
        if self.qs_on_post:
            self._add_query(self.qs_on_post)
        # A boundary stands at the start of a line; the end of the line before belongs to it.
        for part in (b"\r\n" + data).replace(b"\r\n--" + boundary, b"\n--" + boundary).split(b"\n--" + boundary)[1:]:
            if part.startswith(b"--"):
                self.done = 1
                break
            _, _, part = part.partition(b"\n")
            source = io.BytesIO(part)
            lines = []
            for line in source:
                if not line.strip():
                    break
                lines.append(line)
            headers = BytesHeaderParser().parsebytes(b"".join(lines))
            if self.max_num_fields is not None and len(self.list) >= self.max_num_fields:
                raise ValueError("Max number of fields exceeded")
            del headers["content-length"]
            self.list.append(type(self)(
                source, headers, boundary, {}, self.keep_blank_values, self.strict_parsing, None, self.encoding,
                self.errors, self.max_num_fields, self.separator,
            ))

    def _keep(self, data):
        if not self._binary_file:
            data = data.decode(self.encoding, self.errors)
        self.file = self.make_file()
        self.file.write(data)
        self.file.seek(0)

    def make_file(self):
        """The file that a value is kept in; subclasses may make others."""
        if self._binary_file:
            return io.BytesIO()
        return io.StringIO(newline="")

    # A dictionary's side.

    @property
    def value(self):
        """The value as a string, or as bytes if it is that of a file; a list if there are fields."""
        if self.file:
            self.file.seek(0)
            found = self.file.read()
            self.file.seek(0)
            return found
        return self.list

    def _fields(self):
        if self.list is None:
            raise TypeError("not indexable")
        return self.list

    def __getitem__(self, key):
        found = [field for field in self._fields() if field.name == key]
        if not found:
            raise KeyError(key)
        return found if len(found) > 1 else found[0]

    def getvalue(self, key, default=None):
        """The value of a field, or the list of its values."""
        if key not in self:
            return default
        found = self[key]
        return [field.value for field in found] if isinstance(found, list) else found.value

    def getfirst(self, key, default=None):
        """The first value of a field."""
        return (self.getlist(key) or [default])[0]

    def getlist(self, key):
        """All values of a field."""
        return [field.value for field in self._fields() if field.name == key]

    def keys(self):
        """The names of the fields."""
        return list(dict.fromkeys([field.name for field in self._fields()]))

    def __contains__(self, key):
        return key in self.keys()

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __bool__(self):
        if self.list is None:
            raise TypeError("Cannot be converted to bool.")
        return bool(self.list)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if self.file:
            self.file.close()

    def __repr__(self):
        return f"FieldStorage({self.name!r}, {self.filename!r}, {self.value!r})"


# For looking at what a script gets.


def _listing(title, pairs):
    import html

    print(f"\n<H3>{title}</H3>\n<DL>")
    for name, text in pairs:
        print(f"<DT>{html.escape(str(name))}<DD>{html.escape(str(text))}")
    print("</DL>\n")


def print_environ(environ=os.environ):
    """Print the environment as HTML."""
    _listing("Shell Environment:", sorted(environ.items()))


def print_form(form):
    """Print a form's fields as HTML."""
    _listing("Form Contents:" if form.keys() else "No form fields.", [(key, repr(form[key])) for key in form])


def print_arguments():
    """Print the command line as HTML."""
    _listing("Command Line Arguments:", enumerate(sys.argv))


def print_directory():
    """Print the current folder as HTML."""
    _listing("Current Working Directory:", [("", os.getcwd())])


def print_environ_usage():
    """Print as HTML which variables a server may set."""
    names = (
        "AUTH_TYPE CONTENT_LENGTH CONTENT_TYPE GATEWAY_INTERFACE HTTP_COOKIE HTTP_REFERER HTTP_USER_AGENT PATH_INFO "
        "PATH_TRANSLATED QUERY_STRING REMOTE_ADDR REMOTE_HOST REQUEST_METHOD SCRIPT_NAME SERVER_NAME SERVER_PORT"
    )
    _listing("Variables that a server may set:", [(name, "") for name in names.split()])


def print_exception(type=None, value=None, tb=None, limit=None):
    """Print an exception, by default the one that is handled, as HTML."""
    import html
    import traceback

    value = sys.exc_info()[1] if value is None else value
    tb = value.__traceback__ if tb is None else tb
    lines = traceback.format_tb(tb, limit) + traceback.format_exception_only(value)
    print("\n<H3>Traceback (most recent call last):</H3>")
    print(f"<PRE>{html.escape(''.join(lines[:-1]))}<B>{html.escape(lines[-1])}</B></PRE>")


def test(environ=os.environ):
    """Print everything as HTML."""
    print("Content-type: text/html\n")
    try:
        form = FieldStorage()
        print_directory()
        print_arguments()
        print_form(form)
        print_environ(environ)
        print_environ_usage()
    except Exception:
        print_exception()


if __name__ == "__main__":
    test()
