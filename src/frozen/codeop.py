"""Compiling what is typed at a prompt: is it a whole statement yet?"""

import __future__
import warnings

__all__ = ["compile_command", "Compile", "CommandCompiler"]

# A block does not end where the text ends; text that only lacks its end is an error of its own.
PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
_LAX = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT


def _is_blank(source):
    """Whether there is nothing but white space and comments."""
    return all(not line.strip() or line.strip().startswith("#") for line in source.split("\n"))


def _maybe_compile(compiler, source, filename, symbol):
    """The code, or None if more is needed."""
    if symbol != "eval" and _is_blank(source):
        source = "pass"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (SyntaxWarning, DeprecationWarning))
        try:
            compiler(source, filename, symbol)
        except SyntaxError:
            # Would another line help?
            try:
                compiler(source + "\n", filename, symbol)
                return None
            except SyntaxError as e:
                if "incomplete input" in str(e):
                    return None
    return compiler(source, filename, symbol, incomplete_input=False)


def _compile(source, filename, symbol, incomplete_input=True):
    return compile(source, filename, symbol, _LAX if incomplete_input else 0)


def compile_command(source, filename="<input>", symbol="single"):
    """Compile a statement: the code, None if it is not complete, SyntaxError if it can never be."""
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """Like compile(), but remembers which features of __future__ were asked for."""

    def __init__(self):
        self.flags = _LAX

    def __call__(self, source, filename, symbol, **kwargs):
        flags = self.flags if kwargs.get("incomplete_input", True) else self.flags & ~_LAX
        code = compile(source, filename, symbol, flags, True)
        for name in __future__.all_feature_names:
            self.flags |= code.co_flags & getattr(__future__, name).compiler_flag
        return code


class CommandCompiler:
    """Like compile_command(), but remembers which features of __future__ were asked for."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _maybe_compile(self.compiler, source, filename, symbol)
