"""A prompt for commands, each of them a method."""

import string
import sys

__all__ = ["Cmd"]

PROMPT = "(Cmd) "
IDENTCHARS = string.ascii_letters + string.digits + "_"


class Cmd:
    """Reads lines and calls for each the method `do_` and its first word, until one returns something true."""

    prompt = PROMPT
    identchars = IDENTCHARS
    ruler = "="
    lastcmd = ""
    intro = None
    doc_leader = ""
    doc_header = "Documented commands (type help <topic>):"
    misc_header = "Miscellaneous help topics:"
    undoc_header = "Undocumented commands:"
    nohelp = "*** No help on %s"
    use_rawinput = 1

    def __init__(self, completekey="tab", stdin=None, stdout=None):
        self.stdin = sys.stdin if stdin is None else stdin
        self.stdout = sys.stdout if stdout is None else stdout
        # Lines that are taken before any is read.
        self.cmdqueue = []
        self.completekey = completekey

    def _say(self, text):
        self.stdout.write(f"{text}\n")

    # The loop.

    def cmdloop(self, intro=None):
        """Reads and does commands until one ends the loop."""
        self.preloop()
        readline = self._readline()
        if readline:
            self.old_completer = readline.get_completer()
            readline.set_completer(self.complete)
            readline.parse_and_bind(f"{self.completekey}: complete")
        try:
            if intro is not None:
                self.intro = intro
            if self.intro:
                self._say(self.intro)
            stop = None
            while not stop:
                line = self.precmd(self.cmdqueue.pop(0) if self.cmdqueue else self._read_line())
                stop = self.postcmd(self.onecmd(line), line)
            self.postloop()
        finally:
            if readline:
                readline.set_completer(self.old_completer)

    def _readline(self):
        """The module that completes words at the prompt, if there is one."""
        if not self.use_rawinput or not self.completekey:
            return None
        try:
            import readline
        except ImportError:
            return None
        return readline

    def _read_line(self):
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return "EOF"
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip("\r\n") if line else "EOF"

    def precmd(self, line):
        """What is done with a line before its command; to be overridden."""
        return line

    def postcmd(self, stop, line):
        """What is done after a command; the result says whether to end the loop."""
        return stop

    def preloop(self):
        """What is done before the loop."""

    def postloop(self):
        """What is done after the loop."""

    # Commands.

    def parseline(self, line):
        """The command of a line, its argument, and the line with `?` and `!` spelled out."""
        line = line.strip()
        if line.startswith("?"):
            line = f"help {line[1:]}"
        elif line.startswith("!"):
            if not hasattr(self, "do_shell"):
                return None, None, line
            line = f"shell {line[1:]}"
        elif not line:
            return None, None, line
        end = next((i for i, char in enumerate(line) if char not in self.identchars), len(line))
        return line[:end], line[end:].strip(), line

    def onecmd(self, line):
        """Does a command; whether to end the loop."""
        command, argument, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if command is None:
            return self.default(line)
        self.lastcmd = "" if line == "EOF" else line
        method = getattr(self, f"do_{command}", None) if command else None
        return self.default(line) if method is None else method(argument)

    def emptyline(self):
        """What an empty line does: the last command again."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    def default(self, line):
        """What an unknown command does."""
        self._say(f"*** Unknown syntax: {line}")

    # Completion.

    def completedefault(self, *ignored):
        """The completions of an argument, unless there is a method for the command."""
        return []

    def completenames(self, text, *ignored):
        """The completions of a command."""
        return [name[3:] for name in self.get_names() if name.startswith(f"do_{text}")]

    def complete(self, text, state):
        """The completions of a word, one after the other."""
        if state == 0:
            import readline

            whole = readline.get_line_buffer()
            line = whole.lstrip()
            stripped = len(whole) - len(line)
            begin, end = readline.get_begidx() - stripped, readline.get_endidx() - stripped
            complete = self.completenames
            if begin > 0:
                command = self.parseline(line)[0]
                complete = getattr(self, f"complete_{command}", self.completedefault) if command else self.completedefault
            self.completion_matches = complete(text, line, begin, end)
        try:
            return self.completion_matches[state]
        except IndexError:
            return None

    def get_names(self):
        """The attributes among which commands are looked for."""
        return dir(type(self))

    def complete_help(self, *args):
        """The completions of the argument of `help`."""
        topics = {name[5:] for name in self.get_names() if name.startswith(f"help_{args[0]}")}
        return list(topics.union(self.completenames(*args)))

    # Help.

    def do_help(self, arg):
        'List available commands with "help" or detailed help with "help cmd".'
        if arg:
            self._help_on(arg)
            return
        names = sorted(set(self.get_names()))
        topics = {name[5:] for name in names if name.startswith("help_")}
        documented, undocumented = [], []
        for name in names:
            if name.startswith("do_"):
                command = name[3:]
                known = command in topics or getattr(self, name).__doc__
                (documented if known else undocumented).append(command)
                topics.discard(command)
        self._say(self.doc_leader)
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, undocumented, 15, 80)

    def _help_on(self, topic):
        helper = getattr(self, f"help_{topic}", None)
        if helper is not None:
            helper()
            return
        text = getattr(getattr(self, f"do_{topic}", None), "__doc__", None)
        self._say(text if text and hasattr(self, f"do_{topic}") else self.nohelp % (topic,))

    def print_topics(self, header, cmds, cmdlen, maxcol):
        """Writes a list with a heading."""
        if not cmds:
            return
        self._say(header)
        if self.ruler:
            self._say(self.ruler * len(header))
        self.columnize(cmds, maxcol - 1)
        self.stdout.write("\n")

    def columnize(self, list, displaywidth=80):
        """Writes strings in columns, as few lines as possible."""
        if not list:
            self._say("<empty>")
            return
        wrong = [str(i) for i, item in enumerate(list) if not isinstance(item, str)]
        if wrong:
            raise TypeError(f"list[i] not a string for i in {', '.join(wrong)}")
        rows = 1
        columns, widths = self._columns(list, rows)
        while rows < len(list) and sum(widths) + 2 * (len(widths) - 1) > displaywidth:
            rows += 1
            columns, widths = self._columns(list, rows)
        if rows == len(list):
            widths = [0]
        for row in range(rows):
            cells = [column[row].ljust(width) for column, width in zip(columns, widths) if row < len(column)]
            self._say("  ".join(cells))

    @staticmethod
    def _columns(items, rows):
        columns = [items[i : i + rows] for i in range(0, len(items), rows)]
        return columns, [max(map(len, column)) for column in columns]
