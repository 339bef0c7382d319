"""Compiles source files to files with code.

minipy reads no such files back: it compiles so quickly that they are not worth it. What is written is the code in the
form of `marshal`, after a header like CPython's.
"""
import enum
import importlib.util
import os
import sys
import traceback

__all__ = ["compile", "main", "PyCompileError", "PycInvalidationMode"]


class PyCompileError(Exception):
    """A file cannot be compiled."""

    def __init__(self, exc_type, exc_value, file, msg=""):
        name = exc_type.__name__
        if exc_type is SyntaxError:
            text = "".join(traceback.format_exception_only(exc_type, exc_value))
            message = text.replace('File "<string>"', 'File "%s"' % file)
        else:
            message = "Sorry: %s: %s" % (name, exc_value)
        super().__init__(msg or message, name, exc_value, file)
        self.exc_type_name, self.exc_value, self.file, self.msg = name, exc_value, file, msg or message

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    """How it is found out that a file with code is out of date."""

    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def _default_mode():
    return PycInvalidationMode.CHECKED_HASH if os.environ.get("SOURCE_DATE_EPOCH") else PycInvalidationMode.TIMESTAMP


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None, quiet=0):
    """Compiles a file; the name of the file that was written, or None after a message about an error."""
    import builtins
    import marshal

    if invalidation_mode is None:
        invalidation_mode = _default_mode()
    if cfile is None:
        cfile = importlib.util.cache_from_source(file, optimization="" if optimize < 1 else optimize)
    if os.path.islink(cfile):
        raise FileExistsError(f"{cfile} is a symlink and will be changed into a regular file if import writes a byte-compiled "
                              "file to it")
    if os.path.exists(cfile) and not os.path.isfile(cfile):
        raise FileExistsError(f"{cfile} is a non-regular file and will be changed into a regular one if import writes a "
                              "byte-compiled file to it")
    with open(file, "rb") as source:
        data = source.read()
    try:
        code = builtins.compile(data, dfile or file, "exec", dont_inherit=True, optimize=optimize)
    except Exception as error:
        wrong = PyCompileError(error.__class__, error, dfile or file)
        if quiet < 2:
            if doraise:
                raise wrong
            sys.stderr.write(wrong.msg + "\n")
        return None
    folder = os.path.dirname(cfile)
    if folder:
        os.makedirs(folder, exist_ok=True)
    number = int.to_bytes
    if invalidation_mode == PycInvalidationMode.TIMESTAMP:
        status = os.stat(file)
        header = number(0, 4, "little") + number(int(status.st_mtime) & 0xFFFFFFFF, 4, "little")
        header += number(status.st_size & 0xFFFFFFFF, 4, "little")
    else:
        checked = invalidation_mode == PycInvalidationMode.CHECKED_HASH
        header = number(1 | checked << 1, 4, "little") + importlib.util.source_hash(data)
    # Whoever reads the file meanwhile sees the old one or the new one.
    half = f"{cfile}.{os.getpid()}"
    with open(half, "wb") as out:
        out.write(importlib.util.MAGIC_NUMBER + header + marshal.dumps(code))
    os.replace(half, cfile)
    return cfile


def main():
    """Compiles the files of the command line, or of standard input if `-` is given."""
    import argparse

    parser = argparse.ArgumentParser(description="Compile source files.")
    parser.add_argument("-q", "--quiet", action="store_true", help="do not tell of errors")
    parser.add_argument("filenames", nargs="+", help="the files, or - for names on standard input")
    options = parser.parse_args()
    names = [line.rstrip("\n") for line in sys.stdin] if options.filenames == ["-"] else options.filenames
    for name in names:
        try:
            compile(name, doraise=True)
        except PyCompileError as error:
            parser.exit(1, None if options.quiet else error.msg)
        except OSError as error:
            parser.exit(1, None if options.quiet else str(error))


if __name__ == "__main__":
    main()
