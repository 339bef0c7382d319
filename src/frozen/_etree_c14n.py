"""Canonical XML 2.0, as a target of the parser."""

import re

from _etree_write import _escaper, namespace_map

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_prefixed = re.compile(r"^\w+:\w+$").match

_escape_text = _escaper(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#xD;"))
_escape_attribute = _escaper(
    ("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\t", "&#x9;"), ("\n", "&#xA;"), ("\r", "&#xD;")
)


class C14NWriterTarget:
    """Writes a document so that equal ones are written the same.

    Comments are left out unless asked for; `strip_text` drops white space around text, `rewrite_prefixes` counts
    prefixes; the names in `qname_aware_tags` and `qname_aware_attrs` hold names with prefixes; the others are dropped.
    """

    def __init__(
        self, write, *, with_comments=False, strip_text=False, rewrite_prefixes=False, qname_aware_tags=None,
        qname_aware_attrs=None, exclude_attrs=None, exclude_tags=None
    ):
        self._write = write
        self._with_comments = with_comments
        self._strip_text = strip_text
        self._rewrite_prefixes = rewrite_prefixes
        self._name_tags = set(qname_aware_tags or ())
        self._name_attributes = set(qname_aware_attrs or ())
        self._without_attributes = set(exclude_attrs or ())
        self._without_tags = set(exclude_tags or ())
        self._data = []
        # Pairs of namespaces and prefixes for each level: those that were written, and those that the document has.
        self._written = [[("http://www.w3.org/XML/1998/namespace", "xml")]]
        self._known = [] if rewrite_prefixes else [list(namespace_map.items())]
        self._known.append([])
        self._counted = {}
        self._keeps_space = [False]
        # An element whose text must be seen before it can be written.
        self._waiting = None
        self._has_root = self._is_done = False
        # How deep it is in an element that is left out.
        self._dropped = 0

    @staticmethod
    def _inner_first(levels):
        for level in reversed(levels):
            yield from level

    def _resolve(self, text):
        """A name with a prefix, with the namespace instead."""
        prefix, _, name = text.partition(":")
        for uri, other in self._inner_first(self._known):
            if other == prefix:
                return f"{{{uri}}}{name}"
        raise ValueError(f'Prefix {prefix} of QName "{text}" is not declared in scope')

    def _name(self, name):
        """A name as it is written, its local part, and its namespace; declares a prefix if it must."""
        uri, tag = name[1:].rsplit("}", 1) if name[:1] == "{" else ("", name)
        taken = set()
        for other, prefix in self._inner_first(self._written):
            if other == uri and prefix not in taken:
                return f"{prefix}:{tag}" if prefix else tag, tag, uri
            taken.add(prefix)
        if self._rewrite_prefixes:
            prefix = self._counted.setdefault(uri, f"n{len(self._counted)}")
            self._written[-1].append((uri, prefix))
            return f"{prefix}:{tag}", tag, uri
        if uri or "" in taken:
            for other, prefix in self._inner_first(self._known):
                if other == uri:
                    self._written[-1].append((uri, prefix))
                    return f"{prefix}:{tag}" if prefix else tag, tag, uri
        if uri:
            raise ValueError(f'Namespace "{uri}" is not declared in scope')
        return tag, tag, uri

    # What the parser calls.

    def data(self, data):
        if not self._dropped:
            self._data.append(data)

    def start_ns(self, prefix, uri):
        if not self._dropped:
            self._flush_if_any()
            self._known[-1].append((uri, prefix))

    def start(self, tag, attrs):
        if self._without_tags and (self._dropped or tag in self._without_tags):
            self._dropped += 1
            return
        self._flush_if_any()
        self._written.append([])
        if tag in self._name_tags:
            self._waiting = tag, attrs
        else:
            self._start(tag, attrs)

    def end(self, tag):
        if self._dropped:
            self._dropped -= 1
            return
        self._flush_if_any()
        self._write(f"</{self._name(tag)[0]}>")
        self._keeps_space.pop()
        self._is_done = len(self._keeps_space) == 1
        self._written.pop()
        self._known.pop()

    def comment(self, text):
        if self._with_comments:
            self._aside(f"<!--{_escape_text(text)}-->")

    def pi(self, target, data):
        self._aside(f"<?{target} {_escape_text(data)}?>" if data else f"<?{target}?>")

    # Writing.

    def _aside(self, text):
        if self._dropped:
            return
        if self._is_done:
            self._write("\n")
        elif self._has_root:
            self._flush_if_any()
        self._write(text)
        if not self._has_root:
            self._write("\n")

    def _flush_if_any(self):
        if self._data:
            self._flush()

    def _flush(self):
        data = "".join(self._data)
        self._data.clear()
        if self._strip_text and not self._keeps_space[-1]:
            data = data.strip()
        if self._waiting is not None:
            (tag, attrs), self._waiting = self._waiting, None
            is_name = bool(data and _prefixed(data))
            self._start(tag, attrs, data if is_name else None)
            if is_name:
                return
        if data and self._has_root:
            self._write(_escape_text(data))

    def _start(self, tag, attrs, text=None):
        """Write a start tag, and the text behind it if that is a name."""
        attrs = {key: value for key, value in attrs.items() if key not in self._without_attributes}
        aware = self._name_attributes.intersection(attrs)
        resolved = {attrs[key]: self._resolve(attrs[key]) for key in aware if _prefixed(attrs[key])}
        if text is not None:
            resolved[text] = self._resolve(text)
        # In this order, so that counted prefixes are always the same.
        names = sorted({tag, *attrs, *resolved.values()}, key=lambda name: name.split("}", 1))
        written = {name: self._name(name) for name in names}
        declared = sorted(("xmlns:" + prefix if prefix else "xmlns", uri) for uri, prefix in self._written[-1])
        items = []
        for key, value in sorted(attrs.items()):
            if key in aware and value in resolved:
                value = written[resolved[value]][0]
            full, local, uri = written[key]
            items.append((full if uri else local, value))
        space = attrs.get(_SPACE)
        self._keeps_space.append(space == "preserve" if space else self._keeps_space[-1])
        shown = "".join(f' {key}="{_escape_attribute(value)}"' for key, value in declared + items)
        self._write(f"<{written[tag][0]}{shown}>")
        if text is not None:
            self._write(_escape_text(written[resolved[text]][0]))
        self._has_root = True
        self._known.append([])


C14NWriterTarget.__module__ = "xml.etree.ElementTree"
