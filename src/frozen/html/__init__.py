"""Text in HTML: special characters as references, and references as characters."""

import re as _re

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    """Replace the characters &, < and >, and the quotes if asked to, by references."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


# Numbers 128 to 159 are taken for characters of Windows-1252, where it has one.
_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_REPLACED = {0: "\ufffd", 0x0D: "\r", **{code: chr(code) for code in range(0x80, 0xA0)}, **_WINDOWS}


def _is_invalid(code):
    """Whether a number stands for no character that HTML may have: controls and noncharacters."""
    if code < 0x20:
        return code not in (0x09, 0x0A, 0x0C, 0x0D)
    return 0x7F <= code <= 0x9F or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


_reference = _re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def _numbered(text):
    text = text.rstrip(";")
    code = int(text[1:], 16) if text[0] in "xX" else int(text)
    if code in _REPLACED:
        return _REPLACED[code]
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return "" if _is_invalid(code) else chr(code)


def _character(match):
    text = match.group(1)
    if text[0] == "#":
        return _numbered(text[1:])
    from html.entities import html5

    # Some names need no semicolon: the longest that the text starts with.
    for end in range(len(text), 1, -1):
        found = html5.get(text[:end])
        if found is not None:
            return found + text[end:]
    return "&" + text


def unescape(s):
    """Replace all references, by name or number, by the characters that HTML 5 has for them."""
    return _reference.sub(_character, s) if "&" in s else s
