"""Handlers: where records go."""

import io
import logging
import os
import sys
import threading
import traceback
import weakref
from types import GenericAlias

from logging._formatting import Filterer, _defaultFormatter
from logging._records import NOTSET, WARNING, check_level, getLevelName, lock

# The handlers that have names, and all of them in the order in which they were made.
_handlers = weakref.WeakValueDictionary()
_handlerList = []


def _forget(reference, lock=lock, handlers=_handlerList):
    # The defaults are there even when the module is torn down.
    with lock:
        if reference in handlers:
            handlers.remove(reference)


class Handler(Filterer):
    """What does something with records; subclasses say what in `emit`."""

    __module__ = "logging"

    def __init__(self, level=NOTSET):
        super().__init__()
        self._name = None
        self.level = check_level(level)
        self.formatter = None
        self._closed = False
        with lock:
            _handlerList.append(weakref.ref(self, _forget))
        self.createLock()

    def get_name(self):
        """The name, by which `logging.config` finds it."""
        return self._name

    def set_name(self, name):
        """Sets the name."""
        with lock:
            _handlers.pop(self._name, None)
            self._name = name
            if name:
                _handlers[name] = self

    name = property(get_name, set_name)

    def createLock(self):
        """Makes the lock for what the handler writes to."""
        self.lock = threading.RLock()

    def _at_fork_reinit(self):
        self.createLock()

    def acquire(self):
        """Takes the lock."""
        if self.lock:
            self.lock.acquire()

    def release(self):
        """Releases the lock."""
        if self.lock:
            self.lock.release()

    def setLevel(self, level):
        """Records below this level are ignored."""
        self.level = check_level(level)

    def format(self, record):
        """The text of a record."""
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        """Does what the handler is for."""
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        """Emits a record if it passes the filters."""
        passes = self.filter(record)
        if passes:
            self.acquire()
            try:
                self.emit(record)
            finally:
                self.release()
        return passes

    def setFormatter(self, fmt):
        """Sets what makes text of records."""
        self.formatter = fmt

    def flush(self):
        """Writes what is still in buffers."""

    def close(self):
        """Ends the use of the handler."""
        with lock:
            self._closed = True
            if self._name in _handlers:
                del _handlers[self._name]

    def handleError(self, record):
        """Tells on standard error that a record could not be emitted; the program goes on."""
        if not logging.raiseExceptions or not sys.stderr:
            return
        kind, error, tb = sys.exc_info()
        try:
            sys.stderr.write("--- Logging error ---\n")
            traceback.print_exception(kind, error, tb, None, sys.stderr)
            sys.stderr.write("Call stack:\n")
            frame = tb and tb.tb_frame
            while frame and frame.f_globals.get("__name__", "").partition(".")[0] == "logging":
                frame = frame.f_back
            if frame:
                traceback.print_stack(frame, file=sys.stderr)
            else:
                sys.stderr.write(f"Logged from file {record.filename}, line {record.lineno}\n")
            try:
                sys.stderr.write(f"Message: {record.msg!r}\nArguments: {record.args}\n")
            except RecursionError:
                raise
            except Exception:
                sys.stderr.write(
                    "Unable to print the message and arguments - possible formatting error.\n"
                    "Use the traceback above to help find the error.\n"
                )
        except OSError:
            pass

    def __repr__(self):
        return f"<{type(self).__name__} ({getLevelName(self.level)})>"


class StreamHandler(Handler):
    """Writes to a stream, by default standard error."""

    __module__ = "logging"

    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        self.acquire()
        try:
            if self.stream and hasattr(self.stream, "flush"):
                self.stream.flush()
        finally:
            self.release()

    def emit(self, record):
        try:
            text = self.format(record)
            self.stream.write(text + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def setStream(self, stream):
        """Sets the stream; returns the one before, or None if it was the same."""
        if stream is self.stream:
            return None
        before = self.stream
        self.acquire()
        try:
            self.flush()
            self.stream = stream
        finally:
            self.release()
        return before

    def __repr__(self):
        name = str(getattr(self.stream, "name", ""))
        return f"<{type(self).__name__} {name + ' ' if name else ''}({getLevelName(self.level)})>"

    __class_getitem__ = classmethod(GenericAlias)


class FileHandler(StreamHandler):
    """Writes to a file, which is opened with the first record if `delay` is true."""

    __module__ = "logging"

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode = mode
        self.encoding = encoding if "b" in mode else io.text_encoding(encoding)
        self.errors = errors
        self.delay = delay
        if delay:
            Handler.__init__(self)
            self.stream = None
        else:
            super().__init__(self._open())

    def _open(self):
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors)

    def close(self):
        self.acquire()
        try:
            stream, self.stream = self.stream, None
            if stream:
                try:
                    if hasattr(stream, "flush"):
                        stream.flush()
                finally:
                    if hasattr(stream, "close"):
                        stream.close()
        finally:
            super().close()
            self.release()

    def emit(self, record):
        # A file that was to be overwritten is not opened again once it is closed.
        if self.stream is None and (self.mode != "w" or not self._closed):
            self.stream = self._open()
        if self.stream:
            super().emit(record)

    def __repr__(self):
        return f"<{type(self).__name__} {self.baseFilename} ({getLevelName(self.level)})>"


class _StderrHandler(StreamHandler):
    """Writes to what is standard error at the time."""

    __module__ = "logging"

    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)

    @property
    def stream(self):
        return sys.stderr


class NullHandler(Handler):
    """Does nothing; for libraries, whose users decide about logging."""

    __module__ = "logging"

    def handle(self, record):
        """Nothing."""

    def emit(self, record):
        """Nothing."""

    def createLock(self):
        self.lock = None


last_resort = _StderrHandler(WARNING)


def shutdown(handlerList=_handlerList):
    """Flushes and closes all handlers, the last one first; at the end of the program."""
    for reference in reversed(handlerList[:]):
        handler = reference()
        if not handler:
            continue
        try:
            handler.acquire()
            try:
                handler.flush()
                handler.close()
            except (OSError, ValueError):
                # The stream may be closed already.
                pass
            finally:
                handler.release()
        except BaseException:
            if logging.raiseExceptions:
                raise
