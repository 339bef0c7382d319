"""Codecs made of two functions that convert all at once."""

import codecs


def make(name, encode, decode, *, is_text=True):
    """The codec of two functions, which take errors as a second argument and return only what they made."""
    def encode_all(input, errors="strict"):
        return encode(input, errors), len(input)

    def decode_all(input, errors="strict"):
        return decode(input, errors), len(input)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return decode(input, self.errors)

    functions = {"encode": staticmethod(encode_all), "decode": staticmethod(decode_all)}
    if not is_text:
        functions["charbuffertype"] = bytes
    return codecs.CodecInfo(
        encode_all, decode_all, name=name, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder,
        streamreader=type("StreamReader", (codecs.StreamReader,), dict(functions)),
        streamwriter=type("StreamWriter", (codecs.StreamWriter,), dict(functions)), _is_text_encoding=is_text)


def strict(function):
    """A function of bytes that knows no errors but strict ones."""
    def converted(input, errors):
        assert errors == "strict"
        return function(input)
    return converted
