"""Commands whose output is the input of others; deprecated."""
import os
import re
import tempfile
import warnings
from shlex import quote

warnings.warn("'pipes' is deprecated and slated for removal in Python 3.13", DeprecationWarning, stacklevel=2)

__all__ = ["Template"]

FILEIN_FILEOUT, STDIN_FILEOUT, FILEIN_STDOUT, STDIN_STDOUT = "ff", "-f", "f-", "--"
SOURCE, SINK = ".-", "-."
stepkinds = [FILEIN_FILEOUT, STDIN_FILEOUT, FILEIN_STDOUT, STDIN_STDOUT, SOURCE, SINK]


class Template:
    """Commands in a row, each with what it reads and writes: `-` the standard streams, `f` the files $IN and $OUT."""

    def __init__(self):
        self.debugging = 0
        self.reset()

    def __repr__(self):
        return "<Template instance, steps=%r>" % (self.steps,)

    def reset(self):
        """Forgets the commands."""
        self.steps = []

    def clone(self):
        """Another with the same commands."""
        other = Template()
        other.steps, other.debugging = self.steps[:], self.debugging
        return other

    def debug(self, flag):
        """Whether the commands are printed."""
        self.debugging = flag

    @staticmethod
    def _check(name, cmd, kind):
        if type(cmd) is not str:
            raise TypeError("Template.%s: cmd must be a string" % name)
        if kind not in stepkinds:
            raise ValueError("Template.%s: bad kind %r" % (name, kind))
        if kind[0] == "f" and not re.search(r"\$IN\b", cmd):
            raise ValueError("Template.%s: missing $IN in cmd" % name)
        if kind[1] == "f" and not re.search(r"\$OUT\b", cmd):
            raise ValueError("Template.%s: missing $OUT in cmd" % name)

    def append(self, cmd, kind):
        """Adds a command at the end."""
        if kind == SOURCE:
            raise ValueError("Template.append: SOURCE can only be prepended")
        self._check("append", cmd, kind)
        if self.steps and self.steps[-1][1] == SINK:
            raise ValueError("Template.append: already ends with SINK")
        self.steps.append((cmd, kind))

    def prepend(self, cmd, kind):
        """Adds a command at the beginning."""
        if kind == SINK:
            raise ValueError("Template.prepend: SINK can only be appended")
        self._check("prepend", cmd, kind)
        if self.steps and self.steps[0][1] == SOURCE:
            raise ValueError("Template.prepend: already begins with SOURCE")
        self.steps.insert(0, (cmd, kind))

    def open(self, file, rw):
        """A file that is read from the end of the row, or written to its beginning."""
        if rw == "r":
            return self.open_r(file)
        if rw == "w":
            return self.open_w(file)
        raise ValueError("Template.open: rw must be 'r' or 'w', not %r" % (rw,))

    def open_r(self, file):
        """A file that is read from the end of the row, which reads `file`."""
        if not self.steps:
            return open(file, "r")
        if self.steps[-1][1] == SINK:
            raise ValueError("Template.open_r: pipeline ends width SINK")
        return os.popen(self.makepipeline(file, ""), "r")

    def open_w(self, file):
        """A file that is written to the beginning of the row, which writes `file`."""
        if not self.steps:
            return open(file, "w")
        if self.steps[0][1] == SOURCE:
            raise ValueError("Template.open_w: pipeline begins with SOURCE")
        return os.popen(self.makepipeline("", file), "w")

    def copy(self, infile, outfile):
        """Runs the row from file to file; the status of the shell."""
        return os.system(self.makepipeline(infile, outfile))

    def makepipeline(self, infile, outfile):
        """The row as a command of the shell."""
        command = _pipeline(infile, self.steps, outfile)
        if self.debugging:
            print(command)
            command = "set -x; " + command
        return command


def _pipeline(infile, steps, outfile):
    rows = [["", cmd, kind, ""] for cmd, kind in steps] or [["", "cat", "--", ""]]
    if rows[0][2][0] == "f" and not infile:
        rows.insert(0, ["", "cat", "--", ""])
    rows[0][0] = infile
    if rows[-1][2][1] == "f" and not outfile:
        rows.append(["", "cat", "--", ""])
    rows[-1][3] = outfile
    garbage = []
    for before, after in zip(rows, rows[1:]):
        if before[2][1] == "f" or after[2][0] == "f":
            descriptor, name = tempfile.mkstemp()
            os.close(descriptor)
            garbage.append(name)
            before[3] = after[0] = name
    for row in rows:
        source, cmd, kind, target = row
        if kind[1] == "f":
            cmd = "OUT=" + quote(target) + "; " + cmd
        if kind[0] == "f":
            cmd = "IN=" + quote(source) + "; " + cmd
        if kind[0] == "-" and source:
            cmd = cmd + " <" + quote(source)
        if kind[1] == "-" and target:
            cmd = cmd + " >" + quote(target)
        row[1] = cmd
    text = rows[0][1]
    for row in rows[1:]:
        cmd, kind = row[1:3]
        if row[0] == "":
            if "f" in kind:
                cmd = "{ " + cmd + "; }"
            text += " |\n" + cmd
        else:
            text += "\n" + cmd
    if garbage:
        remove = "rm -f" + "".join(" " + quote(name) for name in garbage)
        text = "trap " + quote(remove + "; exit") + " 1 2 3 13 14 15\n" + text + "\n" + remove
    return text
