"""Text encodings: converting, files with an encoding, and the registry of codecs and error handlers."""

import _codecs
import builtins as _builtins
import sys as _sys
from _codecs import charmap_build, charmap_decode, charmap_encode, escape_decode, escape_encode
from _codecs_classes import (
    BufferedIncrementalDecoder, BufferedIncrementalEncoder, Codec, CodecInfo, IncrementalDecoder, IncrementalEncoder,
    StreamReader, StreamReaderWriter, StreamRecoder, StreamWriter)
from _codecs_handlers import (
    HANDLERS as _handlers, backslashreplace_errors, ignore_errors, namereplace_errors, replace_errors, strict_errors,
    xmlcharrefreplace_errors)

for _class in (BufferedIncrementalDecoder, BufferedIncrementalEncoder, Codec, CodecInfo, IncrementalDecoder,
               IncrementalEncoder, StreamReader, StreamReaderWriter, StreamRecoder, StreamWriter):
    _class.__module__ = "codecs"
del _class

__all__ = [
    "register", "lookup", "open", "EncodedFile", "BOM", "BOM_BE", "BOM_LE", "BOM32_BE", "BOM32_LE", "BOM64_BE",
    "BOM64_LE", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32", "BOM_UTF32_LE", "BOM_UTF32_BE",
    "CodecInfo", "Codec", "IncrementalEncoder", "IncrementalDecoder", "StreamReader", "StreamWriter",
    "StreamReaderWriter", "StreamRecoder", "getencoder", "getdecoder", "getincrementalencoder",
    "getincrementaldecoder", "getreader", "getwriter", "encode", "decode", "iterencode", "iterdecode",
    "strict_errors", "ignore_errors", "replace_errors", "xmlcharrefreplace_errors", "backslashreplace_errors",
    "namereplace_errors", "register_error", "lookup_error"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM32_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = BOM32_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM64_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = BOM64_BE = b"\x00\x00\xfe\xff"
BOM, BOM_UTF16, BOM_UTF32 = (
    (BOM_LE, BOM_UTF16_LE, BOM_UTF32_LE) if _sys.byteorder == "little" else (BOM_BE, BOM_UTF16_BE, BOM_UTF32_BE))


# The functions of single codecs: `utf_8_encode`, `utf_8_decode` and so on.

def _functions(name, has_final):
    def encoder(str, errors=None, /):
        return _codecs.encode(name, str, errors)

    if has_final:
        def decoder(data, errors=None, final=False, /):
            return _codecs.decode(name, data, errors, final)
    else:
        def decoder(data, errors=None, /):
            return _codecs.decode(name, data, errors, True)
    for function, suffix in ((encoder, "_encode"), (decoder, "_decode")):
        function.__name__ = function.__qualname__ = name + suffix
    return encoder, decoder


for _name in ("utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "unicode_escape",
              "raw_unicode_escape"):
    globals()[_name + "_encode"], globals()[_name + "_decode"] = _functions(_name, True)
for _name in ("latin_1", "ascii"):
    globals()[_name + "_encode"], globals()[_name + "_decode"] = _functions(_name, False)
del _name


# The registry.

_searches = []
_found = {}


def register(search_function, /):
    """Add a function that returns the codec for a name, or None."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function, /):
    """Remove a function that `register` added."""
    if search_function in _searches:
        _searches.remove(search_function)
        _found.clear()


def lookup(encoding, /):
    """The codec for a name, with its functions and classes."""
    if not isinstance(encoding, str):
        raise TypeError(f"lookup() argument must be str, not {type(encoding).__name__}")
    if "\0" in encoding:
        raise ValueError("embedded null character")
    name = encoding.lower().replace(" ", "_")
    found = _found.get(name)
    if found is None:
        import encodings  # its search function comes first

        for search in _searches:
            found = search(name)
            if found is not None:
                break
        else:
            raise LookupError("unknown encoding: " + encoding)
        if not (isinstance(found, tuple) and len(found) == 4):
            raise TypeError("codec search functions must return 4-tuples")
        _found[name] = found
    return found


def _text_codec(name, method):
    """`encode` or `decode` of a codec between text and bytes: what the methods of these types ask for."""
    found = lookup(name)
    if not getattr(found, "_is_text_encoding", True):
        raise LookupError(f"'{name}' is not a text encoding; use codecs.{method}() to handle arbitrary codecs")
    return found[0] if method == "encode" else found[1]


def register_error(errors, handler, /):
    """Give an error handler a name."""
    if not callable(handler):
        raise TypeError("handler must be callable")
    _handlers[errors] = handler


def lookup_error(name, /):
    """The error handler with a name."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None


def _call(function, kind, obj, errors, name):
    """The first of the two things that a codec's function returns. Its failures say which codec it was."""
    try:
        result = function(obj, errors)
    except Exception as error:
        if not _says_all(error):
            raise
        problem = f"{kind[:-2]}ing with '{name}' codec failed ({type(error).__name__}: {error})"
        raise type(error)(problem) from error
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError(f"{kind} must return a tuple (object,{' ' if kind == 'encoder' else ''}integer)")
    return result[0]


def _says_all(error):
    """Whether an exception is no more than its text, so that one with another text can stand for it."""
    cls = type(error)
    if cls.__init__ is not Exception.__init__ or cls.__new__ is not Exception.__new__ or error.__dict__:
        return False
    if isinstance(error, (AttributeError, ImportError, NameError, OSError, StopIteration, SyntaxError)):
        return False
    return len(error.args) == 0 or len(error.args) == 1 and isinstance(error.args[0], str)


def encode(obj, encoding="utf-8", errors="strict"):
    """Encode an object by any codec."""
    return _call(lookup(encoding)[0], "encoder", obj, errors, encoding)


def decode(obj, encoding="utf-8", errors="strict"):
    """Decode an object by any codec."""
    return _call(lookup(encoding)[1], "decoder", obj, errors, encoding)


# What a codec has.

def getencoder(encoding):
    """The function of a codec that encodes."""
    return lookup(encoding).encode


def getdecoder(encoding):
    """The function of a codec that decodes."""
    return lookup(encoding).decode


def _incremental(encoding, kind):
    found = getattr(lookup(encoding), kind)
    if found is None:
        raise LookupError(encoding)
    return found


def getincrementalencoder(encoding):
    """The class of a codec that encodes piece by piece."""
    return _incremental(encoding, "incrementalencoder")


def getincrementaldecoder(encoding):
    """The class of a codec that decodes piece by piece."""
    return _incremental(encoding, "incrementaldecoder")


def getreader(encoding):
    """The class of a codec that reads a stream."""
    return lookup(encoding).streamreader


def getwriter(encoding):
    """The class of a codec that writes a stream."""
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors="strict", **kwargs):
    """Encode the strings of an iterator, piece by piece."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for piece in iterator:
        if made := encoder.encode(piece):
            yield made
    if made := encoder.encode("", True):
        yield made


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    """Decode the bytes of an iterator, piece by piece."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for piece in iterator:
        if made := decoder.decode(piece):
            yield made
    if made := decoder.decode(b"", True):
        yield made


# Files.

def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """Open a file that is read and written by a codec; without one it is a usual file."""
    if encoding is not None and "b" not in mode:
        mode += "b"
    file = _builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        wrapped = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    except BaseException:
        file.close()
        raise
    wrapped.encoding = encoding
    return wrapped


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    """A file of bytes in one encoding on top of a file in another."""
    if file_encoding is None:
        file_encoding = data_encoding
    outside, inside = lookup(data_encoding), lookup(file_encoding)
    wrapped = StreamRecoder(file, outside.encode, outside.decode, inside.streamreader, inside.streamwriter, errors)
    wrapped.data_encoding, wrapped.file_encoding = data_encoding, file_encoding
    return wrapped


# Tables of 8-bit encodings.

def make_identity_dict(rng):
    """A table that maps numbers to themselves."""
    return {i: i for i in rng}


def make_encoding_map(decoding_map):
    """The table to encode by; what two bytes mean cannot be encoded."""
    table = {}
    for byte, code in decoding_map.items():
        table[code] = None if code in table else byte
    return table
