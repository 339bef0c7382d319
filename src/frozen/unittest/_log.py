"""The contexts of `assertLogs` and `assertNoLogs`."""

import logging as _logging
from collections import namedtuple as _namedtuple

__unittest = True

_Watcher = _namedtuple("_LoggingWatcher", "records output")


class _Collector(_logging.Handler):
    """Keeps the records, and their texts."""

    def __init__(self):
        super().__init__()
        self.watcher = _Watcher([], [])

    def emit(self, record):
        self.watcher.records.append(record)
        self.watcher.output.append(self.format(record))


class AssertLogs:
    """While it is entered, a logger tells its records to nobody else."""

    def __init__(self, case, logger, level, expected):
        self.case, self.expected = case, expected
        self.logger = logger if isinstance(logger, _logging.Logger) else _logging.getLogger(logger)
        self.level = _logging._nameToLevel.get(level, level) if level else _logging.INFO

    def __enter__(self):
        logger = self.logger
        handler = _Collector()
        handler.setLevel(self.level)
        handler.setFormatter(_logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
        self.watcher = handler.watcher
        self._before = logger.handlers, logger.level, logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self.level)
        logger.propagate = False
        return self.watcher if self.expected else None

    def __exit__(self, exc_type, error, tb):
        logger = self.logger
        logger.handlers, level, logger.propagate = self._before
        logger.setLevel(level)
        if exc_type is not None:
            return False
        if self.expected and not self.watcher.records:
            level = _logging.getLevelName(self.level)
            self._fail(f"no logs of level {level} or higher triggered on {logger.name}")
        if not self.expected and self.watcher.records:
            self._fail(f"Unexpected logs found: {self.watcher.output!r}")

    def _fail(self, text):
        raise self.case.failureException(self.case._formatMessage(None, text))
