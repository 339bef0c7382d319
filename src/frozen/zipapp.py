"""Applications in one file: archives that Python runs."""
import contextlib
import os
import pathlib
import shutil
import stat
import sys
import zipfile

__all__ = ["ZipAppError", "create_archive", "get_interpreter"]

_MAIN = """\
# -*- coding: utf-8 -*-
import {module}
{module}.{function}()
"""


class ZipAppError(ValueError):
    """An archive cannot be made."""


@contextlib.contextmanager
def _opened(archive, mode):
    if isinstance(archive, (str, os.PathLike)):
        with open(archive, mode) as file:
            yield file
    else:
        yield archive


def _write_prefix(file, interpreter):
    if interpreter:
        file.write(b"#!" + interpreter.encode(sys.getfilesystemencoding()) + b"\n")


def _copy_archive(archive, new_archive, interpreter=None):
    """Copies an archive, for another interpreter."""
    with _opened(archive, "rb") as source:
        first = source.read(2)
        if first == b"#!":
            source.readline()
            first = b""
        with _opened(new_archive, "wb") as target:
            _write_prefix(target, interpreter)
            target.write(first)
            shutil.copyfileobj(source, target)
    if interpreter and isinstance(new_archive, str):
        os.chmod(new_archive, os.stat(new_archive).st_mode | stat.S_IEXEC)


def create_archive(source, target=None, interpreter=None, main=None, filter=None, compressed=False):
    """Makes an archive of a folder, or copies one. `main` is the function that is called, `module:function`."""
    is_file = hasattr(source, "read") and hasattr(source, "readline")
    if not is_file:
        source = pathlib.Path(source)
        is_file = source.is_file()
    if is_file:
        _copy_archive(source, target, interpreter)
        return
    if not source.exists():
        raise ZipAppError("Source does not exist")
    has_main = (source / "__main__.py").is_file()
    if main and has_main:
        raise ZipAppError("Cannot specify entry point if the source has __main__.py")
    if not (main or has_main):
        raise ZipAppError("Archive has no entry point")
    text = None
    if main:
        module, colon, function = main.partition(":")
        valid = all(part.isidentifier() for part in module.split(".")) and all(part.isidentifier() for part in function.split("."))
        if not (colon and valid):
            raise ZipAppError("Invalid entry point: " + main)
        text = _MAIN.format(module=module, function=function)
    if target is None:
        target = source.with_suffix(".pyz")
    elif not hasattr(target, "write"):
        target = pathlib.Path(target)
    with _opened(target, "wb") as file:
        _write_prefix(file, interpreter)
        kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with zipfile.ZipFile(file, "w", compression=kind) as archive:
            for child in sorted(source.rglob("*")):
                name = child.relative_to(source)
                if filter is None or filter(name):
                    archive.write(child, name.as_posix())
            if text:
                archive.writestr("__main__.py", text.encode("utf-8"))
    if interpreter and not hasattr(target, "write"):
        target.chmod(target.stat().st_mode | stat.S_IEXEC)


def get_interpreter(archive):
    """The interpreter that an archive names, or None."""
    with _opened(archive, "rb") as file:
        if file.read(2) == b"#!":
            return file.readline().strip().decode(sys.getfilesystemencoding())
    return None


def main(args=None):
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--output", "-o", default=None, help="the archive; that of the source with .pyz by default")
    parser.add_argument("--python", "-p", default=None, help="the interpreter that the first line names")
    parser.add_argument("--main", "-m", default=None, help="the function that is called, module:function")
    parser.add_argument("--compress", "-c", action="store_true", help="compress the files")
    parser.add_argument("--info", default=False, action="store_true", help="print the interpreter of an archive")
    parser.add_argument("source", help="the folder, or an archive")
    options = parser.parse_args(args)
    if options.info:
        if not os.path.isfile(options.source):
            raise SystemExit("Can only get info for an archive file")
        print("Interpreter: {}".format(get_interpreter(options.source) or "<none>"))
        sys.exit(0)
    if os.path.isfile(options.source):
        same = options.output is None or (os.path.exists(options.output) and os.path.samefile(options.source, options.output))
        if same:
            raise SystemExit("In-place editing of archives is not supported")
        if options.main:
            raise SystemExit("Cannot change the main function when copying")
    create_archive(options.source, options.output, interpreter=options.python, main=options.main, compressed=options.compress)


if __name__ == "__main__":
    main()
