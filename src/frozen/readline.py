"""The history of lines, and the settings of completion.

Lines are edited by the terminal itself, so nothing is completed and no key is bound; the history is kept, read and
written as the library of that name does it.
"""

import os

__all__ = [
    "add_history", "append_history_file", "clear_history", "get_begidx", "get_completer", "get_completer_delims",
    "get_completion_type", "get_current_history_length", "get_endidx", "get_history_item", "get_history_length",
    "get_line_buffer", "insert_text", "parse_and_bind", "read_history_file", "read_init_file", "redisplay",
    "remove_history_item", "replace_history_item", "set_auto_history", "set_completer", "set_completer_delims",
    "set_completion_display_matches_hook", "set_history_length", "set_pre_input_hook", "set_startup_hook",
    "write_history_file",
]

_history = []
# How many lines a written file keeps; all if it is negative.
_length = -1
_completer = None
_delims = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?"


def _file(name):
    return os.path.expanduser("~/.history") if name is None else name


def _hook(function):
    if function is not None and not callable(function):
        raise TypeError("set_hook(func): argument not callable")


# The history.


def add_history(string, /):
    """Append a line."""
    if not isinstance(string, str):
        raise TypeError(f"add_history() argument must be str, not {type(string).__name__}")
    _history.append(string)


def clear_history():
    """Forget all lines."""
    _history.clear()


def get_current_history_length():
    """How many lines there are."""
    return len(_history)


def get_history_item(index, /):
    """A line, counted from 1; None if there is no such one."""
    return _history[index - 1] if 1 <= index <= len(_history) else None


def _position(pos):
    if pos < 0:
        raise ValueError("History index cannot be negative")
    if pos >= len(_history):
        raise ValueError(f"No history item at position {pos}")
    return pos


def remove_history_item(pos, /):
    """Forget a line, counted from 0."""
    del _history[_position(pos)]


def replace_history_item(pos, line, /):
    """Put another line in the place of one, counted from 0."""
    _history[_position(pos)] = line


def set_auto_history(enabled, /):
    """Whether lines that are read join the history: they never do."""


def get_history_length():
    """How many lines are written to a file at most."""
    return _length


def set_history_length(length, /):
    """Set how many lines are written to a file at most; a negative number is no limit."""
    global _length
    _length = int(length)


def read_history_file(filename=None, /):
    """Append the lines of a file."""
    with open(_file(filename), encoding="utf-8", errors="surrogateescape") as lines:
        _history.extend([line.removesuffix("\n") for line in lines])


def write_history_file(filename=None, /):
    """Write all lines to a file."""
    kept = _history if _length < 0 else _history[max(len(_history) - _length, 0):]
    with open(_file(filename), "w", encoding="utf-8", errors="surrogateescape") as out:
        out.writelines([line + "\n" for line in kept])


def append_history_file(nelements, filename=None, /):
    """Append the last lines to a file that exists."""
    fd = os.open(_file(filename), os.O_WRONLY | os.O_APPEND)
    with open(fd, "w", encoding="utf-8", errors="surrogateescape") as out:
        out.writelines([line + "\n" for line in _history[max(len(_history) - nelements, 0):]])


# Completion.


def set_completer(function=None, /):
    """Set the function that completes words."""
    global _completer
    if function is not None and not callable(function):
        raise TypeError("set_completer(func): argument not callable")
    _completer = function


def get_completer():
    """The function that completes words."""
    return _completer


def set_completer_delims(string, /):
    """Set the characters between words."""
    global _delims
    _delims = string


def get_completer_delims():
    """The characters between words."""
    return _delims


def set_completion_display_matches_hook(function=None, /):
    """For a function that shows completions: there are none."""
    _hook(function)


def get_completion_type():
    """0: nothing is being completed."""
    return 0


def get_begidx():
    """Where the word begins that is being completed."""
    return 0


def get_endidx():
    """Where it ends."""
    return 0


# The line and its keys.


def parse_and_bind(string, /):
    """Accepts a line of an init file, which binds no key."""


def read_init_file(filename=None, /):
    """Accepts an init file, which binds no key; OSError if there is none."""
    open(os.path.expanduser("~/.inputrc") if filename is None else filename).close()


def get_line_buffer():
    """The line that is being edited."""
    return ""


def insert_text(string, /):
    """For the line that is being edited: there is none."""


def redisplay():
    """For the line that is being edited: there is none."""


def set_startup_hook(function=None, /):
    """For a function that is called before the prompt is shown."""
    _hook(function)


def set_pre_input_hook(function=None, /):
    """For a function that is called after the prompt is shown."""
    _hook(function)
