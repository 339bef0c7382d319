"""Loggers and their tree."""

import io
import logging
import sys
import traceback
import warnings
from types import GenericAlias

from logging._formatting import Filterer
from logging._records import (
    CRITICAL, DEBUG, ERROR, INFO, NOTSET, WARNING, check_level, getLevelName, getLogRecordFactory, lock,
)

_DEPRECATED = "The '{}' {} is deprecated, use 'warning' instead"
# The files whose frames are not the callers of loggers; the package adds its own.
internal_files = set()


class PlaceHolder:
    """A place in the tree for which there is no logger yet, only some below it."""

    __module__ = "logging"

    def __init__(self, alogger):
        self.loggerMap = {alogger: None}

    def append(self, alogger):
        """Adds a logger below."""
        self.loggerMap[alogger] = None


class Manager:
    """Keeps the tree of loggers."""

    __module__ = "logging"

    def __init__(self, rootnode):
        self.root = rootnode
        self.disable = 0
        self.emittedNoHandlerWarning = False
        self.loggerDict = {}
        self.loggerClass = None
        self.logRecordFactory = None

    @property
    def disable(self):
        """Records of this level and below are ignored."""
        return self._disable

    @disable.setter
    def disable(self, value):
        self._disable = check_level(value)

    def getLogger(self, name):
        """The logger of a name, a new one if there is none."""
        if not isinstance(name, str):
            raise TypeError("A logger name must be a string")
        with lock:
            found = self.loggerDict.get(name)
            if found is not None and not isinstance(found, PlaceHolder):
                return found
            logger = (self.loggerClass or _logger_class)(name)
            logger.manager = self
            self.loggerDict[name] = logger
            if found is not None:
                self._fixupChildren(found, logger)
            self._fixupParents(logger)
            return logger

    def setLoggerClass(self, klass):
        """Sets the class of new loggers of this manager."""
        _check_class(klass)
        self.loggerClass = klass

    def setLogRecordFactory(self, factory):
        """Sets what makes records."""
        self.logRecordFactory = factory

    def _fixupParents(self, alogger):
        name = alogger.name
        while "." in name[1:]:
            name = name.rpartition(".")[0]
            above = self.loggerDict.get(name)
            if above is None:
                self.loggerDict[name] = PlaceHolder(alogger)
            elif isinstance(above, Logger):
                alogger.parent = above
                return
            else:
                above.append(alogger)
        alogger.parent = self.root

    def _fixupChildren(self, ph, alogger):
        for child in ph.loggerMap:
            if not child.parent.name.startswith(alogger.name):
                alogger.parent = child.parent
                child.parent = alogger

    def _clear_cache(self):
        with lock:
            for logger in (self.root, *self.loggerDict.values()):
                if isinstance(logger, Logger):
                    logger._cache.clear()


class Logger(Filterer):
    """A named place in a program from which events are told to handlers, its own and those above it in the tree."""

    __module__ = "logging"

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = check_level(level)
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False
        # Whether a level is enabled, once it was asked.
        self._cache = {}

    def setLevel(self, level):
        """Records below this level are ignored; 0 leaves it to the logger above."""
        self.level = check_level(level)
        self.manager._clear_cache()

    def debug(self, msg, *args, **kwargs):
        """Logs `msg % args` for those who look for a problem."""
        if self.isEnabledFor(DEBUG):
            self._log(DEBUG, msg, args, **kwargs)

    def info(self, msg, *args, **kwargs):
        """Logs `msg % args`: things work as expected."""
        if self.isEnabledFor(INFO):
            self._log(INFO, msg, args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        """Logs `msg % args`: something is odd."""
        if self.isEnabledFor(WARNING):
            self._log(WARNING, msg, args, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of `warning`."""
        warnings.warn(_DEPRECATED.format("warn", "method"), DeprecationWarning, 2)
        self.warning(msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        """Logs `msg % args`: something could not be done."""
        if self.isEnabledFor(ERROR):
            self._log(ERROR, msg, args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Logs an error with the exception that is being handled."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        """Logs `msg % args`: the program may not go on."""
        if self.isEnabledFor(CRITICAL):
            self._log(CRITICAL, msg, args, **kwargs)

    def fatal(self, msg, *args, **kwargs):
        """The old name of `critical`."""
        self.critical(msg, *args, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        """Logs `msg % args` with a level."""
        if not isinstance(level, int):
            if logging.raiseExceptions:
                raise TypeError("level must be an integer")
            return
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)

    def findCaller(self, stack_info=False, stacklevel=1):
        """File, line, function and, if asked for, stack of the caller, or of one further up."""
        frame = sys._getframe(0)
        while stacklevel > 0 and frame.f_back is not None:
            frame = frame.f_back
            if frame.f_code.co_filename not in internal_files:
                stacklevel -= 1
        stack = None
        if stack_info:
            with io.StringIO() as text:
                text.write("Stack (most recent call last):\n")
                traceback.print_stack(frame, file=text)
                stack = text.getvalue().removesuffix("\n")
        return frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, stack

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        """A record, with extra attributes."""
        record = getLogRecordFactory()(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        if extra is not None:
            for key in extra:
                if key in ("message", "asctime") or key in record.__dict__:
                    raise KeyError(f"Attempt to overwrite {key!r} in LogRecord")
                record.__dict__[key] = extra[key]
        return record

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        stack = None
        if logging._srcfile:
            file, line, function, stack = self.findCaller(stack_info, stacklevel)
        else:
            file, line, function = "(unknown file)", 0, "(unknown function)"
        if exc_info:
            if isinstance(exc_info, BaseException):
                exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
            elif not isinstance(exc_info, tuple):
                exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, file, line, msg, args, exc_info, function, extra, stack))

    def handle(self, record):
        """Gives a record to the handlers if it passes the filters."""
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def addHandler(self, hdlr):
        """Adds a handler, once."""
        with lock:
            if hdlr not in self.handlers:
                self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        """Removes a handler, if it is there."""
        with lock:
            if hdlr in self.handlers:
                self.handlers.remove(hdlr)

    def _audience(self):
        """The loggers whose handlers get the records: this one and those above, as far as records propagate."""
        logger = self
        while logger:
            yield logger
            logger = logger.parent if logger.propagate else None

    def hasHandlers(self):
        """Whether anybody hears."""
        return any(logger.handlers for logger in self._audience())

    def callHandlers(self, record):
        """Gives a record to all handlers."""
        found = False
        for logger in self._audience():
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
        if found:
            return
        if logging.lastResort:
            if record.levelno >= logging.lastResort.level:
                logging.lastResort.handle(record)
        elif logging.raiseExceptions and not self.manager.emittedNoHandlerWarning:
            sys.stderr.write(f'No handlers could be found for logger "{self.name}"\n')
            self.manager.emittedNoHandlerWarning = True

    def getEffectiveLevel(self):
        """The level that holds, which may be that of a logger above."""
        logger = self
        while logger:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        """Whether records of a level are handled."""
        if self.disabled:
            return False
        try:
            return self._cache[level]
        except KeyError:
            with lock:
                enabled = self.manager.disable < level and level >= self.getEffectiveLevel()
                self._cache[level] = enabled
            return enabled

    def getChild(self, suffix):
        """The logger whose name is this one's with something behind it."""
        return self.manager.getLogger(suffix if self.root is self else f"{self.name}.{suffix}")

    def __repr__(self):
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"

    def __reduce__(self):
        if getLogger(self.name) is not self:
            import pickle

            raise pickle.PicklingError("logger cannot be pickled")
        return getLogger, (self.name,)


class RootLogger(Logger):
    """The logger above all others."""

    __module__ = "logging"

    def __init__(self, level):
        super().__init__("root", level)

    def __reduce__(self):
        return getLogger, ()


class LoggerAdapter:
    """A logger that adds something to what is logged; subclasses say what in `process`."""

    __module__ = "logging"

    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra

    def process(self, msg, kwargs):
        """The message and the keyword arguments to log with."""
        kwargs["extra"] = self.extra
        return msg, kwargs

    def debug(self, msg, *args, **kwargs):
        """As that of the logger."""
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        """As that of the logger."""
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        """As that of the logger."""
        self.log(WARNING, msg, *args, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of `warning`."""
        warnings.warn(_DEPRECATED.format("warn", "method"), DeprecationWarning, 2)
        self.warning(msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        """As that of the logger."""
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """As that of the logger."""
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        """As that of the logger."""
        self.log(CRITICAL, msg, *args, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        """Logs what `process` makes of it."""
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        """Whether records of a level are handled."""
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        """Sets the level of the logger."""
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        """The level that holds for the logger."""
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        """Whether anybody hears."""
        return self.logger.hasHandlers()

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False):
        return self.logger._log(level, msg, args, exc_info=exc_info, extra=extra, stack_info=stack_info)

    @property
    def manager(self):
        """That of the logger."""
        return self.logger.manager

    @manager.setter
    def manager(self, value):
        self.logger.manager = value

    @property
    def name(self):
        """That of the logger."""
        return self.logger.name

    def __repr__(self):
        level = getLevelName(self.logger.getEffectiveLevel())
        return f"<{type(self).__name__} {self.logger.name} ({level})>"

    __class_getitem__ = classmethod(GenericAlias)


_logger_class = Logger


def _check_class(klass):
    if klass != Logger and not issubclass(klass, Logger):
        raise TypeError(f"logger not derived from logging.Logger: {klass.__name__}")


def setLoggerClass(klass):
    """Sets the class of new loggers."""
    global _logger_class
    _check_class(klass)
    _logger_class = klass


def getLoggerClass():
    """The class of new loggers."""
    return _logger_class


root = RootLogger(WARNING)
Logger.root = root
Logger.manager = Manager(root)


def getLogger(name=None):
    """The logger of a name, by default the root."""
    if not name or isinstance(name, str) and name == root.name:
        return root
    return Logger.manager.getLogger(name)


internal_files.add(getLogger.__code__.co_filename)
