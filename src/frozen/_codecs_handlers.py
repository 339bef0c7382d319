"""The error handlers of codecs as functions of an exception: they return what to put in the place, and where to go
on."""


def _range(error, *kinds):
    """The object of an exception that a handler takes, and its start and end there."""
    if not isinstance(error, kinds):
        raise TypeError(f"don't know how to handle {type(error).__name__} in error callback")
    size = len(error.object)
    start = min(max(error.start, 0), max(size - 1, 0))
    return error.object, start, max(min(error.end, size), min(1, size))


def strict_errors(error, /):
    """Raise the exception."""
    if isinstance(error, Exception):
        raise error
    raise TypeError("codec must pass exception instance")


def ignore_errors(error, /):
    """Leave out what cannot be converted."""
    _, _, end = _range(error, UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)
    return "", end


def replace_errors(error, /):
    """Put question marks in the place, or when decoding replacement characters."""
    _, start, end = _range(error, UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)
    if isinstance(error, UnicodeDecodeError):
        return "\ufffd", end
    return ("?" if isinstance(error, UnicodeEncodeError) else "\ufffd") * (end - start), end


def xmlcharrefreplace_errors(error, /):
    """Put the numbers of characters in the place, as in XML."""
    text, start, end = _range(error, UnicodeEncodeError)
    return "".join(f"&#{ord(c)};" for c in text[start:end]), end


def _escape(code):
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def backslashreplace_errors(error, /):
    """Put escapes in the place."""
    what, start, end = _range(error, UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)
    part = what[start:end]
    return "".join(map(_escape, part if isinstance(part, bytes) else map(ord, part))), end


def namereplace_errors(error, /):
    """Put the names of characters in the place."""
    from unicodedata import name

    text, start, end = _range(error, UnicodeEncodeError)
    names = ((name(c, None), c) for c in text[start:end])
    return "".join(f"\\N{{{n}}}" if n else _escape(ord(c)) for n, c in names), end


def surrogateescape(error, /):
    """Turn bytes into surrogates, and back."""
    what, start, end = _range(error, UnicodeEncodeError, UnicodeDecodeError)
    part = what[start:end]
    if isinstance(error, UnicodeEncodeError):
        codes = [ord(c) - 0xDC00 for c in part]
        if all(0x80 <= code < 0x100 for code in codes):
            return bytes(codes), end
        raise error
    escaped = ""
    for byte in part[:4]:
        if byte < 0x80:
            break
        escaped += chr(0xDC00 + byte)
    if not escaped:
        raise error
    return escaped, start + len(escaped)


def surrogatepass(error, /):
    """Encode and decode surrogates as if they were characters."""
    what, start, end = _range(error, UnicodeEncodeError, UnicodeDecodeError)
    encoding = error.encoding.lower().replace("_", "-")
    if isinstance(error, UnicodeEncodeError):
        try:
            return what[start:end].encode(encoding, "surrogatepass"), end
        except UnicodeEncodeError:
            raise error from None
    size = {"8": 3, "16": 2, "32": 4}.get((encoding.split("-") + [""])[1], 0)
    try:
        text = what[start:start + size].decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = ""
    if len(text) != 1 or not 0xD800 <= ord(text) < 0xE000:
        raise error
    return text, start + size


HANDLERS = {
    "strict": strict_errors, "ignore": ignore_errors, "replace": replace_errors,
    "xmlcharrefreplace": xmlcharrefreplace_errors, "backslashreplace": backslashreplace_errors,
    "namereplace": namereplace_errors, "surrogateescape": surrogateescape, "surrogatepass": surrogatepass}
