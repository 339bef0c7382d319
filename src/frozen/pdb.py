"""The debugger: stops a program at breakpoints or step by step, and takes commands there.

`breakpoint()` and `set_trace` start it where they stand, `run` and its relatives run something under it, and
`post_mortem` looks at where an exception was raised. `python -m pdb` runs a script.
"""
import bdb
import cmd
import io
import linecache
import os
import sys
import tokenize
import traceback
from _pdb_commands import Commands

__all__ = ["run", "pm", "Pdb", "runeval", "runctx", "runcall", "set_trace", "post_mortem", "help"]


class Restart(Exception):
    """The script is to start again."""


class Pdb(Commands, bdb.Bdb, cmd.Cmd):
    """The debugger."""

    _previous_sigint_handler = None
    commands_resuming = [
        "do_continue", "do_step", "do_next", "do_return", "do_quit", "do_jump",
    ]

    def __init__(self, completekey="tab", stdin=None, stdout=None, skip=None, nosigint=False, readrc=True):
        bdb.Bdb.__init__(self, skip=skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        if stdout:
            self.use_rawinput = 0
        self.prompt = "(Pdb) "
        self.aliases = {}
        self.displaying = {}
        self.mainpyfile = ""
        self._wait_for_mainpyfile = False
        self.tb_lineno = {}
        self.nosigint = nosigint
        # What is run at each breakpoint, by number, and for which the lines come in.
        self.commands = {}
        self.commands_doprompt = {}
        self.commands_silent = {}
        self.commands_defining = False
        self.commands_bnum = None
        self.rcLines = self._read_rc() if readrc else []
        self.curframe = None
        self.stack, self.curindex, self.lineno = [], 0, None

    @staticmethod
    def _read_rc():
        lines = []
        for name in os.path.expanduser("~/.pdbrc"), ".pdbrc":
            try:
                with open(name, encoding="utf-8") as file:
                    lines.extend(file)
            except OSError:
                pass
        return lines

    def _breakpoints(self):
        return [bp for bp in bdb.Breakpoint.bpbynumber if bp]

    # Where it is.

    def reset(self):
        """Forgets where it is."""
        bdb.Bdb.reset(self)
        self.forget()

    def forget(self):
        """Forgets the stack."""
        self.lineno = None
        self.stack = []
        self.curindex = 0
        self.curframe = None
        self.tb_lineno.clear()

    def setup(self, f, tb):
        """Makes `f` the current frame, or the one where a traceback ends."""
        self.forget()
        self.stack, self.curindex = self.get_stack(f, tb)
        while tb:
            self.tb_lineno[tb.tb_frame] = tb.tb_lineno
            tb = tb.tb_next
        self.curframe = self.stack[self.curindex][0]
        # The same dictionary as long as the program stands here: what is assigned stays.
        self.curframe_locals = self.curframe.f_locals
        lines, self.rcLines = self.rcLines, []
        for line in lines:
            line = line.strip()
            if line and not line.startswith("#") and self.onecmd(line):
                return True
        return None

    # The events.

    def user_call(self, frame, argument_list):
        """Stops at a call."""
        if self._wait_for_mainpyfile:
            return
        if self.stop_here(frame):
            self.message("--Call--")
            self.interaction(frame, None)

    def user_line(self, frame):
        """Stops at a line."""
        if self._wait_for_mainpyfile:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename) or frame.f_lineno <= 0:
                return
            self._wait_for_mainpyfile = False
        if self.bp_commands(frame):
            self.interaction(frame, None)

    def user_return(self, frame, return_value):
        """Stops before a return."""
        if self._wait_for_mainpyfile:
            return
        frame.f_locals["__return__"] = return_value
        self.message("--Return--")
        self.interaction(frame, None)

    def user_exception(self, frame, exc_info):
        """Stops at an exception."""
        if self._wait_for_mainpyfile:
            return
        kind, value, tb = exc_info
        frame.f_locals["__exception__"] = kind, value
        internal = "Internal " if not tb and kind is StopIteration else ""
        self.message(internal + traceback.format_exception_only(kind, value)[-1].strip())
        self.interaction(frame, tb)

    def bp_commands(self, frame):
        """Runs the commands of the breakpoint that was reached; whether to take others."""
        number = getattr(self, "currentbp", False)
        if not number or number not in self.commands:
            return True
        self.currentbp = 0
        lastcmd = self.lastcmd
        self.setup(frame, None)
        for line in self.commands[number]:
            self.onecmd(line)
        self.lastcmd = lastcmd
        if not self.commands_silent[number]:
            self.print_stack_entry(self.stack[self.curindex])
        if self.commands_doprompt[number]:
            self._cmdloop()
        self.forget()
        return False

    def interaction(self, frame, traceback):
        """Takes commands until one goes on."""
        if self.setup(frame, traceback):
            self.forget()
            return
        self.print_stack_entry(self.stack[self.curindex])
        self._cmdloop()
        self.forget()

    def _cmdloop(self):
        while True:
            try:
                self.cmdloop()
                return
            except KeyboardInterrupt:
                self.message("--KeyboardInterrupt--")

    def preloop(self):
        """Shows what has changed of what is displayed."""
        self._show_displayed()

    # Lines of commands.

    def displayhook(self, obj):
        """Shows the value of an expression, unless it is None, and keeps it nowhere."""
        if obj is not None:
            self.message(repr(obj))

    def default(self, line):
        """Runs a statement in the current frame."""
        line = line.removeprefix("!")
        stdout, stdin, hook = sys.stdout, sys.stdin, sys.displayhook
        try:
            statement = compile(line + "\n", "<stdin>", "single")
            sys.stdin, sys.stdout, sys.displayhook = self.stdin, self.stdout, self.displayhook
            try:
                exec(statement, self.curframe.f_globals, self.curframe_locals)
            finally:
                sys.stdin, sys.stdout, sys.displayhook = stdin, stdout, hook
        except:
            self._error_exc()

    def precmd(self, line):
        """Replaces aliases, and keeps what follows `;;` for later."""
        if not line.strip():
            return line
        words = line.split()
        while words[0] in self.aliases:
            line = self.aliases[words[0]]
            for number, word in enumerate(words[1:], 1):
                line = line.replace(f"%{number}", word)
            line = line.replace("%*", " ".join(words[1:]))
            words = line.split()
        if words[0] != "alias":
            first, separator, rest = line.partition(";;")
            if separator:
                self.cmdqueue.insert(0, rest.lstrip())
                line = first.rstrip()
        return line

    def onecmd(self, line):
        """Does a command, or takes a line of those of a breakpoint."""
        if self.commands_defining:
            return self.handle_command_def(line)
        return cmd.Cmd.onecmd(self, line)

    def handle_command_def(self, line):
        """Takes a line of the commands of a breakpoint; true when they end."""
        word, argument, line = self.parseline(line)
        if not word:
            return None
        if word == "silent":
            self.commands_silent[self.commands_bnum] = True
            return None
        if word == "end":
            return True
        self.commands[self.commands_bnum].append(f"{word} {argument}" if argument else word)
        method = getattr(self, "do_" + word, self.default)
        if method.__name__ in self.commands_resuming:
            self.commands_doprompt[self.commands_bnum] = False
            return True
        return None

    def do_commands(self, arg):
        """commands [bpnumber]
        Give a breakpoint commands, the last by default, which end with `end` or with one that goes on. `silent` among
        them keeps the place from being printed.
        """
        try:
            number = int(arg) if arg else len(bdb.Breakpoint.bpbynumber) - 1
        except ValueError:
            self.error("Usage: commands [bnum]\n        ...\n        end")
            return
        try:
            self.get_bpbynumber(number)
        except ValueError as error:
            self.error("cannot set commands: %s" % error)
            return
        self.commands_bnum = number
        names = self.commands, self.commands_doprompt, self.commands_silent
        before = [table.get(number) for table in names]
        self.commands[number], self.commands_doprompt[number], self.commands_silent[number] = [], True, False
        prompt, self.prompt = self.prompt, "(com) "
        self.commands_defining = True
        try:
            self.cmdloop()
        except KeyboardInterrupt:
            for table, value in zip(names, before):
                if value is None:
                    del table[number]
                else:
                    table[number] = value
            self.error("command definition aborted, old commands restored")
        finally:
            self.commands_defining = False
            self.prompt = prompt

    def do_alias(self, arg):
        """alias [name [command]]
        Let a name stand for a command, in which %1, %2 and %* are its arguments; show one or all aliases.
        """
        name, _, command = arg.strip().partition(" ")
        if not name:
            for alias in sorted(self.aliases):
                self.message("%s = %s" % (alias, self.aliases[alias]))
        elif command:
            self.aliases[name] = command.strip()
        elif name in self.aliases:
            self.message("%s = %s" % (name, self.aliases[name]))

    def do_unalias(self, arg):
        """unalias name
        Forget an alias.
        """
        words = arg.split()
        if words:
            self.aliases.pop(words[0], None)

    # Going on.

    def do_step(self, arg):
        """s(tep)
        Go on to the next line, also that of a function which is called.
        """
        self.set_step()
        return 1

    do_s = do_step

    def do_next(self, arg):
        """n(ext)
        Go on to the next line of this function, or to its return.
        """
        self.set_next(self.curframe)
        return 1

    do_n = do_next

    def do_return(self, arg):
        """r(eturn)
        Go on until this function returns.
        """
        self.set_return(self.curframe)
        return 1

    do_r = do_return

    def do_until(self, arg):
        """unt(il) [lineno]
        Go on to a later line than this one, or to the given one.
        """
        line = None
        if arg:
            try:
                line = int(arg)
            except ValueError:
                self.error("Error in argument: %r" % arg)
                return None
            if line <= self.curframe.f_lineno:
                self.error('"until" line number is smaller than current line number')
                return None
        self.set_until(self.curframe, line)
        return 1

    do_unt = do_until

    def do_continue(self, arg):
        """c(ont(inue))
        Go on to the next breakpoint.
        """
        if not self.nosigint:
            self._catch_interrupts()
        self.set_continue()
        return 1

    do_c = do_cont = do_continue

    def _catch_interrupts(self):
        import signal

        try:
            Pdb._previous_sigint_handler = signal.signal(signal.SIGINT, self.sigint_handler)
        except ValueError:
            # Not the main thread.
            pass

    def sigint_handler(self, signum, frame):
        """Ctrl-C while the program runs: stops there."""
        self.message("\nProgram interrupted. (Use 'cont' to resume).")
        self.set_step()
        self.set_trace(frame)

    def do_jump(self, arg):
        """j(ump) lineno
        Go on at another line of this function.
        """
        if self.curindex + 1 != len(self.stack):
            self.error("You can only jump within the bottom frame")
            return
        try:
            int(arg)
        except ValueError:
            self.error("The 'jump' command requires a line number")
            return
        self.error("Jump failed: the lines of a running function cannot be changed")

    do_j = do_jump

    def do_debug(self, arg):
        """debug code
        Step through a statement in a debugger of its own.
        """
        sys.settrace(None)
        inner = Pdb(self.completekey, self.stdin, self.stdout)
        inner.use_rawinput = self.use_rawinput
        inner.prompt = "(%s) " % self.prompt.strip()
        self.message("ENTERING RECURSIVE DEBUGGER")
        try:
            sys.call_tracing(inner.run, (arg, self.curframe.f_globals, self.curframe_locals))
        except Exception:
            self._error_exc()
        self.message("LEAVING RECURSIVE DEBUGGER")
        sys.settrace(self.trace_dispatch)
        self.lastcmd = inner.lastcmd

    def do_run(self, arg):
        """run [args...]
        Start the script again, with other arguments if any are given.
        """
        if arg:
            import shlex

            name = sys.argv[:1]
            try:
                sys.argv = shlex.split(arg)
            except ValueError as error:
                self.error("Cannot run %s: %s" % (arg, error))
                return
            sys.argv[:0] = name
        raise Restart

    do_restart = do_run

    def do_quit(self, arg):
        """q(uit) | exit
        End the program.
        """
        self._user_requested_quit = True
        self.set_quit()
        return 1

    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        """EOF
        The end of the input ends the program.
        """
        self.message("")
        return self.do_quit(arg)

    def do_help(self, arg):
        """h(elp) [command]
        List the commands, or tell what one does.
        """
        if not arg:
            cmd.Cmd.do_help(self, arg)
            return
        method = getattr(self, "do_" + arg, None)
        if method is None:
            self.error("No help for %r" % arg)
        else:
            lines = method.__doc__.strip().splitlines()
            self.message("\n".join([lines[0], *("        " + line.strip() for line in lines[1:])]))

    do_h = do_help

    def lookupmodule(self, filename):
        """The file that a name means, looked for along `sys.path`; None if there is none."""
        if os.path.isabs(filename) and os.path.exists(filename):
            return filename
        beside = os.path.join(sys.path[0], filename)
        if os.path.exists(beside) and self.canonic(beside) == self.mainpyfile:
            return beside
        if not os.path.splitext(filename)[1]:
            filename += ".py"
        if os.path.isabs(filename):
            return filename
        for folder in sys.path:
            full = os.path.join(folder, filename)
            if os.path.exists(full):
                return full
        return None

    def _runscript(self, filename):
        import __main__

        namespace = __main__.__dict__
        namespace.clear()
        namespace.update(__name__="__main__", __file__=filename, __builtins__=__builtins__)
        self._wait_for_mainpyfile = True
        self.mainpyfile = self.canonic(filename)
        self._user_requested_quit = False
        with io.open_code(filename) as file:
            program = compile(file.read(), self.mainpyfile, "exec")
        self.run(program, namespace, namespace)


def run(statement, globals=None, locals=None):
    """Runs a statement under the debugger."""
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    """Runs an expression under the debugger and returns its value."""
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    """The same as `run`."""
    run(statement, globals, locals)


def runcall(*args, **kwds):
    """Calls a function under the debugger and returns its result."""
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None):
    """Starts the debugger in the caller."""
    debugger = Pdb()
    if header is not None:
        debugger.message(header)
    debugger.set_trace(sys._getframe().f_back)


def post_mortem(t=None):
    """Looks at the frames of a traceback, by default of the exception that is handled."""
    if t is None:
        t = sys.exc_info()[2]
        if t is None:
            raise ValueError("A valid traceback must be passed if no exception is being handled")
    debugger = Pdb()
    debugger.reset()
    debugger.interaction(None, t)


def pm():
    """Looks at the frames of the last exception that nothing caught."""
    post_mortem(sys.last_traceback)


def help():
    """Tells about the module."""
    import pydoc

    pydoc.pager(__doc__)


_USAGE = """\
usage: pdb.py [-c command] ... [-m module | pyfile] [arg] ...

Debug the Python program given by pyfile or, after -m, by the name of a module. What -c gives is done first, as if it
stood in .pdbrc.
"""


def main():
    """The command line."""
    import getopt

    opts, args = getopt.getopt(sys.argv[1:], "mhc:", ["help", "command="])
    if not args or any(opt in ("-h", "--help") for opt, _ in opts):
        print(_USAGE)
        sys.exit(2 if not args else 0)
    script = args[0]
    if any(opt == "-m" for opt, _ in opts):
        import runpy

        script = runpy._get_module_details(script)[1].origin
    elif not os.path.exists(script):
        print("Error:", script, "does not exist")
        sys.exit(1)
    sys.argv[:] = args
    sys.path[0] = os.path.dirname(os.path.realpath(script))
    debugger = Pdb()
    debugger.rcLines.extend(value for opt, value in opts if opt in ("-c", "--command"))
    while True:
        try:
            debugger._runscript(script)
            if debugger._user_requested_quit:
                break
            print("The program finished and will be restarted")
        except Restart:
            print("Restarting", script, "with arguments:")
            print("\t" + " ".join(sys.argv[1:]))
        except SystemExit as error:
            print("The program exited via sys.exit(). Exit status:", error)
        except SyntaxError:
            traceback.print_exc()
            sys.exit(1)
        except BaseException as error:
            traceback.print_exc()
            print("Uncaught exception. Entering post mortem debugging")
            print("Running 'cont' or 'step' will restart the program")
            debugger.interaction(None, error.__traceback__)
            print("Post mortem debugger finished. The " + script + " will be restarted")


if __name__ == "__main__":
    # The script will be the module `__main__`: this one must not be lost with it.
    import pdb

    pdb.main()
