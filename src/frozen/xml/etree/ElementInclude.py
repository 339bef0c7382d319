"""XInclude: elements that stand for other documents are replaced by them."""

import copy
from urllib.parse import urljoin

from xml.etree import ElementTree

XINCLUDE = "{http://www.w3.org/2001/XInclude}"
XINCLUDE_INCLUDE = XINCLUDE + "include"
XINCLUDE_FALLBACK = XINCLUDE + "fallback"

# How deep documents may include others.
DEFAULT_MAX_INCLUSION_DEPTH = 6


class FatalIncludeError(SyntaxError):
    """Something cannot be included."""


class LimitedRecursiveIncludeError(FatalIncludeError):
    """Documents include others too deeply."""


def default_loader(href, parse, encoding=None):
    """What is in a file: its root, or its text."""
    if parse == "xml":
        with open(href, "rb") as file:
            return ElementTree.parse(file).getroot()
    with open(href, encoding=encoding or "UTF-8") as file:
        return file.read()


def include(elem, loader=None, base_url=None, max_depth=DEFAULT_MAX_INCLUSION_DEPTH):
    """Replace what stands for other documents in an element; `loader` gets them."""
    if max_depth is None:
        max_depth = -1
    elif max_depth < 0:
        raise ValueError(f"expected non-negative depth or None for 'max_depth', got {max_depth!r}")
    root = elem.getroot() if hasattr(elem, "getroot") else elem
    _include(root, loader or default_loader, base_url, max_depth, set())


def _include(elem, loader, base_url, max_depth, above):
    i = 0
    while i < len(elem):
        child = elem[i]
        if child.tag == XINCLUDE_FALLBACK:
            raise FatalIncludeError(f"xi:fallback tag must be child of xi:include ({child.tag!r})")
        if child.tag != XINCLUDE_INCLUDE:
            _include(child, loader, base_url, max_depth, above)
            i += 1
            continue
        href, kind = child.get("href"), child.get("parse", "xml")
        if base_url:
            href = urljoin(base_url, href)
        if kind == "xml":
            elem[i] = _document(child, href, loader, max_depth, above)
            i += 1
        elif kind == "text":
            text = loader(href, kind, child.get("encoding"))
            if text is None:
                raise FatalIncludeError(f"cannot load {href!r} as {kind!r}")
            text += child.tail or ""
            if i:
                elem[i - 1].tail = (elem[i - 1].tail or "") + text
            else:
                elem.text = (elem.text or "") + text
            del elem[i]
        else:
            raise FatalIncludeError(f"unknown parse type in xi:include tag ({kind!r})")


def _document(child, href, loader, max_depth, above):
    """The root of a document in the place of what stands for it."""
    if href in above:
        raise FatalIncludeError(f"recursive include of {href}")
    if max_depth == 0:
        raise LimitedRecursiveIncludeError(f"maximum xinclude depth reached when including file {href}")
    root = loader(href, "xml")
    if root is None:
        raise FatalIncludeError(f"cannot load {href!r} as 'xml'")
    root = copy.copy(root)
    above.add(href)
    _include(root, loader, href, max_depth - 1, above)
    above.remove(href)
    if child.tail:
        root.tail = (root.tail or "") + child.tail
    return root
