"""Text in XML, and handlers that write it or pass it on."""

import codecs
import io
import os

from xml.sax import handler, xmlreader

_XML = "http://www.w3.org/XML/1998/namespace"


def _replaced(text, pairs):
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


def escape(data, entities={}):
    """Replace the characters &, < and >, and others that are given, by references."""
    return _replaced(data, {"&": "&amp;", ">": "&gt;", "<": "&lt;", **entities})


def unescape(data, entities={}):
    """Replace the references to &, < and >, and others that are given, by characters."""
    return _replaced(data, {"&lt;": "<", "&gt;": ">", **entities}).replace("&amp;", "&")


def quoteattr(data, entities={}):
    """A text as the value of an attribute, with its quotes."""
    data = escape(data, {**entities, "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    if '"' not in data:
        return f'"{data}"'
    if "'" not in data:
        return f"'{data}'"
    return '"' + data.replace('"', "&quot;") + '"'


def _text_stream(out, encoding):
    """A stream for text that goes to another one, which may be one for bytes."""
    if out is None:
        import sys

        return sys.stdout
    if isinstance(out, (io.TextIOBase, codecs.StreamWriter, codecs.StreamReaderWriter)):
        return out
    buffer = io.BufferedIOBase()
    buffer.writable = lambda: True
    buffer.write = out.write
    for name in ("seekable", "tell"):
        if hasattr(out, name):
            setattr(buffer, name, getattr(out, name))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="xmlcharrefreplace", newline="\n", write_through=True)


class XMLGenerator(handler.ContentHandler):
    """Writes what it is told."""

    def __init__(self, out=None, encoding="iso-8859-1", short_empty_elements=False):
        super().__init__()
        out = _text_stream(out, encoding)
        self._write, self._flush = out.write, out.flush
        self._encoding = encoding
        self._short = short_empty_elements
        self._is_open = False
        # Prefixes by namespace: those now, and those of outer elements.
        self._scopes = [{}]
        self._prefixes = {}
        self._undeclared = []

    def _name(self, pair):
        uri, name = pair
        if not uri:
            return name
        prefix = "xml" if uri == _XML else self._prefixes[uri]
        return f"{prefix}:{name}" if prefix else name

    def _close_tag(self):
        if self._is_open:
            self._write(">")
            self._is_open = False

    def startDocument(self):
        self._write(f'<?xml version="1.0" encoding="{self._encoding}"?>\n')

    def endDocument(self):
        self._flush()

    def startPrefixMapping(self, prefix, uri):
        self._scopes.append(self._prefixes.copy())
        self._prefixes[uri] = prefix
        self._undeclared.append((prefix, uri))

    def endPrefixMapping(self, prefix):
        self._prefixes = self._scopes.pop()

    def _start(self, name, declared, attrs):
        self._close_tag()
        self._write("<" + name)
        for prefix, uri in declared:
            self._write(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"')
        for key, value in attrs:
            self._write(f" {key}={quoteattr(value)}")
        if self._short:
            self._is_open = True
        else:
            self._write(">")

    def _end(self, name):
        if self._is_open:
            self._write("/>")
            self._is_open = False
        else:
            self._write(f"</{name}>")

    def startElement(self, name, attrs):
        self._start(name, (), attrs.items())

    def endElement(self, name):
        self._end(name)

    def startElementNS(self, name, qname, attrs):
        declared, self._undeclared = self._undeclared, []
        self._start(self._name(name), declared, [(self._name(key), value) for key, value in attrs.items()])

    def endElementNS(self, name, qname):
        self._end(self._name(name))

    def characters(self, content):
        self._text(content, escape)

    def ignorableWhitespace(self, content):
        self._text(content, str)

    def _text(self, content, write):
        if content:
            self._close_tag()
            self._write(write(content if isinstance(content, str) else str(content, self._encoding)))

    def processingInstruction(self, target, data):
        self._close_tag()
        self._write(f"<?{target} {data}?>")


def _passed(which, name):
    """A method that calls that of a handler."""

    def method(self, *args):
        return getattr(getattr(self, which), name)(*args)

    method.__name__ = name
    return method


class XMLFilterBase(xmlreader.XMLReader):
    """Stands between a parser and its handlers, and passes everything on; subclasses change something."""

    def __init__(self, parent=None):
        super().__init__()
        self._parent = parent

    for _which, _names in (
        ("_err_handler", "error fatalError warning"),
        (
            "_cont_handler",
            "setDocumentLocator startDocument endDocument startPrefixMapping endPrefixMapping startElement endElement "
            "startElementNS endElementNS characters ignorableWhitespace processingInstruction skippedEntity",
        ),
        ("_dtd_handler", "notationDecl unparsedEntityDecl"),
        ("_ent_handler", "resolveEntity"),
        ("_parent", "setLocale getFeature setFeature getProperty setProperty"),
    ):
        for _name in _names.split():
            locals()[_name] = _passed(_which, _name)
    del _which, _names, _name

    def parse(self, source):
        for set_handler in ("setContentHandler", "setErrorHandler", "setEntityResolver", "setDTDHandler"):
            getattr(self._parent, set_handler)(self)
        self._parent.parse(source)

    def getParent(self):
        return self._parent

    def setParent(self, parent):
        self._parent = parent


def prepare_input_source(source, base=""):
    """A source with a stream, of a source, a stream, or the name or address of a file."""
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, str):
        source = xmlreader.InputSource(source)
    elif hasattr(source, "read"):
        file, source = source, xmlreader.InputSource()
        if isinstance(file.read(0), str):
            source.setCharacterStream(file)
        else:
            source.setByteStream(file)
        if isinstance(getattr(file, "name", None), str):
            source.setSystemId(file.name)
    if source.getCharacterStream() is None and source.getByteStream() is None:
        name = source.getSystemId()
        path = os.path.join(os.path.dirname(os.path.normpath(base)), name)
        if os.path.isfile(path):
            source.setSystemId(path)
            source.setByteStream(open(path, "rb"))
        else:
            import urllib.parse
            import urllib.request

            source.setSystemId(urllib.parse.urljoin(base, name))
            source.setByteStream(urllib.request.urlopen(source.getSystemId()))
    return source
