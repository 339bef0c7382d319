"""Where `asyncio` reports to: the logger of `logging`, which is imported when there is something to report."""

import sys
import traceback


class _Logger:
    """Stands for `logging.getLogger("asyncio")`; without `logging`, reports go to standard error."""

    def __getattr__(self, name):
        try:
            import logging
        except ImportError:
            return self._write
        return getattr(logging.getLogger("asyncio"), name)

    def _write(self, message, *args, exc_info=None, **kwargs):
        print(message % args if args else message, file=sys.stderr)
        if exc_info:
            traceback.print_exception(*(sys.exc_info() if exc_info is True else exc_info))


logger = _Logger()
