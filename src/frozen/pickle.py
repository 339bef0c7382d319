"""Objects as bytes, and back."""

__all__ = [
    "PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads",
    "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL",
]

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]


class PickleError(Exception):
    """The base class of this module's errors."""

    __module__ = "_pickle"


class PicklingError(PickleError):
    """An object cannot be written."""

    __module__ = "_pickle"


class UnpicklingError(PickleError):
    """The bytes do not say what an object is."""

    __module__ = "_pickle"


def __getattr__(name):
    # Writing and reading are loaded when they are first needed.
    if name == "Pickler":
        from _pickle_write import Pickler as value
    elif name == "Unpickler":
        from _pickle_read import Unpickler as value
    elif name == "whichmodule":
        from _pickle_write import whichmodule as value
    elif name in ("encode_long", "decode_long"):
        import _pickle_codes

        value = getattr(_pickle_codes, name)
    elif name.isupper():
        import _pickle_codes

        code = getattr(_pickle_codes, name, None)
        if not isinstance(code, int):
            raise AttributeError(f"module 'pickle' has no attribute {name!r}")
        value = bytes([code])
    else:
        raise AttributeError(f"module 'pickle' has no attribute {name!r}")
    globals()[name] = value
    return value


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write an object to a binary file."""
    from _pickle_write import Pickler

    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """An object as bytes."""
    from _pickle_write import Pickler

    pickler = Pickler(_Sink(), protocol, fix_imports=fix_imports, buffer_callback=buffer_callback)
    return pickler._dumped(obj)


class _Sink:
    """What a Pickler writes to whose bytes are fetched instead."""

    def write(self, data):
        pass


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Read an object from a binary file; EOFError if the file is at its end."""
    from _pickle_read import Unpickler

    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object that bytes stand for."""
    from _pickle_read import Source, Unpickler

    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    source = Source(bytes(data))
    return Unpickler(source, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()
