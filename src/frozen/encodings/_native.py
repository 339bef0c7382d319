"""Codecs of the interpreter as the parts that the registry hands out."""

import _codecs
import codecs

# The names that differ from those of the modules in CPython.
_SHOWN = {"utf_8": "utf-8", "utf_16": "utf-16", "utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be",
          "utf_32": "utf-32", "utf_32_le": "utf-32-le", "utf_32_be": "utf-32-be", "utf_8_sig": "utf-8-sig",
          "latin_1": "iso8859-1", "raw_unicode_escape": "raw-unicode-escape", "unicode_escape": "unicode-escape",
          "koi8_r": "koi8-r", "koi8_t": "koi8-t", "koi8_u": "koi8-u", "mac_roman": "mac-roman",
          "mac_cyrillic": "mac-cyrillic", "mac_greek": "mac-greek", "mac_iceland": "mac-iceland",
          "mac_latin2": "mac-latin2", "mac_turkish": "mac-turkish", "mac_romanian": "mac-romanian",
          "mac_croatian": "mac-croatian", "mac_farsi": "mac-farsi", "hp_roman8": "hp-roman8", "tis_620": "tis-620"}

# The marks of encodings that begin with one: the order of bytes that each stands for.
_MARKS = {"utf_16": {codecs.BOM_UTF16_LE: "utf_16_le", codecs.BOM_UTF16_BE: "utf_16_be"},
          "utf_32": {codecs.BOM_UTF32_LE: "utf_32_le", codecs.BOM_UTF32_BE: "utf_32_be"},
          "utf_8_sig": {codecs.BOM_UTF8: "utf_8"}}
_NATIVE = {"utf_16": "utf_16_le", "utf_32": "utf_32_le", "utf_8_sig": "utf_8"}


def make(name):
    """The codec of the interpreter with this name."""
    def encode(input, errors="strict"):
        return _codecs.encode(name, input, errors)

    def decode(input, errors="strict"):
        return _codecs.decode(name, input, errors, True)

    def decode_piece(self, input, errors="strict"):
        return _codecs.decode(name, input, errors, False)

    if name in _MARKS:
        members = {"marks": _MARKS[name], "native": _NATIVE[name]}
        encoder, decoder, reader, writer = _MarkedEncoder, _MarkedDecoder, _MarkedReader, _MarkedWriter
    else:
        members = {"codec": name}
        encoder, decoder, reader, writer = _Encoder, _Decoder, codecs.StreamReader, codecs.StreamWriter
    # A reader that looks for a mark decodes by itself.
    reading = members if name in _MARKS else {**members, "decode": decode_piece}
    return codecs.CodecInfo(
        encode, decode, name=_SHOWN.get(name) or name.replace("iso8859_", "iso8859-"),
        streamreader=type("StreamReader", (reader,), dict(reading, encode=staticmethod(encode))),
        streamwriter=type("StreamWriter", (writer,), dict(members, encode=staticmethod(encode))),
        incrementalencoder=type("IncrementalEncoder", (encoder,), dict(members)),
        incrementaldecoder=type("IncrementalDecoder", (decoder,), dict(members)))


class _Encoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return _codecs.encode(self.codec, input, self.errors)[0]


class _Decoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input, errors, final):
        return _codecs.decode(self.codec, input, errors, final)


class _MarkedEncoder(codecs.IncrementalEncoder):
    """Puts the mark before the first piece."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.started = False

    def encode(self, input, final=False):
        made = _codecs.encode(self.native, input, self.errors)[0]
        if not self.started and (input or self.native != "utf_8"):
            self.started = True
            made = next(mark for mark, codec in self.marks.items() if codec == self.native) + made
        return made

    def reset(self):
        self.started = False

    def getstate(self):
        return 0 if self.started == (self.native != "utf_8") else 2 if self.native != "utf_8" else 1

    def setstate(self, state):
        self.started = (state == 0) if self.native != "utf_8" else (state != 0)


class _MarkedDecoder(codecs.BufferedIncrementalDecoder):
    """Learns from the mark how the rest is to be decoded."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.found = None

    def _buffer_decode(self, input, errors, final):
        skipped = 0
        if self.found is None:
            size = len(next(iter(self.marks)))
            if not final and any(mark.startswith(input[:size]) for mark in self.marks) and len(input) < size:
                return "", 0
            self.found = self.marks.get(input[:size])
            skipped = size if self.found else 0
            self.found = self.found or self.native
        made, used = _codecs.decode(self.found, input[skipped:], errors, final)
        return made, used + skipped

    def reset(self):
        super().reset()
        self.found = None

    def getstate(self):
        flag = 0 if self.found == self.native else 1 if self.found else 2
        return self.buffer, flag

    def setstate(self, state):
        super().setstate(state)
        others = [codec for codec in self.marks.values() if codec != self.native]
        self.found = (self.native, others[0] if others else self.native, None)[min(state[1], 2)]


class _MarkedReader(codecs.StreamReader):
    """Decodes a stream that begins with a mark."""

    def reset(self):
        super().reset()
        self.decoder = None

    def decode(self, input, errors="strict"):
        if self.decoder is None:
            self.decoder = type("IncrementalDecoder", (_MarkedDecoder,), {"marks": self.marks, "native": self.native})()
        return self.decoder._buffer_decode(input, errors, False)


class _MarkedWriter(codecs.StreamWriter):
    """Writes the mark only once."""

    def __init__(self, stream, errors="strict"):
        super().__init__(stream, errors)
        self.reset()

    def reset(self):
        self.started = False

    def write(self, object):
        if self.started:
            self.stream.write(_codecs.encode(self.native, object, self.errors)[0])
        else:
            self.started = True
            super().write(object)
