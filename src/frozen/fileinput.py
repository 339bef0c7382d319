"""The lines of several files, one after the other: those that are named on the command line by default."""

import io
import os
import sys
from types import GenericAlias

__all__ = ["input", "close", "nextfile", "filename", "lineno", "filelineno", "fileno", "isfirstline", "isstdin",
           "FileInput", "hook_compressed", "hook_encoded"]

_state = None


def input(files=None, inplace=False, backup="", *, mode="r", openhook=None, encoding=None, errors=None):
    """Begin to read; the functions of this module tell where it is."""
    global _state
    if _state and _state._file:
        raise RuntimeError("input() already active")
    _state = FileInput(files, inplace, backup, mode=mode, openhook=openhook, encoding=encoding, errors=errors)
    return _state


def close():
    """End the reading."""
    global _state
    state, _state = _state, None
    if state:
        state.close()


def _current():
    if not _state:
        raise RuntimeError("no active input()")
    return _state


def nextfile():
    """Leave out the rest of the file."""
    return _current().nextfile()


def filename():
    """The name of the file that is read; None before the first line."""
    return _current().filename()


def lineno():
    """The number of the line, counted over all files."""
    return _current().lineno()


def filelineno():
    """The number of the line in its file."""
    return _current().filelineno()


def fileno():
    """The descriptor of the file; -1 between files."""
    return _current().fileno()


def isfirstline():
    """Whether the line is the first of its file."""
    return _current().isfirstline()


def isstdin():
    """Whether the line came from standard input."""
    return _current().isstdin()


class FileInput:
    """Reads files one after the other; with `inplace`, what is printed takes their place."""

    def __init__(self, files=None, inplace=False, backup="", *, mode="r", openhook=None, encoding=None, errors=None):
        if isinstance(files, (str, os.PathLike)):
            files = (os.fspath(files),)
        else:
            files = tuple(sys.argv[1:] if files is None else files) or ("-",)
        self._files, self._inplace, self._backup = files, inplace, backup
        self._file = self._output = self._savestdout = self._backupfilename = self._filename = None
        self._startlineno = self._filelineno = 0
        self._isstdin = False
        self._encoding, self._errors = encoding, errors
        if mode not in ("r", "rb"):
            raise ValueError("FileInput opening mode must be 'r' or 'rb'")
        self._mode = mode
        self._write_mode = mode.replace("r", "w")
        if openhook:
            if inplace:
                raise ValueError("FileInput cannot use an opening hook in inplace mode")
            if not callable(openhook):
                raise ValueError("FileInput openhook must be callable")
        self._openhook = openhook

    def __del__(self):
        self.close()

    def close(self):
        """Close the file, and read no others."""
        try:
            self.nextfile()
        finally:
            self._files = ()

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            line = self._readline()
            if line:
                self._filelineno += 1
                return line
            if not self._file:
                raise StopIteration
            self.nextfile()

    def nextfile(self):
        """Leave out the rest of the file."""
        saved, self._savestdout = self._savestdout, None
        if saved:
            sys.stdout = saved
        output, self._output = self._output, None
        file, self._file = self._file, None
        self.__dict__.pop("_readline", None)
        backup, self._backupfilename = self._backupfilename, None
        try:
            if output:
                output.close()
        finally:
            try:
                if file and not self._isstdin:
                    file.close()
            finally:
                if backup and not self._backup:
                    try:
                        os.unlink(backup)
                    except OSError:
                        pass
                self._isstdin = False

    def readline(self):
        """The next line; "" behind the last."""
        while True:
            line = self._readline()
            if line:
                self._filelineno += 1
                return line
            if not self._file:
                return line
            self.nextfile()

    def _readline(self):
        """Opens the next file and reads its first line."""
        if not self._files:
            return b"" if "b" in self._mode else ""
        self._filename, self._files = self._files[0], self._files[1:]
        self._startlineno = self.lineno()
        self._filelineno = 0
        self._file, self._isstdin, self._backupfilename = None, False, 0
        if self._filename == "-":
            self._filename = "<stdin>"
            self._file = getattr(sys.stdin, "buffer", sys.stdin) if "b" in self._mode else sys.stdin
            self._isstdin = True
        elif self._inplace:
            self._backupfilename = os.fspath(self._filename) + (self._backup or ".bak")
            try:
                os.unlink(self._backupfilename)
            except OSError:
                pass
            os.rename(self._filename, self._backupfilename)
            self._file = open(self._backupfilename, self._mode, encoding=self._encoding, errors=self._errors)
            try:
                mode = os.fstat(self._file.fileno()).st_mode
            except OSError:
                self._output = open(self._filename, self._write_mode, encoding=self._encoding, errors=self._errors)
            else:
                fd = os.open(self._filename, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
                self._output = os.fdopen(fd, self._write_mode, encoding=self._encoding, errors=self._errors)
                try:
                    os.chmod(self._filename, mode & 0o7777)
                except OSError:
                    pass
            self._savestdout, sys.stdout = sys.stdout, self._output
        elif self._openhook:
            if self._encoding is None:
                self._file = self._openhook(self._filename, self._mode)
            else:
                self._file = self._openhook(self._filename, self._mode, encoding=self._encoding, errors=self._errors)
        else:
            encoding = None if "b" in self._mode else self._encoding
            self._file = open(self._filename, self._mode, encoding=encoding, errors=self._errors)
        self._readline = self._file.readline
        return self._readline()

    def filename(self):
        """The name of the file that is read."""
        return self._filename

    def lineno(self):
        """The number of the line, counted over all files."""
        return self._startlineno + self._filelineno

    def filelineno(self):
        """The number of the line in its file."""
        return self._filelineno

    def fileno(self):
        """The descriptor of the file; -1 between files."""
        if self._file:
            try:
                return self._file.fileno()
            except ValueError:
                pass
        return -1

    def isfirstline(self):
        """Whether the line is the first of its file."""
        return self._filelineno == 1

    def isstdin(self):
        """Whether the line came from standard input."""
        return self._isstdin

    __class_getitem__ = classmethod(GenericAlias)


def hook_compressed(filename, mode, *, encoding=None, errors=None):
    """Opens files that are compressed by gzip or bzip2, too."""
    if encoding is None and "b" not in mode:
        encoding = "locale"
    extension = os.path.splitext(filename)[1]
    if extension == ".gz":
        import gzip

        stream = gzip.open(filename, mode)
    elif extension == ".bz2":
        import bz2

        stream = bz2.BZ2File(filename, mode)
    else:
        return open(filename, mode, encoding=encoding, errors=errors)
    return stream if "b" in mode else io.TextIOWrapper(stream, encoding=encoding, errors=errors)


def hook_encoded(encoding, errors=None):
    """Opens files with this encoding."""
    def open_hook(filename, mode):
        return open(filename, mode, encoding=encoding, errors=errors)
    return open_hook
