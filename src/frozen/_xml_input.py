"""The bytes of a document as text: which encoding they have, and what is wrong with them."""

import codecs
import re

_declared = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (b"<\0", "utf-16-le", 0),
    (b"\0<", "utf-16-be", 0),
)


class Decoder:
    """Decodes a document in parts; the first one says how."""

    def __init__(self, encoding):
        self.given = encoding
        self.encoding = None
        self.wide = False
        self.decoder = None
        self.waiting = b""
        self.count = 0

    def _start(self, data):
        """Find out the encoding from the start of a document; returns the rest of it."""
        found = next((mark for mark in _MARKS if data.startswith(mark[0])), None)
        declared = _declared.match(data)
        if self.given:
            self.encoding = self.given
        elif found:
            self.encoding = found[1]
            data = data[found[2]:]
        else:
            self.encoding = declared.group(1).decode() if declared else "utf-8"
        self.wide = self.encoding.lower().startswith("utf-16")
        if self.wide and not found and not self.given:
            # The declaration could not have been read: it is wrong.
            self.encoding = "utf-8"
            self.wide = False
        try:
            self.decoder = codecs.getincrementaldecoder(self.encoding)()
        except LookupError:
            # What it says is checked when the declaration is parsed.
            self.decoder = codecs.getincrementaldecoder("latin-1")()
        return data

    def decode(self, data, final):
        """The text of the next part, and the code of the error behind it or 0."""
        if isinstance(data, str):
            self.encoding = "str"
            self.count += len(data.encode("utf-8", "surrogatepass"))
            return data, 0
        try:
            data = memoryview(data).tobytes()
        except TypeError:
            raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None
        self.count += len(data)
        if self.decoder is None:
            data = self.waiting + data
            if len(data) < 4 and not final:
                self.waiting = data
                return "", 0
            data = self._start(data)
        try:
            return self.decoder.decode(data, final), 0
        except UnicodeDecodeError as e:
            is_cut = e.end == len(data) and e.reason.startswith("unexpected end")
            return data[:e.start].decode(self.encoding, "replace"), 6 if is_cut else 4

    def check(self, name):
        """The code of the error if the encoding that the document says it has cannot be, else 0."""
        if name is None or self.encoding == "str" or self.given:
            return 0
        if name.lower().startswith("utf-16"):
            return 0 if self.wide else 19
        if self.wide:
            return 19
        codecs.lookup(name)
        return 0

    def bytes_before(self, rest):
        """How many bytes there were before the rest of the text."""
        return self.count - len(rest.encode("utf-8", "surrogatepass"))
