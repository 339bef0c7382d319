"""UTF-7 (RFC 2152): text in ASCII, other characters in a form of base 64."""

import binascii
import codecs

from ._simple import make

_DIRECT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'(),-./:? \t\n\r"
                    "!\"#$%&*;<=>@[]^_`{|}")
_VALUES = {digit: n for n, digit in enumerate(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
_DIGITS = frozenset(_VALUES)


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
    data, out, at = bytes(input), [], 0
    while at < len(data):
        start, byte = at, data[at]
        at += 1
        reason = None
        if byte == 43 and data[at:at + 1] == b"-":
            out.append("+")
            at += 1
        elif byte == 43:
            at, reason = _shifted(data, at, out)
        elif byte < 128:
            out.append(chr(byte))
        else:
            reason = "unexpected special character"
        if reason is not None:
            error = UnicodeDecodeError("utf7", data, start, at, reason)
            replacement, at = codecs.lookup_error(errors)(error)
            out.append(replacement)
            if at < 0:
                at += len(data)
            if not 0 <= at <= len(data):
                raise IndexError(f"position {at} from error handler out of bounds")
    return "".join(out)


def _shifted(data, at, out):
    """Decode what follows a "+": where it ends, and what is wrong with it."""
    if at < len(data) and data[at] not in _DIGITS:
        return at + 1, "ill-formed sequence"
    bits = count = high = 0
    while at < len(data) and data[at] in _DIGITS:
        bits = bits << 6 | _VALUES[data[at]]
        count += 6
        at += 1
        if count < 16:
            continue
        count -= 16
        unit, bits = bits >> count, bits & (1 << count) - 1
        if high and 0xDC00 <= unit < 0xE000:
            out.append(chr(0x10000 + (high - 0xD800 << 10) + unit - 0xDC00))
            high = 0
            continue
        if high:
            out.append(chr(high))
        high = unit if 0xD800 <= unit < 0xDC00 else 0
        if not high:
            out.append(chr(unit))
    if at == len(data):
        wrong = high or count >= 6 or bits
        return at, "unterminated shift sequence" if wrong else None
    if count >= 6:
        return at + 1, "partial character in shift sequence"
    if bits:
        return at + 1, "non-zero padding bits in shift sequence"
    if high and data[at] < 128 and data[at] != 43:
        out.append(chr(high))
    return at + (data[at] == 45), None


def getregentry():
    """The codec."""
    return make("utf-7", _encode, _decode)
