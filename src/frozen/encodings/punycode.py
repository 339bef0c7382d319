"""Punycode (RFC 3492): any text in letters, digits and hyphens."""

from ._simple import make

# The parameters of the RFC.
_BASE, _TMIN, _TMAX, _SKEW, _DAMP, _BIAS, _FIRST = 36, 1, 26, 38, 700, 72, 128
_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _adapt(delta, points, first):
    delta = delta // _DAMP if first else delta // 2
    delta += delta // points
    k = 0
    while delta > (_BASE - _TMIN) * _TMAX // 2:
        delta //= _BASE - _TMIN
        k += _BASE
    return k + (_BASE - _TMIN + 1) * delta // (delta + _SKEW)


def _threshold(k, bias):
    return min(max(k - bias, _TMIN), _TMAX)


def _number(n, bias):
    """A number as digits of changing bases."""
    out, k = "", _BASE
    while n >= (t := _threshold(k, bias)):
        n, digit = divmod(n - t, _BASE - t)
        out += _DIGITS[t + digit]
        k += _BASE
    return out + _DIGITS[n]


def punycode_encode(text):
    """The text in Punycode."""
    basic = "".join(c for c in text if c < "\x80")
    out = basic + "-" if basic else ""
    done, delta, bias, last = len(basic), 0, _BIAS, _FIRST
    for code in sorted({ord(c) for c in text if c >= "\x80"}):
        delta += (code - last) * (done + 1)
        for c in map(ord, text):
            if c < code:
                delta += 1
            elif c == code:
                out += _number(delta, bias)
                bias = _adapt(delta, done + 1, done == len(basic))
                delta, done = 0, done + 1
        delta, last = delta + 1, code + 1
    return out.encode("ascii")


def punycode_decode(text, errors):
    """The text behind Punycode."""
    if errors not in ("strict", "replace", "ignore"):
        raise UnicodeError("Unsupported error handling " + errors)
    if not isinstance(text, str):
        text = bytes(text).decode("ascii", errors)
    basic, _, extended = text.rpartition("-")
    out, extended = list(basic), extended.upper()
    place, code, bias, at = 0, _FIRST, _BIAS, 0
    while at < len(extended):
        before, weight, k = place, 1, _BASE
        while True:
            if at == len(extended):
                if errors == "strict":
                    raise UnicodeError("incomplete punicode string")
                return "".join(out)
            c = extended[at]
            at += 1
            if "A" <= c <= "Z":
                digit = ord(c) - 65
            elif "0" <= c <= "9":
                digit = ord(c) - 22
            elif errors == "strict":
                raise UnicodeError("Invalid extended code point '%s'" % c)
            else:
                return "".join(out)
            place += digit * weight
            t = _threshold(k, bias)
            if digit < t:
                break
            weight *= _BASE - t
            k += _BASE
        bias = _adapt(place - before, len(out) + 1, before == 0)
        more, place = divmod(place, len(out) + 1)
        code += more
        if code > 0x10FFFF:
            if errors == "strict":
                raise UnicodeError(f"Invalid character U+{code:x}")
            code = ord("?")
        out.insert(place, chr(code))
        place += 1
    return "".join(out)


def getregentry():
    """The codec."""
    return make("punycode", lambda input, errors: punycode_encode(input), punycode_decode)
