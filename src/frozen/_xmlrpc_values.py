"""XML-RPC: values and calls as XML. `xmlrpc.client` gives it its public names."""
import base64
import datetime
import functools
import time
from decimal import Decimal
from io import BytesIO
from xml.parsers import expat

try:
    import gzip
except ImportError:
    gzip = None

MAXINT, MININT = 2**31 - 1, -(2**31)
PARSE_ERROR, SERVER_ERROR, APPLICATION_ERROR = -32700, -32600, -32500
SYSTEM_ERROR, TRANSPORT_ERROR = -32400, -32300
NOT_WELLFORMED_ERROR, UNSUPPORTED_ENCODING, INVALID_ENCODING_CHAR = -32700, -32701, -32702
INVALID_XMLRPC, METHOD_NOT_FOUND, INVALID_METHOD_PARAMS, INTERNAL_ERROR = -32600, -32601, -32602, -32603
_LIMIT = 20 << 20
boolean = Boolean = bool


def escape(s):
    """A text with `&`, `<` and `>` as entities."""
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Error(Exception):
    """What goes wrong."""

    __str__ = object.__str__


class ProtocolError(Error):
    """The server answers with an error of HTTP."""

    def __init__(self, url, errcode, errmsg, headers):
        super().__init__()
        self.url, self.errcode, self.errmsg, self.headers = url, errcode, errmsg, headers

    def __repr__(self):
        return f"<{type(self).__name__} for {self.url}: {self.errcode} {self.errmsg}>"


class ResponseError(Error):
    """The answer is not what it should be."""


class Fault(Error):
    """The function that was called has failed."""

    def __init__(self, faultCode, faultString, **extra):
        super().__init__()
        self.faultCode, self.faultString = faultCode, faultString

    def __repr__(self):
        return f"<{type(self).__name__} {self.faultCode}: {self.faultString!r}>"


def _iso8601_format(value):
    return value.strftime("%Y%m%dT%H:%M:%S")


def _strftime(value):
    if isinstance(value, datetime.datetime):
        return _iso8601_format(value)
    if not isinstance(value, (tuple, time.struct_time)):
        value = time.localtime(value or time.time())
    return "%04d%02d%02dT%02d:%02d:%02d" % value[:6]


@functools.total_ordering
class DateTime:
    """A moment, as the protocol writes it."""

    def __init__(self, value=0):
        self.value = value if isinstance(value, str) else _strftime(value)

    def _texts(self, other):
        if isinstance(other, DateTime):
            return self.value, other.value
        if isinstance(other, datetime.datetime):
            return self.value, _iso8601_format(other)
        if isinstance(other, str):
            return self.value, other
        if hasattr(other, "timetuple"):
            return self.timetuple(), other.timetuple()
        name = getattr(other.__class__, "__name__", type(other))
        raise TypeError("Can't compare %s and %s" % (self.__class__.__name__, name))

    def __lt__(self, other):
        mine, theirs = self._texts(other)
        return mine < theirs

    def __eq__(self, other):
        try:
            mine, theirs = self._texts(other)
        except TypeError:
            return NotImplemented
        return mine == theirs

    def timetuple(self):
        """The moment as a tuple."""
        return time.strptime(self.value, "%Y%m%dT%H:%M:%S")

    def __str__(self):
        return self.value

    def __repr__(self):
        return f"<{type(self).__name__} {self.value!r} at {id(self):#x}>"

    def decode(self, data):
        """Takes a text."""
        self.value = str(data).strip()

    def encode(self, out):
        """Writes the value."""
        out.write(f"<value><dateTime.iso8601>{self.value}</dateTime.iso8601></value>\n")


class Binary:
    """Bytes, as the protocol writes them."""

    def __init__(self, data=None):
        if data is None:
            data = b""
        elif not isinstance(data, (bytes, bytearray)):
            raise TypeError("expected bytes or bytearray, not %s" % data.__class__.__name__)
        self.data = bytes(data)

    def __str__(self):
        return str(self.data, "latin-1")

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, Binary) else other)

    def decode(self, data):
        """Takes Base64."""
        self.data = base64.decodebytes(data)

    def encode(self, out):
        """Writes the value."""
        out.write("<value><base64>\n" + base64.encodebytes(self.data).decode("ascii") + "</base64></value>\n")


WRAPPERS = DateTime, Binary


class Marshaller:
    """Writes values."""

    def __init__(self, encoding=None, allow_none=False):
        self.memo = set()
        self.encoding, self.allow_none = encoding, allow_none

    def dumps(self, values):
        """The parameters of a call, or a fault, as XML."""
        parts = []
        if isinstance(values, Fault):
            parts.append("<fault>\n")
            self._dump({"faultCode": values.faultCode, "faultString": values.faultString}, parts.append)
            parts.append("</fault>\n")
        else:
            parts.append("<params>\n")
            for value in values:
                parts.append("<param>\n")
                self._dump(value, parts.append)
                parts.append("</param>\n")
            parts.append("</params>\n")
        return "".join(parts)

    def _dump(self, value, write):
        kind = type(value)
        if value is None:
            if not self.allow_none:
                raise TypeError("cannot marshal None unless allow_none is enabled")
            write("<value><nil/></value>")
        elif kind is bool:
            write("<value><boolean>%d</boolean></value>\n" % value)
        elif kind is int:
            if not MININT <= value <= MAXINT:
                raise OverflowError("int exceeds XML-RPC limits")
            write("<value><int>%d</int></value>\n" % value)
        elif kind is float:
            write(f"<value><double>{value!r}</double></value>\n")
        elif kind is str:
            write(f"<value><string>{escape(value)}</string></value>\n")
        elif kind in (bytes, bytearray):
            write("<value><base64>\n" + base64.encodebytes(value).decode("ascii") + "</base64></value>\n")
        elif kind in (list, tuple):
            self._nested(value, write, self._array)
        elif kind is dict:
            self._nested(value, write, self._struct)
        elif kind is datetime.datetime:
            write(f"<value><dateTime.iso8601>{_strftime(value)}</dateTime.iso8601></value>\n")
        elif kind in WRAPPERS:
            value.encode(_Writer(write))
        else:
            self._instance(value, write)

    def _nested(self, value, write, dump):
        if id(value) in self.memo:
            raise TypeError("cannot marshal recursive " + ("dictionaries" if isinstance(value, dict) else "sequences"))
        self.memo.add(id(value))
        dump(value, write)
        self.memo.discard(id(value))

    def _array(self, value, write):
        write("<value><array><data>\n")
        for item in value:
            self._dump(item, write)
        write("</data></array></value>\n")

    def _struct(self, value, write):
        write("<value><struct>\n")
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("dictionary key must be string")
            write(f"<member>\n<name>{escape(key)}</name>\n")
            self._dump(item, write)
            write("</member>\n")
        write("</struct></value>\n")

    def _instance(self, value, write):
        kind = type(value)
        if not hasattr(value, "__dict__") or any(
                base in (int, float, str, bytes, bytearray, list, tuple, dict, bool) for base in kind.__mro__):
            raise TypeError("cannot marshal %s objects" % kind)
        self._dump(value.__dict__, write)


class _Writer:
    def __init__(self, write):
        self.write = write


class Unmarshaller:
    """Reads values, from the parts of XML."""

    def __init__(self, use_datetime=False, use_builtin_types=False):
        self._type = self._method = None
        # The values, the places where lists begin, and whether a value has just begun.
        self._stack, self._marks = [], []
        self._value = False
        self._text = []
        self._use_datetime = use_builtin_types or use_datetime
        self._use_bytes = use_builtin_types

    def close(self):
        """What has been read: a tuple. Raises Fault."""
        if self._type is None or self._marks:
            raise ResponseError()
        if self._type == "fault":
            raise Fault(**self._stack[0])
        return tuple(self._stack)

    def getmethodname(self):
        """The function that is called, or None."""
        return self._method

    def xml(self, encoding, standalone):
        """The declaration."""

    def start(self, tag, attrs):
        """An element begins."""
        tag = tag.rpartition(":")[2] if tag.startswith("ex:") else tag
        if tag in ("array", "struct"):
            self._marks.append(len(self._stack))
        self._text = []
        if self._value and tag not in _KINDS and tag not in ("nil", "array", "struct", "data", "member", "name"):
            raise ResponseError("unknown tag %r" % tag)
        self._value = tag == "value"

    def data(self, text):
        """Text."""
        self._text.append(text)

    def end(self, tag):
        """An element ends."""
        tag = tag.rpartition(":")[2] if tag.startswith("ex:") else tag
        text = "".join(self._text)
        if tag in _KINDS:
            self._stack.append(_KINDS[tag](self, text))
            self._value = False
        elif tag == "value":
            # Text without a type is a string.
            if self._value:
                self._stack.append(text)
            self._value = False
        elif tag == "nil":
            self._stack.append(None)
            self._value = False
        elif tag == "name":
            self._stack.append(text)
        elif tag == "array":
            mark = self._marks.pop()
            self._stack[mark:] = [self._stack[mark:]]
            self._value = False
        elif tag == "struct":
            mark = self._marks.pop()
            items = self._stack[mark:]
            self._stack[mark:] = [dict(zip(items[::2], items[1::2]))]
            self._value = False
        elif tag == "params":
            self._type = "params"
        elif tag == "fault":
            self._type = "fault"
        elif tag == "methodName":
            self._method = text
            self._type = "methodName"
        self._text = []

    def _boolean(self, text):
        if text not in ("0", "1"):
            raise TypeError("bad boolean value")
        return text == "1"

    def _bytes(self, text):
        value = Binary()
        value.decode(text.encode("ascii"))
        return value.data if self._use_bytes else value

    def _moment(self, text):
        value = DateTime()
        value.decode(text)
        return datetime.datetime.strptime(value.value, "%Y%m%dT%H:%M:%S") if self._use_datetime else value


_KINDS = {
    **dict.fromkeys(("int", "i1", "i2", "i4", "i8", "biginteger"), lambda self, text: int(text)),
    **dict.fromkeys(("double", "float"), lambda self, text: float(text)),
    "bigdecimal": lambda self, text: Decimal(text),
    "boolean": Unmarshaller._boolean,
    "string": lambda self, text: text,
    "base64": Unmarshaller._bytes,
    "dateTime.iso8601": Unmarshaller._moment,
}


class ExpatParser:
    """Reads XML and gives its parts to a target."""

    def __init__(self, target):
        self._parser = expat.ParserCreate(None, None)
        self._parser.StartElementHandler = target.start
        self._parser.EndElementHandler = target.end
        self._parser.CharacterDataHandler = target.data
        target.xml(None, None)

    def feed(self, data):
        """Takes a piece."""
        self._parser.Parse(data, False)

    def close(self):
        """There is no more."""
        parser, self._parser = self._parser, None
        if parser is not None:
            parser.Parse(b"", True)


def getparser(use_datetime=False, use_builtin_types=False):
    """A parser and its target."""
    target = Unmarshaller(use_datetime, use_builtin_types)
    return ExpatParser(target), target


def dumps(params, methodname=None, methodresponse=None, encoding=None, allow_none=False):
    """A call, an answer or just parameters as XML."""
    if not isinstance(params, (tuple, Fault)):
        raise AssertionError("argument must be tuple or Fault instance")
    if isinstance(params, Fault):
        methodresponse = 1
    elif methodresponse and len(params) != 1:
        raise AssertionError("response tuple must be a singleton")
    encoding = encoding or "utf-8"
    data = Marshaller(encoding, allow_none).dumps(params)
    header = "<?xml version='1.0'?>\n" if encoding == "utf-8" else f"<?xml version='1.0' encoding='{encoding}'?>\n"
    if methodname:
        return f"{header}<methodCall>\n<methodName>{methodname}</methodName>\n{data}</methodCall>\n"
    if methodresponse:
        return f"{header}<methodResponse>\n{data}</methodResponse>\n"
    return data


def loads(data, use_datetime=False, use_builtin_types=False):
    """The parameters and the name of the function of a call, or of an answer. Raises Fault."""
    parser, target = getparser(use_datetime, use_builtin_types)
    parser.feed(data)
    parser.close()
    return target.close(), target.getmethodname()


def gzip_encode(data):
    """Compressed bytes."""
    if not gzip:
        raise NotImplementedError
    return gzip.compress(data, 1)


def gzip_decode(data, max_decode=_LIMIT):
    """Decompressed bytes, if they are not too many."""
    if not gzip:
        raise NotImplementedError
    with gzip.GzipFile(mode="rb", fileobj=BytesIO(data)) as file:
        try:
            decoded = file.read() if max_decode < 0 else file.read(max_decode + 1)
        except OSError:
            raise ValueError("invalid data") from None
    if 0 <= max_decode < len(decoded):
        raise ValueError("max gzipped payload length exceeded")
    return decoded


for _public in Error, ProtocolError, ResponseError, Fault, DateTime, Binary, Marshaller, Unmarshaller, ExpatParser:
    _public.__module__ = "xmlrpc.client"
