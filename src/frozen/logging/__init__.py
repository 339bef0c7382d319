"""Telling what happens in a program to those who want to know."""

import atexit as _atexit
import io
# These three are for expressions in the files that `logging.config` reads.
import os
import sys
import time
import warnings as _warnings

from logging._formatting import (
    _STYLES, _defaultFormatter, BASIC_FORMAT, BufferingFormatter, Filter, Filterer, Formatter, PercentStyle,
    StrFormatStyle, StringTemplateStyle, check_style as _check_style,
)
from logging._handling import (
    _handlerList, _handlers, _StderrHandler, FileHandler, Handler, NullHandler, StreamHandler,
    last_resort as lastResort, shutdown,
)
from logging._loggers import (
    _DEPRECATED, Logger, LoggerAdapter, Manager, PlaceHolder, RootLogger, getLogger, getLoggerClass,
    internal_files as _internal_files, root, setLoggerClass,
)
from logging._records import (
    _levelToName, _nameToLevel, CRITICAL, DEBUG, ERROR, FATAL, INFO, NOTSET, WARN, WARNING, LogRecord, addLevelName,
    check_level as _checkLevel, getLevelName, getLevelNamesMapping, getLogRecordFactory, lock as _lock, makeLogRecord,
    setLogRecordFactory,
)

__all__ = [
    "BASIC_FORMAT", "BufferingFormatter", "CRITICAL", "DEBUG", "ERROR", "FATAL", "FileHandler", "Filter", "Formatter",
    "Handler", "INFO", "LogRecord", "Logger", "LoggerAdapter", "NOTSET", "NullHandler", "StreamHandler", "WARN",
    "WARNING", "addLevelName", "basicConfig", "captureWarnings", "critical", "debug", "disable", "error", "exception",
    "fatal", "getLevelName", "getLogger", "getLoggerClass", "info", "log", "makeLogRecord", "setLoggerClass",
    "shutdown", "warn", "warning", "getLogRecordFactory", "setLogRecordFactory", "lastResort", "raiseExceptions",
    "getLevelNamesMapping",
]

# What a program may set: whether errors in handlers are told, and what records find out.
raiseExceptions = True
logThreads = True
logMultiprocessing = True
logProcesses = True
_srcfile = (lambda: 0).__code__.co_filename
_internal_files.add(_srcfile)


def _acquireLock():
    _lock.acquire()


def _releaseLock():
    _lock.release()


def basicConfig(**kwargs):
    """Gives the root logger a handler, a format and a level, unless it has handlers already."""
    with _lock:
        force = kwargs.pop("force", False)
        encoding = kwargs.pop("encoding", None)
        errors = kwargs.pop("errors", "backslashreplace")
        if force:
            for handler in root.handlers[:]:
                root.removeHandler(handler)
                handler.close()
        if root.handlers:
            return
        handlers = kwargs.pop("handlers", None)
        if handlers is None:
            if "stream" in kwargs and "filename" in kwargs:
                raise ValueError("'stream' and 'filename' should not be specified together")
            handlers = [_default_handler(kwargs, encoding, errors)]
        elif "stream" in kwargs or "filename" in kwargs:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        datefmt = kwargs.pop("datefmt", None)
        style = kwargs.pop("style", "%")
        _check_style(style)
        formatter = Formatter(kwargs.pop("format", _STYLES[style][1]), datefmt, style)
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        level = kwargs.pop("level", None)
        if level is not None:
            root.setLevel(level)
        if kwargs:
            raise ValueError(f"Unrecognised argument(s): {', '.join(kwargs)}")


def _default_handler(kwargs, encoding, errors):
    filename = kwargs.pop("filename", None)
    mode = kwargs.pop("filemode", "a")
    if not filename:
        return StreamHandler(kwargs.pop("stream", None))
    if "b" in mode:
        errors = None
    else:
        encoding = io.text_encoding(encoding)
    return FileHandler(filename, mode, encoding=encoding, errors=errors)


def _root():
    """The root logger, with a handler."""
    if not root.handlers:
        basicConfig()
    return root


def debug(msg, *args, **kwargs):
    """Logs with the root logger, see `Logger.debug`."""
    _root().debug(msg, *args, **kwargs)


def info(msg, *args, **kwargs):
    """Logs with the root logger, see `Logger.info`."""
    _root().info(msg, *args, **kwargs)


def warning(msg, *args, **kwargs):
    """Logs with the root logger, see `Logger.warning`."""
    _root().warning(msg, *args, **kwargs)


def warn(msg, *args, **kwargs):
    """The old name of `warning`."""
    _warnings.warn(_DEPRECATED.format("warn", "function"), DeprecationWarning, 2)
    warning(msg, *args, **kwargs)


def error(msg, *args, **kwargs):
    """Logs with the root logger, see `Logger.error`."""
    _root().error(msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    """Logs with the root logger, see `Logger.exception`."""
    error(msg, *args, exc_info=exc_info, **kwargs)


def critical(msg, *args, **kwargs):
    """Logs with the root logger, see `Logger.critical`."""
    _root().critical(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    """The old name of `critical`."""
    critical(msg, *args, **kwargs)


def log(level, msg, *args, **kwargs):
    """Logs with the root logger, see `Logger.log`."""
    _root().log(level, msg, *args, **kwargs)


def disable(level=CRITICAL):
    """Records of this level and below are ignored by all loggers."""
    root.manager.disable = level
    root.manager._clear_cache()


# What shows warnings while they are not captured.
_shown_before = None


def _showwarning(message, category, filename, lineno, file=None, line=None):
    if file is not None:
        if _shown_before is not None:
            _shown_before(message, category, filename, lineno, file, line)
        return
    text = _warnings.formatwarning(message, category, filename, lineno, line)
    logger = getLogger("py.warnings")
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning(str(text))


def captureWarnings(capture):
    """Whether warnings are logged, by the logger `py.warnings`, instead of shown."""
    global _shown_before
    if capture and _shown_before is None:
        _shown_before = _warnings.showwarning
        _warnings.showwarning = _showwarning
    elif not capture and _shown_before is not None:
        _warnings.showwarning = _shown_before
        _shown_before = None


_atexit.register(shutdown)
