"""International domain names (RFC 3490): labels that are not ASCII as Punycode behind "xn--"."""

import unicodedata

from ._simple import make
from .punycode import punycode_decode, punycode_encode

ace_prefix, sace_prefix = b"xn--", "xn--"
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))
_NOTHING = dict.fromkeys([0xAD, 0x34F, 0x1806, 0x180B, 0x180C, 0x180D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF,
                          *range(0xFE00, 0xFE10)])
_FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def nameprep(label):
    """A label in the form in which labels are compared."""
    label = unicodedata.normalize("NFKC", label.translate(_NOTHING).casefold())
    for c in label:
        if unicodedata.category(c) in _FORBIDDEN or (c.isspace() and c != " "):
            raise UnicodeError("Invalid character %r" % c)
    right = [unicodedata.bidirectional(c) in ("R", "AL") for c in label]
    if any(right):
        if any(unicodedata.bidirectional(c) == "L" for c in label):
            raise UnicodeError("Violation of BIDI requirement 2")
        if not (right[0] and right[-1]):
            raise UnicodeError("Violation of BIDI requirement 3")
    return label


def _checked(label):
    if 0 < len(label) < 64:
        return label
    raise UnicodeError("label empty or too long")


def ToASCII(label):
    """A label in ASCII."""
    if label.isascii():
        return _checked(label.encode("ascii"))
    label = nameprep(label)
    if label.isascii():
        return _checked(label.encode("ascii"))
    if label.lower().startswith(sace_prefix):
        raise UnicodeError("Label starts with ACE prefix")
    return _checked(ace_prefix + punycode_encode(label))


def ToUnicode(label):
    """A label as it is read."""
    if isinstance(label, bytes):
        plain = label
    elif label.isascii():
        plain = label.encode("ascii")
    else:
        try:
            plain = nameprep(label).encode("ascii")
        except UnicodeEncodeError:
            raise UnicodeError("Invalid character in IDN label") from None
    if not plain.lower().startswith(ace_prefix):
        return str(plain, "ascii")
    text = punycode_decode(plain[len(ace_prefix):], "strict")
    if str(plain, "ascii").lower() != str(ToASCII(text), "ascii"):
        raise UnicodeError("IDNA does not round-trip", plain, ToASCII(text))
    return text


def _encode(input, errors):
    if errors != "strict":
        raise UnicodeError("unsupported error handling " + errors)
    if not input:
        return b""
    if input.isascii():
        labels = input.encode("ascii").split(b".")
        if any(not 0 < len(label) < 64 for label in labels[:-1]):
            raise UnicodeError("label empty or too long")
        if len(labels[-1]) >= 64:
            raise UnicodeError("label too long")
        return input.encode("ascii")
    labels = input.translate(_DOTS).split(".")
    end = labels.pop() if not labels[-1] else None
    return b".".join([*map(ToASCII, labels), *([b""] if end is not None else [])])


def _decode(input, errors):
    if errors != "strict":
        raise UnicodeError("Unsupported error handling " + errors)
    if not input:
        return ""
    input = bytes(input)
    if ace_prefix not in input.lower():
        try:
            return input.decode("ascii")
        except UnicodeDecodeError:
            pass
    labels = input.split(b".")
    end = "." if labels and not labels[-1] else ""
    return ".".join(map(ToUnicode, labels[:-1] if end else labels)) + end


def getregentry():
    """The codec."""
    return make("idna", _encode, _decode)
