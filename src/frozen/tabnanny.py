"""Finds source whose indentation means something else if tabs are wider or narrower."""
import getopt
import os
import sys
import tokenize

__all__ = ["check", "NannyNag", "process_tokens"]

verbose = 0
filename_only = 0


class NannyNag(Exception):
    """A line whose indentation is not clear."""

    def __init__(self, lineno, msg, line):
        self.lineno, self.msg, self.line = lineno, msg, line

    def get_lineno(self):
        """Its number."""
        return self.lineno

    def get_msg(self):
        """What is wrong."""
        return self.msg

    def get_line(self):
        """The line."""
        return self.line


def errprint(*args):
    """Prints to standard error."""
    print(*args, sep=" ", file=sys.stderr)


def check(file):
    """Checks a file, or the files of a folder."""
    if os.path.isdir(file) and not os.path.islink(file):
        if verbose:
            print("%r: listing directory" % (file,))
        for name in os.listdir(file):
            full = os.path.join(file, name)
            if os.path.isdir(full) and not os.path.islink(full) or os.path.normcase(name[-3:]) == ".py":
                check(full)
        return
    try:
        f = tokenize.open(file)
    except OSError as error:
        errprint("%r: I/O Error: %s" % (file, error))
        return
    if verbose > 1:
        print("checking %r ..." % file)
    with f:
        try:
            process_tokens(tokenize.generate_tokens(f.readline))
        except tokenize.TokenError as error:
            errprint("%r: Token Error: %s" % (file, error))
            return
        except IndentationError as error:
            errprint("%r: Indentation Error: %s" % (file, error))
            return
        except NannyNag as nag:
            if verbose:
                print("%r: *** Line %d: trouble in tab city! ***" % (file, nag.get_lineno()))
                print("offending line: %r" % (nag.get_line(),))
                print(nag.get_msg())
            else:
                if " " in file:
                    file = '"' + file + '"'
                print(file) if filename_only else print(file, nag.get_lineno(), repr(nag.get_line()))
            return
    if verbose:
        print("%r: Clean bill of health." % (file,))


class Whitespace:
    """The indentation of a line, and how wide it is for tabs of any size."""

    def __init__(self, ws):
        self.raw = ws
        # How often so many spaces stand before a tab, and how many at the end.
        self.runs, spaces, self.nt, self.n = {}, 0, 0, 0
        for char in ws:
            if char == " ":
                spaces += 1
                self.n += 1
            elif char == "\t":
                self.runs[spaces] = self.runs.get(spaces, 0) + 1
                self.n += 1
                self.nt += 1
                spaces = 0
            else:
                break
        self.trailing = spaces

    def indent_level(self, tabsize):
        """How wide it is."""
        tabs = sum((before // tabsize + 1) * times for before, times in self.runs.items())
        return self.trailing + tabs * tabsize

    def _longest_run(self):
        return max([self.trailing, *self.runs])

    def _sizes(self, other):
        return range(1, max(self._longest_run(), other._longest_run()) + 2)

    def equal(self, other):
        """Whether both are equally wide whatever the tabs are."""
        return self.runs == other.runs and self.trailing == other.trailing

    def less(self, other):
        """Whether it is narrower whatever the tabs are."""
        return all(self.indent_level(size) < other.indent_level(size) for size in self._sizes(other))

    def not_equal_witness(self, other):
        """The sizes of tabs for which they are not equal, with both widths."""
        return [(size, self.indent_level(size), other.indent_level(size)) for size in self._sizes(other)
                if self.indent_level(size) != other.indent_level(size)]

    def not_less_witness(self, other):
        """The sizes of tabs for which it is not narrower, with both widths."""
        return [(size, self.indent_level(size), other.indent_level(size)) for size in self._sizes(other)
                if self.indent_level(size) >= other.indent_level(size)]


def format_witnesses(w):
    """The sizes of tabs as text."""
    sizes = ", ".join(str(size) for size, *_ in w)
    return f"at tab size{'s' if len(w) > 1 else ''} {sizes}"


def process_tokens(tokens):
    """Checks tokens; raises NannyNag."""
    indents = [Whitespace("")]
    check_equal = False
    for kind, token, start, _, line in tokens:
        if kind == tokenize.NEWLINE:
            check_equal = True
        elif kind == tokenize.INDENT:
            check_equal = False
            this = Whitespace(token)
            if not indents[-1].less(this):
                witness = indents[-1].not_less_witness(this)
                raise NannyNag(start[0], "indent not greater e.g. " + format_witnesses(witness), line)
            indents.append(this)
        elif kind == tokenize.DEDENT:
            check_equal = True
            del indents[-1]
        elif check_equal and kind not in (tokenize.COMMENT, tokenize.NL):
            check_equal = False
            this = Whitespace(line)
            if not indents[-1].equal(this):
                witness = indents[-1].not_equal_witness(this)
                raise NannyNag(start[0], "indent not equal e.g. " + format_witnesses(witness), line)


def main():
    """The command line."""
    global verbose, filename_only
    try:
        opts, args = getopt.getopt(sys.argv[1:], "qv")
    except getopt.error as error:
        errprint(error)
        return
    for option, _ in opts:
        if option == "-q":
            filename_only += 1
        if option == "-v":
            verbose += 1
    if not args:
        errprint("Usage:", sys.argv[0], "[-v] file_or_directory ...")
        return
    for name in args:
        check(name)


if __name__ == "__main__":
    main()
