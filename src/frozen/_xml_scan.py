"""The tokens of XML. A function returns None for one whose end is not there yet, and raises for what is none: `Problem`
has the code of Expat's error and the index of where it is.
"""

import re

# Codes of errors: the names and the messages.
MESSAGES = {
    1: ("NO_MEMORY", "out of memory"),
    2: ("SYNTAX", "syntax error"),
    3: ("NO_ELEMENTS", "no element found"),
    4: ("INVALID_TOKEN", "not well-formed (invalid token)"),
    5: ("UNCLOSED_TOKEN", "unclosed token"),
    6: ("PARTIAL_CHAR", "partial character"),
    7: ("TAG_MISMATCH", "mismatched tag"),
    8: ("DUPLICATE_ATTRIBUTE", "duplicate attribute"),
    9: ("JUNK_AFTER_DOC_ELEMENT", "junk after document element"),
    10: ("PARAM_ENTITY_REF", "illegal parameter entity reference"),
    11: ("UNDEFINED_ENTITY", "undefined entity"),
    12: ("RECURSIVE_ENTITY_REF", "recursive entity reference"),
    13: ("ASYNC_ENTITY", "asynchronous entity"),
    14: ("BAD_CHAR_REF", "reference to invalid character number"),
    15: ("BINARY_ENTITY_REF", "reference to binary entity"),
    16: ("ATTRIBUTE_EXTERNAL_ENTITY_REF", "reference to external entity in attribute"),
    17: ("MISPLACED_XML_PI", "XML or text declaration not at start of entity"),
    18: ("UNKNOWN_ENCODING", "unknown encoding"),
    19: ("INCORRECT_ENCODING", "encoding specified in XML declaration is incorrect"),
    20: ("UNCLOSED_CDATA_SECTION", "unclosed CDATA section"),
    21: ("EXTERNAL_ENTITY_HANDLING", "error in processing external entity reference"),
    22: ("NOT_STANDALONE", "document is not standalone"),
    23: ("UNEXPECTED_STATE", "unexpected parser state - please send a bug report"),
    24: ("ENTITY_DECLARED_IN_PE", "entity declared in parameter entity"),
    27: ("UNBOUND_PREFIX", "unbound prefix"),
    28: ("UNDECLARING_PREFIX", "must not undeclare prefix"),
    29: ("INCOMPLETE_PE", "incomplete markup in parameter entity"),
    30: ("XML_DECL", "XML declaration not well-formed"),
    31: ("TEXT_DECL", "text declaration not well-formed"),
    32: ("PUBLICID", "illegal character(s) in public id"),
    33: ("SUSPENDED", "parser suspended"),
    34: ("NOT_SUSPENDED", "parser not suspended"),
    35: ("ABORTED", "parsing aborted"),
    36: ("FINISHED", "parsing finished"),
    37: ("SUSPEND_PE", "cannot suspend in external parameter entity"),
    38: (
        "RESERVED_PREFIX_XML",
        "reserved prefix (xml) must not be undeclared or bound to another namespace name",
    ),
    39: ("RESERVED_PREFIX_XMLNS", "reserved prefix (xmlns) must not be declared or undeclared"),
    40: ("RESERVED_NAMESPACE_URI", "prefix must not be bound to one of the reserved namespace names"),
}


class ExpatError(Exception):
    """A document is not well-formed; `code`, `lineno` and `offset` say how and where."""

    @classmethod
    def at(cls, code, line, column):
        e = cls(f"{MESSAGES[code][1]}: line {line}, column {column}")
        e.code, e.lineno, e.offset = code, line, column
        return e


ExpatError.__module__ = "xml.parsers.expat"


class Problem(Exception):
    """The same, while the index of the text is all that is known."""

    def __init__(self, code, at):
        self.code = code
        self.at = at


_START = r":A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME = rf"[{_START}][{_START}\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*"
_VALUE = r"""(?:"[^"<]*"|'[^'<]*')"""
_REFERENCES = rf"&(?:{_NAME}|#[0-9]+|#x[0-9a-fA-F]+);"

CHARACTER = re.compile(r"[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WHOLE_NAME = re.compile(_NAME)
REFERENCE = re.compile(rf"&({_NAME}|#[0-9]+|#x[0-9a-fA-F]+);")
DECLARATION = re.compile(
    rf"<\?xml\s+version\s*=\s*(?P<version>'1\.[0-9]+'|\"1\.[0-9]+\")"
    rf"(?:\s+encoding\s*=\s*(?P<encoding>'[A-Za-z][\w.-]*'|\"[A-Za-z][\w.-]*\"))?"
    rf"(?:\s+standalone\s*=\s*(?P<alone>'yes'|'no'|\"yes\"|\"no\"))?\s*\?>"
)
_CLEAN = rf"""(?:"(?:[^"<&\x00-\x08\x0b\x0c\x0e-\x1f]|{_REFERENCES})*"|'(?:[^'<&\x00-\x08\x0b\x0c\x0e-\x1f]|{_REFERENCES})*')"""
whole_start_tag = re.compile(rf"<({_NAME})((?:\s+{_NAME}\s*=\s*{_CLEAN})*)\s*(/?)>")
_attribute = re.compile(rf"\s+({_NAME})\s*=\s*({_VALUE})")
_whole_end_tag = re.compile(rf"</({_NAME})\s*>")
_instruction = re.compile(rf"<\?({_NAME})(?:\s+(.*?))?\?>", re.DOTALL)
_space = re.compile(r"\s*")


# Pairs of the names and, in quotes, the values of the attributes of a tag that is known to be right.
attributes_of = _attribute.findall


def place_of_duplicate(text):
    """Where the first name stands that was there before."""
    seen = set()
    for found in _attribute.finditer(text):
        if found[1] in seen:
            return found.start(1)
        seen.add(found[1])
    return 0


def _skip(text, at):
    return _space.match(text, at).end()


def _name_at(text, at):
    """The index behind a name; None at the end of the text."""
    if at >= len(text):
        return None
    found = WHOLE_NAME.match(text, at)
    if not found:
        raise Problem(4, at)
    return None if found.end() == len(text) else found.end()


def scan_attributes(text, at):
    """Find out what is wrong with a start tag; None if nothing is, but its end is not there."""
    at = _name_at(text, at + 1)
    while at is not None:
        behind = _skip(text, at)
        if behind == len(text):
            return None
        if text[behind] == ">":
            return behind + 1
        if text[behind] == "/":
            if behind + 1 < len(text) and text[behind + 1] != ">":
                raise Problem(4, behind + 1)
            return None
        if behind == at:
            raise Problem(4, at)
        at = _name_at(text, behind)
        if at is None:
            return None
        at = _skip(text, at)
        if at < len(text) and text[at] != "=":
            raise Problem(4, at)
        at = _skip(text, at + 1)
        if at >= len(text):
            return None
        if text[at] not in "'\"":
            raise Problem(4, at)
        at = _scan_value(text, at)
    return None


def _scan_value(text, at):
    """The index behind a value in quotes."""
    quote, at = text[at], at + 1
    while at < len(text) and text[at] != quote:
        if text[at] == "&":
            at, _ = scan_reference(text, at)
            if at is None:
                return None
            continue
        if text[at] == "<" or not CHARACTER.match(text, at):
            raise Problem(4, at)
        at += 1
    return at + 1 if at < len(text) else None


def scan_end_tag(text, at):
    """The index behind an end tag, and its name."""
    found = _whole_end_tag.match(text, at)
    if found:
        return found.end(), found.group(1)
    end = _name_at(text, at + 2)
    if end is not None:
        end = _skip(text, end)
        if end < len(text):
            raise Problem(4, end)
    return None, None


def scan_reference(text, at):
    """The index behind a reference, and what stands between & and ;."""
    found = REFERENCE.match(text, at)
    if found:
        return found.end(), found.group(1)
    i = at + 1
    if text.startswith("#", i):
        digits = "0123456789"
        i += 1
        if text.startswith("x", i):
            digits += "abcdefABCDEF"
            i += 1
        while i < len(text) and text[i] in digits:
            i += 1
    else:
        i = _name_at(text, i)
        if i is None:
            return None, None
    if i < len(text):
        raise Problem(4, i)
    return None, None


def scan_comment(text, at):
    """The index behind a comment."""
    end = text.find("--", at + 4)
    if end < 0 or end + 2 == len(text):
        return None
    if text[end + 2] != ">":
        raise Problem(4, end + 2)
    return end + 3


def scan_instruction(text, at):
    """The index behind a processing instruction, its target and its data."""
    found = _instruction.match(text, at)
    if found:
        target = found.group(1)
        if target == "xml":
            raise Problem(17, at)
        if target.lower() == "xml":
            raise Problem(4, at + 2 + len(target))
        return found.end(), target, found.group(2) or ""
    end = _name_at(text, at + 2)
    if end is not None and text[end] not in " \t\r\n?":
        raise Problem(4, end)
    return None, None, None
