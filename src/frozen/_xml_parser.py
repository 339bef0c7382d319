"""A parser of XML that does not validate, fed in parts of any size: it calls the handlers of Expat, and its errors are
those of Expat, down to where they are.
"""

import re

from _xml_scan import (
    CHARACTER, DECLARATION, MESSAGES, REFERENCE, WHOLE_NAME, ExpatError, Problem, attributes_of, place_of_duplicate,
    scan_attributes, scan_comment, scan_end_tag, scan_instruction, scan_reference, whole_start_tag,
)
from _xml_doctype import Doctype
from _xml_input import Decoder

EXPAT_VERSION = "expat_2.5.0"
version_info = (2, 5, 0)

_XML = "http://www.w3.org/XML/1998/namespace"
_XMLNS = "http://www.w3.org/2000/xmlns/"
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_stop = re.compile(r"[<&]|\]\]>|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HANDLERS = (
    "StartElementHandler", "EndElementHandler", "CharacterDataHandler", "ProcessingInstructionHandler",
    "CommentHandler", "StartCdataSectionHandler", "EndCdataSectionHandler", "StartNamespaceDeclHandler",
    "EndNamespaceDeclHandler", "XmlDeclHandler", "StartDoctypeDeclHandler", "EndDoctypeDeclHandler",
    "ElementDeclHandler", "AttlistDeclHandler", "EntityDeclHandler", "NotationDeclHandler",
    "UnparsedEntityDeclHandler", "ExternalEntityRefHandler", "SkippedEntityHandler", "NotStandaloneHandler",
    "DefaultHandler", "DefaultHandlerExpand",
)


class XMLParserType:
    """Handlers are attributes, None for what is of no interest."""

    def __init__(self, encoding=None, namespace_separator=None, intern=None):
        for name in _HANDLERS:
            setattr(self, name, None)
        self.buffer_text = False
        self.buffer_size = 8192
        self.ordered_attributes = False
        self.specified_attributes = False
        self.namespace_prefixes = False
        self.intern = {} if intern is None else intern
        self.ErrorCode = 0
        self.doctype = Doctype(self)
        self._separator = namespace_separator
        self._decoder = Decoder(encoding)
        self._text = ""
        self._at = 0
        self._line, self._column = 1, 0
        self._open = []
        self._scopes = [{"xml": _XML}]
        self._state = self._prolog
        self._cdata = False
        self._expanding = []
        self._data = []
        self._finished = False

    # Where it is.

    def _place(self, at):
        """Line and column of an index of the text."""
        before = self._text[:at]
        lines = before.count("\n")
        if not lines:
            return self._line, self._column + at
        return self._line + lines, at - before.rindex("\n") - 1

    @property
    def CurrentLineNumber(self):
        return self._place(self._at)[0]

    @property
    def CurrentColumnNumber(self):
        return self._place(self._at)[1]

    @property
    def CurrentByteIndex(self):
        return self._decoder.bytes_before(self._text[self._at:])

    ErrorLineNumber = CurrentLineNumber
    ErrorColumnNumber = CurrentColumnNumber
    ErrorByteIndex = CurrentByteIndex

    # Input.

    def Parse(self, data, isfinal=False):
        """Go on with more of the document."""
        if self._finished:
            raise ExpatError.at(36, *self._place(self._at))
        try:
            text, bad = self._decoder.decode(data, isfinal)
            self._text += text
            self._run(isfinal and not bad)
            if bad:
                raise Problem(bad, len(self._text))
        except Problem as problem:
            self._at = problem.at
            self._finished = True
            self.ErrorCode = problem.code
            raise ExpatError.at(problem.code, *self._place(problem.at)) from None
        if isfinal:
            self._finished = True
        return 1

    def ParseFile(self, file):
        """Parse all of a file."""
        while data := file.read(65536):
            self.Parse(data, False)
        return self.Parse(b"", True)

    def _run(self, final):
        at, text = 0, self._text
        while at < len(text):
            self._at = at
            following = self._state(text, at, final)
            if following is None:
                break
            at = following
        if final:
            self._at = at
            if self._cdata:
                raise Problem(20, len(text))
            if at < len(text):
                raise Problem(5, at)
            if self._open or self._state == self._prolog:
                raise Problem(3, at)
        self._flush()
        self._line, self._column = self._place(at)
        self._text = text[at:]
        self._at = 0

    # The states; each handles what stands at an index, and returns the one behind it, or None to wait for more.

    def _prolog(self, text, at, final):
        """Before the first element."""
        if text.startswith("<?xml", at) and at == 0 and (self._line, self._column) == (1, 0):
            if len(text) == 5:
                return None
            if not WHOLE_NAME.match(text, 5):
                return self._declaration(text)
        if text.startswith("<!DOCTYPE", at):
            end = self.doctype.parse(text, at)
            return end
        if text[at] == "<" and WHOLE_NAME.match(text, at + 1):
            return self._start_tag(text, at)
        return self._misc(text, at, final)

    def _declaration(self, text):
        end = text.find("?>")
        if end < 0:
            return None
        found = DECLARATION.match(text)
        if not found or found.end() != end + 2:
            raise Problem(30, DECLARATION_PARTS.match(text).end())
        version, encoding, standalone = (found[name] and found[name][1:-1] for name in ("version", "encoding", "alone"))
        wrong = self._decoder.check(encoding)
        if wrong:
            raise Problem(wrong, found.start("encoding") + 1)
        if self.XmlDeclHandler:
            self.XmlDeclHandler(version, encoding, -1 if standalone is None else int(standalone == "yes"))
        else:
            self._default(text[:end + 2])
        return end + 2

    def _misc(self, text, at, final):
        """White space, comments and instructions, which may stand before and after the element."""
        if text[at] in " \t\r\n":
            end = at + 1
            while text[end:end + 1] and text[end] in " \t\r\n":
                end += 1
            self._default(text[at:end])
            return end
        if text[at] == "<":
            following = text[at + 1:at + 2]
            if following == "?":
                return self._instruction(text, at)
            if following == "!":
                if text.startswith("<!--", at):
                    return self._comment(text, at)
                if len(text) - at < 4 and "<!--".startswith(text[at:]):
                    return None
                if "<!DOCTYPE".startswith(text[at:]):
                    return None
                found = WHOLE_NAME.match(text, at + 2)
                raise Problem(4, found.end() if found else at + 2)
            if not following:
                return None
            found = WHOLE_NAME.match(text, at + 1)
            if found and self._state == self._epilog:
                raise Problem(9, at)
            raise Problem(4, at + 1)
        found = WHOLE_NAME.match(text, at)
        if not found:
            raise Problem(4, at)
        if found.end() < len(text) and text[found.end()] not in " \t\r\n>),|[%":
            raise Problem(4, found.end())
        if found.end() == len(text) and not final:
            return None
        raise Problem(9 if self._state == self._epilog else 2, at)

    def _epilog(self, text, at, final):
        """After the element."""
        return self._misc(text, at, final)

    def _content(self, text, at, final):
        """Within an element."""
        if self._cdata:
            return self._cdata_section(text, at, final)
        c = text[at]
        if c == "<":
            following = text[at + 1:at + 2]
            if following == "/":
                return self._end_tag(text, at)
            if following == "?":
                return self._instruction(text, at)
            if following != "!":
                return self._start_tag(text, at) if following else None
            if text.startswith("<!--", at):
                return self._comment(text, at)
            if text.startswith("<![CDATA[", at):
                self._flush()
                self._call("StartCdataSectionHandler")
                self._cdata = True
                return at + 9
            if "<!--".startswith(text[at:]) or "<![CDATA[".startswith(text[at:]):
                return None
            raise Problem(4, at + 2)
        if c == "&":
            return self._reference(text, at)
        return self._character_data(text, at, final)

    def _character_data(self, text, at, final):
        found = _stop.search(text, at)
        if found is None:
            end = len(text)
            if not final:
                # They may be the start of something that is no text.
                end -= 2 if text.endswith("]]") else 1 if text[-1] in "]\r" else 0
            if end <= at:
                return None
        else:
            end = found.start()
            if found.group() == "]]>":
                raise Problem(4, end + 2)
            if text[end] not in "<&":
                if end > at:
                    self._emit(text[at:end])
                raise Problem(4, end)
        if end > at:
            self._emit(text[at:end])
        return end

    def _cdata_section(self, text, at, final):
        end = text.find("]]>", at)
        if end < 0:
            end = len(text) if final else len(text) - 2
            if end > at:
                self._emit(text[at:end])
                return end
            return None
        if end > at:
            self._emit(text[at:end])
        self._flush()
        self._cdata = False
        self._call("EndCdataSectionHandler")
        return end + 3

    # Tags.

    def _start_tag(self, text, at):
        found = whole_start_tag.match(text, at)
        if found is None:
            if scan_attributes(text, at) is None:
                return None
            raise Problem(4, at)
        name, attributes, slash = found.groups()
        if self._data:
            self._flush()
        attributes = self._attributes(name, attributes, found.start(2), at) if attributes else []
        if self.doctype.defaults:
            given = {key for key, _ in attributes}
            defaults = self.doctype.defaults.get(name, {})
            attributes += [(key, value) for key, value in defaults.items() if key not in given]
        tag, declared = name, ()
        if self._separator is not None:
            scope = self._scopes[-1]
            if None in scope or ":" in name or any(":" in key or key == "xmlns" for key, _ in attributes):
                tag, attributes, declared = self._qualify(name, attributes, at)
            else:
                self._scopes.append(scope)
        if self.StartElementHandler:
            if self.ordered_attributes:
                self.StartElementHandler(tag, [part for pair in attributes for part in pair])
            else:
                self.StartElementHandler(tag, dict(attributes))
        else:
            self._default(found.group())
        self._open.append((name, tag, declared))
        self._state = self._content
        if slash:
            self._close()
        return found.end()

    def _attributes(self, name, text, start, at):
        """Names and values of the attributes of a tag."""
        pairs = attributes_of(text)
        if len(pairs) > 1 and len({key for key, _ in pairs}) < len(pairs):
            raise Problem(8, start + place_of_duplicate(text))
        tokens = self.doctype.tokens
        attributes = []
        for key, value in pairs:
            value = value[1:-1]
            if not value.isalnum():
                value = self._normalized(value, at)
            if tokens and (name, key) in tokens:
                value = " ".join(part for part in value.split(" ") if part)
            attributes.append((key, value))
        return attributes

    def _end_tag(self, text, at):
        end, name = scan_end_tag(text, at)
        if end is None:
            return None
        base = self._expanding[-1][1] if self._expanding else 0
        if len(self._open) <= base:
            raise Problem(13, at)
        if self._open[-1][0] != name:
            raise Problem(7, at + 2)
        self._flush()
        self._close()
        return end

    def _close(self):
        _, tag, declared = self._open.pop()
        if self.EndElementHandler:
            self.EndElementHandler(tag)
        if self._separator is not None:
            self._scopes.pop()
            for prefix in reversed(declared):
                self._call("EndNamespaceDeclHandler", prefix)
        if not self._open:
            self._state = self._epilog

    # Namespaces.

    def _qualify(self, name, attributes, at):
        """The names of a tag with what their prefixes stand for."""
        scope, declared, rest = self._scopes[-1], [], []
        for key, value in attributes:
            if key == "xmlns" or key.startswith("xmlns:"):
                prefix = key[6:] or None
                self._check_declaration(prefix, value, at)
                if not declared:
                    scope = dict(scope)
                scope[prefix] = value
                declared.append(prefix)
                self._call("StartNamespaceDeclHandler", prefix, value or None)
            else:
                rest.append((key, value))
        self._scopes.append(scope)
        rest = [(self._expand(key, scope, at, None), value) for key, value in rest]
        if len(rest) > 1 and len({key for key, _ in rest}) < len(rest):
            raise Problem(8, at)
        return self._expand(name, scope, at, scope.get(None)), rest, declared

    def _check_declaration(self, prefix, value, at):
        if prefix == "xmlns":
            raise Problem(39, at)
        if (prefix == "xml") != (value == _XML):
            raise Problem(38 if prefix == "xml" else 40, at)
        if value == _XMLNS:
            raise Problem(40, at)
        if prefix is not None and not value:
            raise Problem(28, at)

    def _expand(self, name, scope, at, default):
        prefix, colon, local = name.partition(":")
        if not colon:
            return f"{default}{self._separator}{name}" if default else name
        if ":" in local or not local or not prefix:
            raise Problem(4, at + 1 + name.rindex(":") if local else at)
        uri = scope.get(prefix)
        if uri is None:
            raise Problem(27, at)
        if self.namespace_prefixes and prefix != "xml":
            local += self._separator + prefix
        return f"{uri}{self._separator}{local}"

    # References.

    def _reference(self, text, at):
        end, name = scan_reference(text, at)
        if end is None:
            return None
        if name[0] == "#":
            self._emit(self._numbered(name, at), is_written=False)
            return end
        if name in _PREDEFINED:
            self._emit(_PREDEFINED[name])
            return end
        entity = self._entity(name, at)
        if entity is None:
            self._flush()
            if self.SkippedEntityHandler:
                self.SkippedEntityHandler(name, False)
            else:
                self._default(text[at:end])
        elif entity.isalnum():
            self._emit(entity)
        else:
            self._expand_entity(name, entity, at)
        return end

    @staticmethod
    def _numbered(name, at):
        code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
        if code > 0x10FFFF or not CHARACTER.match(chr(code)):
            raise Problem(14, at)
        return chr(code)

    def _entity(self, name, at):
        """The text of an entity; None if it may be declared where nobody looks."""
        if name in self.doctype.entities:
            if any(name == other for other, _ in self._expanding):
                raise Problem(12, at)
            entity = self.doctype.entities[name]
            if entity is None and self.ExternalEntityRefHandler:
                self.ExternalEntityRefHandler(name, None, *self.doctype.external.get(name, (None, None)))
            return entity
        if self.doctype.is_complete:
            raise Problem(11, at)
        return None

    def _expand_entity(self, name, entity, at):
        """Handle the text of an entity as if it stood here."""
        self._expanding.append((name, len(self._open)))
        i = 0
        try:
            while i < len(entity):
                i = self._content(entity, i, True)
                if i is None:
                    raise Problem(5, at)
            if len(self._open) != self._expanding[-1][1]:
                raise Problem(13, at)
        except Problem as problem:
            raise Problem(problem.code, at) from None
        finally:
            self._expanding.pop()

    def _normalized(self, value, at):
        """The value of an attribute."""
        if value.isalnum():
            return value
        value = value.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").replace("\r", " ")
        return REFERENCE.sub(lambda found: self._in_attribute(found.group(1), at), value) if "&" in value else value

    def _in_attribute(self, name, at):
        if name[0] == "#":
            return self._numbered(name, at)
        if name in _PREDEFINED:
            return _PREDEFINED[name]
        entity = self._entity(name, at)
        if entity is None:
            return ""
        if "<" in entity:
            raise Problem(4, at)
        self._expanding.append((name, 0))
        try:
            return self._normalized(entity, at)
        finally:
            self._expanding.pop()

    # Comments and instructions.

    def _comment(self, text, at):
        end = scan_comment(text, at)
        if end is not None:
            self._flush()
            if self.CommentHandler:
                self.CommentHandler(_lines(text[at + 4:end - 3]))
            else:
                self._default(text[at:end])
        return end

    def _instruction(self, text, at):
        end, target, data = scan_instruction(text, at)
        if end is not None:
            self._flush()
            if self.ProcessingInstructionHandler:
                self.ProcessingInstructionHandler(target, _lines(data))
            else:
                self._default(text[at:end])
        return end

    # Handlers.

    def _call(self, name, *args):
        handler = getattr(self, name)
        if handler:
            handler(*args)

    def _default(self, text):
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler:
            handler(text)

    def _emit(self, data, is_written=True):
        """Text: at once, line by line, or later all that comes together."""
        if is_written and "\r" in data:
            data = _lines(data)
        if not self.CharacterDataHandler:
            self._default(data)
        elif self.buffer_text:
            self._data.append(data)
        else:
            for part in data.splitlines(True) if "\n" in data else [data]:
                if part.endswith("\n") and len(part) > 1:
                    self.CharacterDataHandler(part[:-1])
                    part = "\n"
                self.CharacterDataHandler(part)

    def _flush(self):
        if self._data:
            data = "".join(self._data)
            self._data.clear()
            if self.CharacterDataHandler:
                self.CharacterDataHandler(data)

    # What is of no consequence.

    def SetBase(self, base):
        self._base = base

    def GetBase(self):
        return getattr(self, "_base", None)

    def GetInputContext(self):
        return None

    def UseForeignDTD(self, flag=True):
        self.doctype.is_complete = not flag

    def SetParamEntityParsing(self, flag):
        return 1


_DECLARATION_PART = r"""(?:\s+version\s*=\s*(?:'1\.[0-9]+'|"1\.[0-9]+"))?"""
_ENCODING_PART = r"""(?:\s+encoding\s*=\s*(?:'[A-Za-z][\w.-]*'|"[A-Za-z][\w.-]*"))?"""
# As much of a declaration as is right, up to a value that is not.
DECLARATION_PARTS = re.compile(rf"<\?xml{_DECLARATION_PART}{_ENCODING_PART}(?:\s+\w+\s*=\s*['\"])?")


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    """A new parser; with a separator, names have what their prefixes stand for."""
    if encoding is not None and not isinstance(encoding, str):
        found = type(encoding).__name__
        raise TypeError(f"ParserCreate() argument 'encoding' must be str or None, not {found}")
    if namespace_separator is not None and not isinstance(namespace_separator, str):
        found = type(namespace_separator).__name__
        raise TypeError(f"ParserCreate() argument 'namespace_separator' must be str or None, not {found}")
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError("namespace_separator must be at most one character, omitted, or None")
    return XMLParserType(encoding, namespace_separator, intern)


XMLParserType.__name__ = XMLParserType.__qualname__ = "xmlparser"
XMLParserType.__module__ = "pyexpat"
