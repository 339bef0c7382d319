"""Trees of elements: reading and writing XML, and finding one's way in it."""

import io
import sys
import warnings

from _etree_c14n import C14NWriterTarget
from _etree_nodes import Comment, Element, ProcessingInstruction, QName, SubElement, iselement
from _etree_read import ParseError, TreeBuilder, XMLParser, XMLPullParser, iterparse
from _etree_write import (
    HTML_EMPTY, Names as _Names, indent as _indent, namespace_map as _namespace_map, register_namespace, write_html,
    write_text, write_xml, writer as _get_writer,
)
from xml.etree import ElementPath

__all__ = [
    "Comment",
    "dump",
    "Element",
    "ElementTree",
    "fromstring",
    "fromstringlist",
    "indent",
    "iselement",
    "iterparse",
    "parse",
    "ParseError",
    "PI",
    "ProcessingInstruction",
    "QName",
    "SubElement",
    "tostring",
    "tostringlist",
    "TreeBuilder",
    "VERSION",
    "XML",
    "XMLID",
    "XMLParser",
    "XMLPullParser",
    "register_namespace",
    "canonicalize",
    "C14NWriterTarget",
]

VERSION = "1.3.0"
PI = ProcessingInstruction

_WRITERS = {"xml": write_xml, "html": write_html, "text": write_text}


class ElementTree:
    """A whole document: its root, and reading and writing it."""

    def __init__(self, element=None, file=None):
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        """The root."""
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        """Read a file, or one with this name; returns the root."""
        own = not hasattr(source, "read")
        file = open(source, "rb") if own else source
        try:
            parser = XMLParser() if parser is None else parser
            while data := file.read(65536):
                parser.feed(data)
            self._root = parser.close()
            return self._root
        finally:
            if own:
                file.close()

    def iter(self, tag=None):
        """All elements with this tag, in the order of the document."""
        return self._root.iter(tag)

    @staticmethod
    def _relative(path):
        if path[:1] != "/":
            return path
        path = "." + path
        warnings.warn(
            "This search is broken in 1.3 and earlier, and will be fixed in a future version.  "
            f"If you rely on the current behaviour, change it to {path!r}",
            FutureWarning,
            stacklevel=3,
        )
        return path

    def find(self, path, namespaces=None):
        """The first element that a path leads to, or None."""
        return self._root.find(self._relative(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """The text of the first element that a path leads to."""
        return self._root.findtext(self._relative(path), default, namespaces)

    def findall(self, path, namespaces=None):
        """All elements that a path leads to."""
        return self._root.findall(self._relative(path), namespaces)

    def iterfind(self, path, namespaces=None):
        """An iterator of the elements that a path leads to."""
        return self._root.iterfind(self._relative(path), namespaces)

    def write(
        self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *,
        short_empty_elements=True
    ):
        """Write it to a file, or one with this name; `method` is "xml", "html" or "text"."""
        method = method or "xml"
        if method not in _WRITERS:
            raise ValueError(f"unknown method {method!r}")
        encoding = encoding or "us-ascii"
        with _get_writer(file_or_filename, encoding) as (write, declared):
            if method == "xml" and xml_declaration is None:
                xml_declaration = encoding.lower() != "unicode" and declared.lower() not in ("utf-8", "us-ascii")
            if method == "xml" and xml_declaration:
                write(f"<?xml version='1.0' encoding='{declared}'?>\n")
            if method == "text":
                write_text(write, self._root)
            else:
                names = _Names(self._root, default_namespace)
                _WRITERS[method](write, self._root, names, names.namespaces, short_empty_elements=short_empty_elements)

    def write_c14n(self, file):
        """Not supported any more: see canonicalize()."""
        return self.write(file, method="c14n")


# Text to trees and back.


def parse(source, parser=None):
    """Read a file, or one with this name."""
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


def fromstringlist(sequence, parser=None):
    """The root of a document in several parts."""
    parser = parser or XMLParser(target=TreeBuilder())
    for text in sequence:
        parser.feed(text)
    return parser.close()


def XML(text, parser=None):
    """The root of a document."""
    return fromstringlist([text], parser)


fromstring = XML


def XMLID(text, parser=None):
    """The root of a document, and its elements by their attributes `id`."""
    root = XML(text, parser)
    return root, {element.get("id"): element for element in root.iter() if element.get("id")}


def tostring(
    element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None, short_empty_elements=True
):
    """An element as bytes, or as text if the encoding is "unicode"."""
    stream = io.StringIO() if encoding == "unicode" else io.BytesIO()
    ElementTree(element).write(
        stream, encoding, xml_declaration=xml_declaration, default_namespace=default_namespace, method=method,
        short_empty_elements=short_empty_elements,
    )
    return stream.getvalue()


class _Parts(io.BufferedIOBase):
    """A stream that keeps what was written, part by part."""

    def __init__(self, parts):
        self.parts = parts

    def writable(self):
        return True

    def seekable(self):
        return True

    def write(self, data):
        self.parts.append(data)

    def tell(self):
        return len(self.parts)


def tostringlist(
    element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None, short_empty_elements=True
):
    """As tostring(), in parts."""
    parts = []
    ElementTree(element).write(
        _Parts(parts), encoding, xml_declaration=xml_declaration, default_namespace=default_namespace, method=method,
        short_empty_elements=short_empty_elements,
    )
    return parts


def dump(elem):
    """Write an element to standard output, for looking at it."""
    tree = elem if isinstance(elem, ElementTree) else ElementTree(elem)
    tree.write(sys.stdout, encoding="unicode")
    tail = tree.getroot().tail
    if not tail or tail[-1] != "\n":
        sys.stdout.write("\n")


def indent(tree, space="  ", level=0):
    """Put every element on a line of its own, indented."""
    if level < 0:
        raise ValueError(f"Initial indentation level must be >= 0, got {level}")
    _indent(tree.getroot() if isinstance(tree, ElementTree) else tree, space, level)


def canonicalize(xml_data=None, *, out=None, from_file=None, **options):
    """The canonical form of a document (C14N 2.0), as text or written to `out`."""
    if xml_data is None and from_file is None:
        raise ValueError("Either 'xml_data' or 'from_file' must be provided as input")
    text = io.StringIO() if out is None else None
    parser = XMLParser(target=C14NWriterTarget((out or text).write, **options))
    if xml_data is not None:
        parser.feed(xml_data)
        parser.close()
    else:
        parse(from_file, parser=parser)
    return None if text is None else text.getvalue()
