"""Tracebacks and exceptions as text."""

import linecache
import sys as _sys
from _thread import format_exception as _render

__all__ = [
    "extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
    "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
    "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list",
]

# Identical lines after the third are only counted.
_REPEATS = 3
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_missing = object()


class FrameSummary:
    """One frame of a stack: where it is, and its line of source."""

    __slots__ = (
        "filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_line", "locals", "_positions",
        "_anchor",
    )

    def __init__(
        self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
        end_colno=None,
    ):
        self.filename, self.lineno, self.name = filename, lineno, name
        self._line = line
        self.end_lineno, self.colno, self.end_colno = end_lineno, colno, end_colno
        self._anchor = None
        self.locals = dict(zip(locals, map(repr, locals.values()))) if locals else None
        if lookup_line:
            self.line

    @property
    def line(self):
        """The source line without indentation; None if there is no line number."""
        line = self._original_line
        return None if line is None else line.strip()

    @property
    def _original_line(self):
        if self._line is None and self.lineno is not None:
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename, self.lineno, self.name, self.locals) == (
                other.filename, other.lineno, other.name, other.locals,
            )
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    __hash__ = None

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


def _safe(value, text):
    try:
        return text(value)
    except Exception:
        return f"<{'exception' if text is str else 'local'} {text.__name__}() failed>"


def walk_tb(tb):
    """The frames and line numbers of a traceback, outermost first."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    """The frames and line numbers from a frame outwards; by default from the caller of `StackSummary.extract`, which
    is four calls away."""
    if f is None:
        f = _sys._getframe()
        for _ in range(4):
            f = f.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def _positions(code, lasti):
    """(line, end line, column, end column) of an instruction, all None if they are not known."""
    positions = getattr(code, "co_positions", None)
    if positions is None or lasti < 0:
        return None, None, None, None
    for index, position in enumerate(positions()):
        if index == lasti // 2:
            return position
    return None, None, None, None


def _walk_tb_positions(tb):
    while tb is not None:
        code = tb.tb_frame.f_code
        anchor = code._anchor(tb.tb_lasti // 2) if hasattr(code, "_anchor") else None
        yield tb.tb_frame, (tb.tb_lineno, *_positions(code, tb.tb_lasti)[1:], anchor)
        tb = tb.tb_next


class StackSummary(list):
    """A list of FrameSummary."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """Made from (frame, line number) pairs; a negative limit keeps the last ones."""
        pairs = ((frame, (lineno, None, None, None, None)) for frame, lineno in frame_gen)
        return cls._extract(pairs, limit, lookup_lines, capture_locals)

    @classmethod
    def _extract(cls, frames, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(_sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        frames = list(frames)
        if limit is not None:
            frames = frames[:limit] if limit >= 0 else frames[limit:]
        result = cls()
        names = set()
        for frame, (lineno, end_lineno, colno, end_colno, anchor) in frames:
            code = frame.f_code
            names.add(code.co_filename)
            linecache.lazycache(code.co_filename, frame.f_globals)
            result.append(
                FrameSummary(
                    code.co_filename, lineno, code.co_name, lookup_line=False,
                    locals=frame.f_locals if capture_locals else None, end_lineno=end_lineno, colno=colno,
                    end_colno=end_colno,
                )
            )
            result[-1]._anchor = anchor
        for name in names:
            linecache.checkcache(name)
        if lookup_lines:
            for summary in result:
                summary.line
        return result

    @classmethod
    def from_list(cls, a_list):
        """Made from FrameSummary objects or (file, line number, name, line) tuples."""
        return cls(
            item if isinstance(item, FrameSummary) else FrameSummary(item[0], item[1], item[2], line=item[3])
            for item in a_list
        )

    def format_frame_summary(self, frame_summary):
        """The text of one frame."""
        row = [f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n']
        line = frame_summary.line
        if line:
            row.append(f"    {line}\n")
            row.append(_carets(frame_summary, line))
        if frame_summary.locals:
            row += [f"    {name} = {value}\n" for name, value in sorted(frame_summary.locals.items())]
        return "".join(row)

    def format(self):
        """A list of texts, one for each frame; repeated frames are counted."""
        result = []
        last, count = None, 0
        for summary in self:
            text = self.format_frame_summary(summary)
            if text is None:
                continue
            place = summary.filename, summary.lineno, summary.name
            if place != last:
                result += _repeated(count)
                last, count = place, 0
            count += 1
            if count <= _REPEATS:
                result.append(text)
        result += _repeated(count)
        return result


def _repeated(count):
    count -= _REPEATS
    if count <= 0:
        return []
    return [f"  [Previous line repeated {count} more time{'s' if count > 1 else ''}]\n"]


def _width(text, count):
    """The columns that the first characters of a text take on a terminal."""
    if text.isascii():
        return count
    from unicodedata import east_asian_width

    return count + sum([east_asian_width(c) in ("W", "F") for c in text[:count]])


def _carets(summary, line):
    """The line of carets under a source line; "" where they would mark all of it."""
    if summary.colno is None or summary.end_colno is None:
        return ""
    original = summary._original_line
    raw = original.encode()

    def characters(column):
        return len(raw[:column].decode(errors="replace"))

    start = characters(summary.colno)
    one_line = summary.end_lineno is None or summary.end_lineno == summary.lineno
    end = characters(summary.end_colno) if one_line else len(original.rstrip())
    indent = len(original) - len(original.lstrip())
    if summary._anchor and one_line:
        left, right = [_width(original, characters(column)) - indent for column in summary._anchor]
        start, end = _width(original, start) - indent, _width(original, end) - indent
        marks = "~" * (left - start) + "^" * (right - left) + "~" * (end - right)
    elif end - start >= len(line):
        return ""
    else:
        start, end = _width(original, start) - indent, _width(original, end) - indent
        marks = "^" * (end - start)
    return f"    {' ' * start}{marks}\n"


def _print_lines(lines, file):
    file = _sys.stderr if file is None else file
    for line in lines:
        print(line, file=file, end="")


def print_list(extracted_list, file=None):
    """Print what extract_tb or extract_stack gave."""
    _print_lines(StackSummary.from_list(extracted_list).format(), file)


def format_list(extracted_list):
    """The texts of what extract_tb or extract_stack gave."""
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Print the frames of a traceback."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The texts of a traceback's frames."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The StackSummary of a traceback."""
    return StackSummary._extract(_walk_tb_positions(tb), limit)


def _reversed_stack(f, limit):
    stack = StackSummary.extract(walk_stack(f), limit=None if limit is None else limit)
    stack.reverse()
    return stack


def extract_stack(f=None, limit=None):
    """The StackSummary of the stack, of the caller by default."""
    return _reversed_stack(_sys._getframe().f_back if f is None else f, limit)


def format_stack(f=None, limit=None):
    """The texts of the stack's frames."""
    return _reversed_stack(_sys._getframe().f_back if f is None else f, limit).format()


def print_stack(f=None, limit=None, file=None):
    """Print the stack, of the caller by default."""
    print_list(_reversed_stack(_sys._getframe().f_back if f is None else f, limit), file=file)


def _arguments(exc, value, tb):
    """The exception and its traceback, of the ways to say them."""
    if exc is _missing:
        raise TypeError("Either both or neither of value and tb must be given")
    if value is _missing and tb is _missing:
        if isinstance(exc, BaseException) or exc is None:
            return exc, getattr(exc, "__traceback__", None)
        raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
    if value is _missing or tb is _missing:
        raise ValueError("Both or neither of value and tb must be given")
    return value, tb


def _summary(value, tb, limit=None):
    from _traceback_exception import TracebackException

    return TracebackException(type(value), value, tb, limit=limit, compact=True)


def print_exception(exc, /, value=_missing, tb=_missing, limit=None, file=None, chain=True):
    """Print an exception with its traceback, and those that it came from."""
    value, tb = _arguments(exc, value, tb)
    if _is_plain(value, tb, limit, chain):
        _print_lines([_render(value)], file)
    else:
        _print_lines(_summary(value, tb, limit).format(chain=chain), file)


def _is_plain(value, tb, limit, chain):
    """Whether the interpreter prints it the same way by itself."""
    return (
        limit is None and chain and isinstance(value, BaseException) and value.__traceback__ is tb
        and not hasattr(_sys, "tracebacklimit") and not any(name.startswith("<") for name in linecache.cache)
    )


def format_exception(exc, /, value=_missing, tb=_missing, limit=None, chain=True):
    """The lines that print_exception prints."""
    value, tb = _arguments(exc, value, tb)
    return list(_summary(value, tb, limit).format(chain=chain))


def format_exception_only(exc, /, value=_missing):
    """The lines of an exception without its traceback."""
    if value is _missing:
        value = exc
    return list(_summary(value, None).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    value = _sys.exc_info()[1]
    print_exception(value, limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The text of the exception that is being handled."""
    value = _sys.exc_info()[1]
    tb = getattr(value, "__traceback__", None)
    if _is_plain(value, tb, limit, chain):
        return _render(value)
    return "".join(format_exception(value, limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the last exception that ended a command at the prompt."""
    if not hasattr(_sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(_sys.last_type, _sys.last_value, _sys.last_traceback, limit, file, chain)


def clear_frames(tb):
    """Forget the local variables of a traceback's frames that have ended."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


def __getattr__(name):
    if name == "TracebackException":
        from _traceback_exception import TracebackException

        return TracebackException
    raise AttributeError(f"module 'traceback' has no attribute {name!r}")
