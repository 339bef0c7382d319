"""The text of an exception, kept apart from the exception itself."""

import sys as _sys
import traceback
from traceback import StackSummary, _safe, _walk_tb_positions

_GROUP_WIDTH, _GROUP_DEPTH = 15, 10


def _indented(texts, depth):
    """The lines of the texts behind a group's bar."""
    if not depth:
        yield from texts
        return
    margin = "  " * depth + "| "
    for text in texts:
        yield "".join(margin + line for line in text.splitlines(True))


class TracebackException:
    """What is needed to print an exception later."""

    def __init__(
        self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False,
        max_group_width=_GROUP_WIDTH, max_group_depth=_GROUP_DEPTH, _seen=None,
    ):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width, self.max_group_depth = max_group_width, max_group_depth
        self.stack = StackSummary._extract(
            _walk_tb_positions(exc_traceback), limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals
        )
        self.exc_type = exc_type
        self._str = _safe(exc_value, str)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        if exc_type is not None and issubclass(exc_type, SyntaxError):
            self.filename, self.text, self.msg = exc_value.filename, exc_value.text, exc_value.msg
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            self.end_lineno = None if exc_value.end_lineno is None else str(exc_value.end_lineno)
            self.offset, self.end_offset = exc_value.offset, exc_value.end_offset

        def part(other):
            if other is None or id(other) in seen:
                return None
            return TracebackException(
                type(other), other, other.__traceback__, limit=limit, lookup_lines=lookup_lines,
                capture_locals=capture_locals, max_group_width=max_group_width, max_group_depth=max_group_depth,
                _seen=seen,
            )

        self.__cause__ = part(getattr(exc_value, "__cause__", None))
        self.__suppress_context__ = getattr(exc_value, "__suppress_context__", False)
        shown = self.__cause__ is None and not self.__suppress_context__ or not compact
        self.__context__ = part(getattr(exc_value, "__context__", None)) if shown else None
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            self.exceptions = [
                TracebackException(
                    type(e), e, e.__traceback__, limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals,
                    max_group_width=max_group_width, max_group_depth=max_group_depth, _seen=seen,
                )
                for e in exc_value.exceptions
            ]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Of an exception with its own traceback."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None

    def __str__(self):
        return self._str

    def format_exception_only(self):
        """The lines of the exception itself: the message is the last one but for notes."""
        if self.exc_type is None:
            yield "NoneType: None\n"
            return
        name = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ("__main__", "builtins"):
            name = f"{module if isinstance(module, str) else '<unknown>'}.{name}"
        if issubclass(self.exc_type, SyntaxError):
            yield from self._syntax_error(name)
        else:
            yield f"{name}: {self._str}\n" if self._str else f"{name}\n"
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from (line + "\n" for line in _safe(note, str).split("\n"))
        elif notes is not None:
            yield f"{_safe(notes, repr)}\n"

    def _syntax_error(self, name):
        where = ""
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            where = f" ({self.filename})"
        if self.text is not None:
            text = self.text.rstrip("\n")
            line = text.lstrip(" \n\f")
            yield f"    {line}\n"
            if self.offset is not None:
                end = self.end_offset if self.end_offset not in (None, 0) else self.offset
                if self.offset == end or end == -1:
                    end = self.offset + 1
                start = self.offset - 1 - (len(text) - len(line))
                if start >= 0:
                    space = "".join(c if c.isspace() else " " for c in line[:start])
                    yield f"    {space}{'^' * (end - self.offset)}\n"
        yield f"{name}: {self.msg or '<no detail available>'}{where}\n"

    def format(self, *, chain=True):
        """The lines: what it came from first, then frames, then the message."""
        yield from self._format(chain, [0, False])

    def _format(self, chain, state):
        """`state`: how deep in groups, and whether a bar must be closed."""
        links = []
        exc = self
        while exc is not None:
            if chain and exc.__cause__ is not None:
                link, after = exc.__cause__, traceback._CAUSE
            elif chain and exc.__context__ is not None and not exc.__suppress_context__:
                link, after = exc.__context__, traceback._CONTEXT
            else:
                link = after = None
            links.append((exc, after))
            exc = link
        for exc, after in reversed(links):
            if after is not None:
                yield from _indented([after], state[0])
            if exc.exceptions is None:
                if exc.stack:
                    yield from _indented(["Traceback (most recent call last):\n"], state[0])
                    yield from _indented(exc.stack.format(), state[0])
                yield from _indented(exc.format_exception_only(), state[0])
            elif state[0] > self.max_group_depth:
                yield from _indented([f"... (max_group_depth is {self.max_group_depth})\n"], state[0])
            else:
                yield from exc._format_group(chain, state)

    def _format_group(self, chain, state):
        outermost = state[0] == 0
        if outermost:
            state[0] = 1
        if self.stack:
            lead = "  + " if outermost else "  " * state[0] + "| "
            yield f"{lead}Exception Group Traceback (most recent call last):\n"
            yield from _indented(self.stack.format(), state[0])
        yield from _indented(self.format_exception_only(), state[0])
        count = len(self.exceptions)
        shown = count if count <= self.max_group_width else self.max_group_width + 1
        state[1] = False
        for i in range(shown):
            last = i == shown - 1
            if last:
                state[1] = True
            title = str(i + 1) if i < self.max_group_width else "..."
            yield f"{'  ' * state[0]}{'+-' if i == 0 else '  '}+---------------- {title} ----------------\n"
            state[0] += 1
            if i < self.max_group_width:
                yield from self.exceptions[i]._format(chain, state)
            else:
                rest = count - self.max_group_width
                yield from _indented([f"and {rest} more exception{'s' if rest > 1 else ''}\n"], state[0])
            if last and state[1]:
                yield f"{'  ' * state[0]}+------------------------------------\n"
                state[1] = False
            state[0] -= 1
        if outermost:
            state[0] = 0

    def print(self, *, file=None, chain=True):
        """Print the lines, by default to standard error."""
        for line in self.format(chain=chain):
            print(line, file=_sys.stderr if file is None else file, end="")


TracebackException.__module__ = "traceback"
