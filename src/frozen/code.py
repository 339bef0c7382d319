"""Prompts in programs."""

import sys
import traceback
from codeop import CommandCompiler, compile_command

__all__ = ["InteractiveInterpreter", "InteractiveConsole", "interact", "compile_command"]


class InteractiveInterpreter:
    """Runs what was typed, in a namespace; errors are written, not raised."""

    def __init__(self, locals=None):
        self.locals = {"__name__": "__console__", "__doc__": None} if locals is None else locals
        self.compile = CommandCompiler()

    def runsource(self, source, filename="<input>", symbol="single"):
        """Run a statement; whether more lines are needed first."""
        try:
            code = self.compile(source, filename, symbol)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename)
            return False
        if code is None:
            return True
        self.runcode(code)
        return False

    def runcode(self, code):
        """Run compiled code."""
        try:
            exec(code, self.locals)
        except SystemExit:
            raise
        except:
            self.showtraceback()

    def showsyntaxerror(self, filename=None):
        """Write the syntax error that is being handled."""
        kind, value, tb = sys.exc_info()
        if filename and kind is SyntaxError:
            try:
                message, (_, line, offset, text, *_) = value.args
            except ValueError:
                # Not as the compiler makes them.
                pass
            else:
                value = SyntaxError(message, (filename, line, offset, text))
        sys.last_type, sys.last_value, sys.last_traceback = kind, value, tb
        if sys.excepthook is sys.__excepthook__:
            self.write("".join(traceback.format_exception_only(kind, value)))
        else:
            sys.excepthook(kind, value, tb)

    def showtraceback(self):
        """Write the exception that is being handled, without our own frame."""
        kind, value, tb = sys.exc_info()
        sys.last_type, sys.last_value, sys.last_traceback = kind, value, tb
        try:
            if sys.excepthook is sys.__excepthook__:
                self.write("".join(traceback.format_exception(kind, value, tb.tb_next)))
            else:
                sys.excepthook(kind, value, tb)
        finally:
            value = tb = None

    def write(self, data):
        """Where errors go."""
        sys.stderr.write(data)


class InteractiveConsole(InteractiveInterpreter):
    """A prompt."""

    def __init__(self, locals=None, filename="<console>"):
        super().__init__(locals)
        self.filename = filename
        self.resetbuffer()

    def resetbuffer(self):
        """Forget the lines of the statement so far."""
        self.buffer = []

    def interact(self, banner=None, exitmsg=None):
        """Read and run statements until the input ends."""
        for name, text in (("ps1", ">>> "), ("ps2", "... ")):
            if not hasattr(sys, name):
                setattr(sys, name, text)
        name = type(self).__name__
        if banner is None:
            notice = 'Type "help", "copyright", "credits" or "license" for more information.'
            self.write(f"Python {sys.version} on {sys.platform}\n{notice}\n({name})\n")
        elif banner:
            self.write(f"{banner}\n")
        more = False
        while True:
            try:
                line = self.raw_input(sys.ps2 if more else sys.ps1)
                more = self.push(line)
            except EOFError:
                self.write("\n")
                break
            except KeyboardInterrupt:
                self.write("\nKeyboardInterrupt\n")
                self.resetbuffer()
                more = False
        if exitmsg is None:
            self.write(f"now exiting {name}...\n")
        elif exitmsg != "":
            self.write(f"{exitmsg}\n")

    def push(self, line):
        """Take a line without its end; whether more are needed."""
        self.buffer.append(line)
        more = self.runsource("\n".join(self.buffer), self.filename)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=""):
        """A line from the user."""
        return input(prompt)


def interact(banner=None, readfunc=None, local=None, exitmsg=None):
    """A prompt, whose lines may come from a function."""
    console = InteractiveConsole(local)
    if readfunc is not None:
        console.raw_input = readfunc
    console.interact(banner, exitmsg)


if __name__ == "__main__":
    interact("" if sys.flags.quiet or "-q" in sys.argv[1:] else None)
