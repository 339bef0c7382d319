"""Files in the encoding of uuencode; deprecated."""
import binascii
import os
import sys
import warnings

warnings.warn("'uu' is deprecated and slated for removal in Python 3.13", DeprecationWarning, stacklevel=2)

__all__ = ["Error", "encode", "decode"]


class Error(Exception):
    """A file is not what it should be."""


def encode(in_file, out_file, name=None, mode=None, *, backtick=False):
    """Encodes a file: names, or files of bytes; `-` are the standard ones."""
    opened = []
    try:
        if in_file == "-":
            in_file = sys.stdin.buffer
        elif isinstance(in_file, str):
            name = os.path.basename(in_file) if name is None else name
            if mode is None:
                try:
                    mode = os.stat(in_file).st_mode
                except AttributeError:
                    pass
            in_file = open(in_file, "rb")
            opened.append(in_file)
        if out_file == "-":
            out_file = sys.stdout.buffer
        elif isinstance(out_file, str):
            out_file = open(out_file, "wb")
            opened.append(out_file)
        name = ("-" if name is None else name).replace("\n", "\\n").replace("\r", "\\r")
        mode = 0o666 if mode is None else mode
        out_file.write(("begin %o %s\n" % (mode & 0o777, name)).encode("ascii"))
        while data := in_file.read(45):
            out_file.write(binascii.b2a_uu(data, backtick=backtick))
        out_file.write(b"`\nend\n" if backtick else b" \nend\n")
    finally:
        for file in opened:
            file.close()


def decode(in_file, out_file=None, mode=None, quiet=False):
    """Decodes a file; it goes to the one that it names, unless another is given."""
    opened = []
    if in_file == "-":
        in_file = sys.stdin.buffer
    elif isinstance(in_file, str):
        in_file = open(in_file, "rb")
        opened.append(in_file)
    try:
        while True:
            header = in_file.readline()
            if not header:
                raise Error("No valid begin line found in input file")
            fields = header.split(b" ", 2)
            if len(fields) == 3 and fields[0] == b"begin":
                try:
                    int(fields[1], 8)
                    break
                except ValueError:
                    pass
        if out_file is None:
            out_file = fields[2].rstrip(b" \t\r\n\f").decode("ascii")
            if os.path.exists(out_file):
                raise Error(f"Cannot overwrite existing file: {out_file}")
            if out_file.startswith(os.sep) or f"..{os.sep}" in out_file:
                raise Error(f"Refusing to write to {out_file} due to directory traversal")
        mode = int(fields[1], 8) if mode is None else mode
        if out_file == "-":
            out_file = sys.stdout.buffer
        elif isinstance(out_file, str):
            name, out_file = out_file, open(out_file, "wb")
            os.chmod(name, mode)
            opened.append(out_file)
        line = in_file.readline()
        while line and line.strip(b" \t\r\n\f") != b"end":
            try:
                data = binascii.a2b_uu(line)
            except binascii.Error as error:
                # Some encoders write more than they say.
                data = binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3])
                if not quiet:
                    sys.stderr.write("Warning: %s\n" % error)
            out_file.write(data)
            line = in_file.readline()
        if not line:
            raise Error("Truncated input file")
    finally:
        for file in opened:
            file.close()
