"""SAX: a parser that calls handlers with what it finds in XML."""

from xml.sax._exceptions import (
    SAXException, SAXNotRecognizedException, SAXNotSupportedException, SAXParseException, SAXReaderNotAvailable,
)
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import InputSource


def make_parser(parser_list=()):
    """A parser: of the first of these modules that there is, or of our own."""
    import importlib

    for name in [*parser_list, "xml.sax.expatreader"]:
        try:
            return importlib.import_module(name).create_parser()
        except ImportError:
            continue
    raise SAXReaderNotAvailable("No parsers found", None)


def _parse(source, handler, error_handler):
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.setErrorHandler(ErrorHandler() if error_handler is None else error_handler)
    parser.parse(source)


def parse(source, handler, errorHandler=ErrorHandler()):
    """Parse a stream, or a file with this name."""
    _parse(source, handler, errorHandler)


def parseString(string, handler, errorHandler=ErrorHandler()):
    """Parse a text or bytes."""
    import io

    source = InputSource()
    if isinstance(string, str):
        source.setCharacterStream(io.StringIO(string))
    else:
        source.setByteStream(io.BytesIO(string))
    _parse(source, handler, errorHandler)
