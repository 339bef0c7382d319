"""Frames and the states of suspended functions, for `inspect`."""

import itertools as _itertools
import sys as _sys
from _inspect_kinds import isframe, isgenerator, istraceback
from _inspect_source import findsource, getfile, getsourcefile
from collections import namedtuple as _namedtuple


class _Located:
    """The text of a frame's record, which ends with its `positions`."""

    __slots__ = ()

    def __repr__(self):
        fields = [f"{name}={getattr(self, name)!r}" for name in (*self._fields, "positions")]
        return f"{type(self).__name__}({', '.join(fields)})"


class Traceback(_Located, _namedtuple("_Traceback", "filename lineno function code_context index")):
    """Where a frame is."""

    __module__ = "inspect"

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, filename, lineno, function, code_context, index)
        self.positions = positions
        return self


class FrameInfo(_Located, _namedtuple("_FrameInfo", "frame filename lineno function code_context index")):
    """A frame, and where it is."""

    __module__ = "inspect"

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        self.positions = positions
        return self


def getframeinfo(frame, context=1):
    """Where a frame or traceback is, with so many lines of source around it."""
    from dis import Positions

    if istraceback(frame):
        at, line, frame = frame.tb_lasti, frame.tb_lineno, frame.tb_frame
    elif isframe(frame):
        at, line = frame.f_lasti, frame.f_lineno
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    found = (None, None, None, None)
    if at >= 0:
        found = next(_itertools.islice(frame.f_code.co_positions(), at // 2, None), found)
    positions = Positions(line if found[0] is None else found[0], *found[1:])
    line = positions.lineno
    lines = index = None
    if context > 0:
        try:
            lines, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(line - 1 - context // 2, len(lines) - context))
            lines = lines[start : start + context]
            index = line - 1 - start
    name = getsourcefile(frame) or getfile(frame)
    return Traceback(name, line, frame.f_code.co_name, lines, index, positions=positions)


def getlineno(frame):
    """The line that a frame is at."""
    return frame.f_lineno


def _record(frame, where, context):
    info = getframeinfo(where, context)
    return FrameInfo(frame, *info, positions=info.positions)


def getouterframes(frame, context=1):
    """Records of a frame and of those that called it."""
    records = []
    while frame:
        records.append(_record(frame, frame, context))
        frame = frame.f_back
    return records


def getinnerframes(tb, context=1):
    """Records of the frames of a traceback, outermost first."""
    records = []
    while tb:
        records.append(_record(tb.tb_frame, tb, context))
        tb = tb.tb_next
    return records


def currentframe():
    """The frame of the caller."""
    return _sys._getframe(1)


def stack(context=1):
    """Records of the running frames, that of the caller first."""
    return getouterframes(_sys._getframe(1), context)


def trace(context=1):
    """Records of the frames between the current one and the one that raised the exception being handled."""
    return getinnerframes(_sys.exc_info()[2], context)


GEN_CREATED = "GEN_CREATED"
GEN_RUNNING = "GEN_RUNNING"
GEN_SUSPENDED = "GEN_SUSPENDED"
GEN_CLOSED = "GEN_CLOSED"

CORO_CREATED = "CORO_CREATED"
CORO_RUNNING = "CORO_RUNNING"
CORO_SUSPENDED = "CORO_SUSPENDED"
CORO_CLOSED = "CORO_CLOSED"


def _state(running, suspended, frame):
    if running:
        return "RUNNING"
    if suspended:
        return "SUSPENDED"
    return "CLOSED" if frame is None else "CREATED"


def getgeneratorstate(generator):
    """Whether a generator is new, running, suspended or closed: one of the names `GEN_...`."""
    return "GEN_" + _state(generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getgeneratorlocals(generator):
    """The locals of a generator, or an empty dictionary if it has ended."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    frame = getattr(generator, "gi_frame", None)
    return {} if frame is None else frame.f_locals


def getcoroutinestate(coroutine):
    """Whether a coroutine is new, running, suspended or closed: one of the names `CORO_...`."""
    return "CORO_" + _state(coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)


def getcoroutinelocals(coroutine):
    """The locals of a coroutine, or an empty dictionary if it has ended."""
    frame = getattr(coroutine, "cr_frame", None)
    return {} if frame is None else frame.f_locals
