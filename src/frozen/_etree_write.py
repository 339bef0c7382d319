"""Trees of `xml.etree.ElementTree` as text."""

import contextlib
import io
import re

from _etree_nodes import Comment, ProcessingInstruction, QName

# Prefixes that are used for namespaces if nothing else is said.
namespace_map = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://schemas.xmlsoap.org/wsdl/": "wsdl",
    "http://www.w3.org/2001/XMLSchema": "xs",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://purl.org/dc/elements/1.1/": "dc",
}
HTML_EMPTY = {
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "isindex", "link", "meta", "param",
    "source", "track", "wbr",
}


def register_namespace(prefix, uri):
    """Use a prefix for a namespace."""
    if re.match(r"ns\d+$", prefix):
        raise ValueError("Prefix format reserved for internal use")
    for known, other in list(namespace_map.items()):
        if known == uri or other == prefix:
            del namespace_map[known]
    namespace_map[uri] = prefix


def cannot_serialize(value):
    raise TypeError(f"cannot serialize {value!r} (type {type(value).__name__})")


def _escaper(*pairs):
    def escape(text):
        try:
            for character, reference in pairs:
                if character in text:
                    text = text.replace(character, reference)
            return text
        except (TypeError, AttributeError):
            cannot_serialize(text)

    return escape


_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
escape_text = _escaper(*_TEXT)
escape_attribute = _escaper(*_TEXT, ('"', "&quot;"), ("\r", "&#13;"), ("\n", "&#10;"), ("\t", "&#09;"))
escape_html = _escaper(("&", "&amp;"), (">", "&gt;"), ('"', "&quot;"))


@contextlib.contextmanager
def writer(target, encoding):
    """A function that writes text to a file or to what has a method `write`, and the encoding."""
    write = getattr(target, "write", None)
    is_text = encoding.lower() == "unicode"
    if write is None:
        encoding = "utf-8" if is_text else encoding
        with open(target, "w", encoding=encoding, errors="xmlcharrefreplace") as file:
            yield file.write, encoding
        return
    if is_text:
        yield write, getattr(target, "encoding", None) or "utf-8"
        return
    with contextlib.ExitStack() as stack:
        if isinstance(target, io.BufferedIOBase):
            file = target
        elif isinstance(target, io.RawIOBase):
            file = io.BufferedWriter(target)
            # Whoever opened it closes it.
            stack.callback(file.detach)
        else:
            file = io.BufferedIOBase()
            file.writable = lambda: True
            file.write = write
            with contextlib.suppress(AttributeError):
                # So that nothing is written again at the start of each part.
                file.seekable, file.tell = target.seekable, target.tell
        text = io.TextIOWrapper(file, encoding=encoding, errors="xmlcharrefreplace", newline="\n")
        stack.callback(text.detach)
        yield text.write, encoding


class Names:
    """The names in a tree as they are written, with prefixes, and the namespaces that must be declared for them."""

    def __init__(self, root, default=None):
        self.written = {None: None}
        self.namespaces = {default: ""} if default else {}
        self.default = default
        for element in root.iter():
            tag = element.tag
            if isinstance(tag, (QName, str)):
                self.add(tag)
            elif tag is not None and tag is not Comment and tag is not ProcessingInstruction:
                cannot_serialize(tag)
            for key, value in element.items():
                self.add(key)
                if isinstance(value, QName):
                    self.add(value)
            if isinstance(element.text, QName):
                self.add(element.text)

    def add(self, name):
        if isinstance(name, QName):
            name = name.text
        if name in self.written:
            return
        try:
            self.written[name] = self._write(name)
        except TypeError:
            cannot_serialize(name)

    def _write(self, name):
        if name[:1] != "{":
            if self.default:
                raise ValueError("cannot use non-qualified names with default_namespace option")
            return name
        uri, tag = name[1:].rsplit("}", 1)
        prefix = self.namespaces.get(uri)
        if prefix is None:
            prefix = namespace_map.get(uri)
            if prefix is None:
                prefix = f"ns{len(self.namespaces)}"
            if prefix != "xml":
                self.namespaces[uri] = prefix
        return f"{prefix}:{tag}" if prefix else tag

    def __getitem__(self, name):
        return self.written[name.text if isinstance(name, QName) else name]


def _start(write, element, names, namespaces, escape):
    write("<" + names[element.tag])
    for uri, prefix in sorted(namespaces.items(), key=lambda item: item[1]):
        write(f' xmlns{":" + prefix if prefix else ""}="{escape_attribute(uri)}"')
    for key, value in element.items():
        value = names[value] if isinstance(value, QName) else escape(value)
        write(f' {names[key]}="{value}"')


def _text(text, names):
    return names[text] if isinstance(text, QName) else escape_text(text)


def write_xml(write, element, names, namespaces, short_empty_elements=True):
    tag, text = element.tag, element.text
    if tag is Comment:
        write(f"<!--{text}-->")
    elif tag is ProcessingInstruction:
        write(f"<?{text}?>")
    elif tag is None:
        # Only what is in it.
        if text:
            write(_text(text, names))
        for child in element:
            write_xml(write, child, names, {}, short_empty_elements)
    else:
        _start(write, element, names, namespaces, escape_attribute)
        if text or len(element) or not short_empty_elements:
            write(">")
            if text:
                write(_text(text, names))
            for child in element:
                write_xml(write, child, names, {}, short_empty_elements)
            write(f"</{names[tag]}>")
        else:
            write(" />")
    if element.tail:
        write(escape_text(element.tail))


def write_html(write, element, names, namespaces, short_empty_elements=True):
    tag, text = element.tag, element.text
    if tag is Comment:
        write(f"<!--{escape_text(text)}-->")
    elif tag is ProcessingInstruction:
        write(f"<?{escape_text(text)}?>")
    else:
        kind = "" if tag is None else names[tag].lower()
        if tag is not None:
            _start(write, element, names, namespaces, escape_html)
            write(">")
        if text:
            write(text if kind in ("script", "style") else _text(text, names))
        for child in element:
            write_html(write, child, names, {})
        if tag is not None and kind not in HTML_EMPTY:
            write(f"</{names[tag]}>")
    if element.tail:
        write(escape_text(element.tail))


def write_text(write, element):
    for part in element.itertext():
        write(part)
    if element.tail:
        write(element.tail)


def indent(root, space, level):
    """Put every element on a line of its own by changing text that is only white space."""
    if not len(root):
        return
    starts = ["\n" + level * space]

    def children(element, depth):
        if depth == len(starts):
            starts.append(starts[-1] + space)
        start = starts[depth]
        if not element.text or not element.text.strip():
            element.text = start
        for child in element:
            if len(child):
                children(child, depth + 1)
            if not child.tail or not child.tail.strip():
                child.tail = start
        if not child.tail.strip():
            child.tail = starts[depth - 1]

    children(root, 1)


register_namespace._namespace_map = namespace_map
register_namespace.__module__ = "xml.etree.ElementTree"
