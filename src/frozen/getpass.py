"""Asking for passwords, and the name of the user."""

import io
import os
import sys
import warnings

__all__ = ["getpass", "getuser", "GetPassWarning"]


class GetPassWarning(UserWarning):
    """The password may be seen."""


def getpass(prompt="Password: ", stream=None):
    """Ask for a password on the terminal, without showing what is typed."""
    try:
        import termios
    except ImportError:
        return fallback_getpass(prompt, stream)
    try:
        fd = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
        terminal = io.open(fd, "r+", encoding="utf-8")
        source = terminal
        stream = stream or terminal
    except OSError:
        try:
            fd = sys.stdin.fileno()
        except (AttributeError, ValueError):
            return fallback_getpass(prompt, stream)
        source = sys.stdin
        stream = stream or sys.stderr
    try:
        before = termios.tcgetattr(fd)
        silent = before[:]
        silent[3] &= ~termios.ECHO
        try:
            termios.tcsetattr(fd, termios.TCSAFLUSH, silent)
            return _raw_input(prompt, stream, input=source)
        finally:
            termios.tcsetattr(fd, termios.TCSAFLUSH, before)
            stream.write("\n")
            stream.flush()
    except termios.error:
        return fallback_getpass(prompt, stream)


def fallback_getpass(prompt="Password: ", stream=None):
    """Ask where what is typed is seen."""
    warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
    stream = stream or sys.stderr
    print("Warning: Password input may be echoed.", file=stream)
    return _raw_input(prompt, stream)


def _raw_input(prompt="", stream=None, input=None):
    stream, input = stream or sys.stderr, input or sys.stdin
    if prompt := str(prompt):
        stream.write(prompt)
        stream.flush()
    line = input.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


def getuser():
    """The name of the user, from the environment or the system."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if user := os.environ.get(name):
            return user
    import pwd

    return pwd.getpwuid(os.getuid())[0]
