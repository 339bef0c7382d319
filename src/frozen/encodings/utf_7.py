"""UTF-7 (RFC 2152): text in ASCII, other characters in a form of base 64."""

import binascii

from ._simple import make

_DIRECT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'(),-./:? \t\n\r"
                    "!\"#$%&*;<=>@[]^_`{|}")
_DIGITS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


def _encode(input, errors):
    out, at = b"", 0
    while at < len(input):
        end = at
        while end < len(input) and input[end] in _DIRECT:
            end += 1
        out += input[at:end].encode("ascii")
        if end == len(input):
            break
        at = end
        while end < len(input) and input[end] not in _DIRECT:
            end += 1
        part = input[at:end]
        if part[0] == "+" and (len(part) == 1 or set(part) == {"+"}):
            out += b"+-" * len(part)
        else:
            units = part.encode("utf-16-be", "surrogatepass")
            out += b"+" + binascii.b2a_base64(units, newline=False).rstrip(b"=")
            if end == len(input) or input[end] == "-" or ord(input[end]) < 128 and ord(input[end]) in _DIGITS:
                out += b"-"
        at = end
    return out


def _decode(input, errors):
    data, out, at = bytes(input), "", 0
    while at < len(data):
        end = data.find(b"+", at)
        end = len(data) if end < 0 else end
        try:
            out += data[at:end].decode("ascii", errors)
        except UnicodeDecodeError as error:
            raise UnicodeDecodeError("utf7", data, at + error.start, at + error.end, "unexpected special character"
                                     ) from None
        if end == len(data):
            break
        start = at = end
        at += 1
        while at < len(data) and data[at] in _DIGITS:
            at += 1
        digits = data[start + 1:at]
        if not digits and data[at:at + 1] == b"-":
            out += "+"
        else:
            whole = len(digits) * 6 // 16 * 2
            units = binascii.a2b_base64(digits + b"=" * (-len(digits) % 4)) if len(digits) % 4 != 1 else b""
            if not digits or len(units) < whole:
                raise UnicodeDecodeError("utf7", data, start, min(at + 1, len(data)), "ill-formed sequence")
            out += units[:whole].decode("utf-16-be", "surrogatepass")
        if data[at:at + 1] == b"-":
            at += 1
    return out


def getregentry():
    """The codec."""
    return make("utf-7", _encode, _decode)
