"""Words of a command line as a shell sees them: white space separates, quotes and backslashes join."""

import os
import re
import sys
from collections import deque
from io import StringIO

__all__ = ["shlex", "split", "quote", "join"]

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_LATIN = "".join(chr(code) for code in range(0xC0, 0x100) if code not in (0xD7, 0xF7))
_safe = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


class shlex:
    """An iterator over the tokens of a stream or a text; its attributes say what the characters mean.

    `state` is a space between tokens, `a` in a word, `c` in a run of punctuation, the quote within quotes, the escape
    behind one, and None behind the end.
    """

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            self.instream, self.infile = sys.stdin, None
        else:
            self.instream = StringIO(instream) if isinstance(instream, str) else instream
            self.infile = infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = _LETTERS + (_LATIN if posix else "")
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.state = " "
        self.pushback = deque()
        self.lineno = 1
        self.debug = 0
        self.token = ""
        self.filestack = deque()
        self.source = None
        self._pushback_chars = deque()
        if punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self._punctuation_chars = punctuation_chars or ""
        if punctuation_chars:
            self.wordchars += "~-./*?="
            self.wordchars = "".join([char for char in self.wordchars if char not in punctuation_chars])

    @property
    def punctuation_chars(self):
        """The characters whose runs are tokens."""
        return self._punctuation_chars

    def _tell(self, *words):
        if self.debug:
            print("shlex:", *words)

    # Tokens and streams to come.

    def push_token(self, tok):
        """Makes a token the next one."""
        self._tell("pushing token", repr(tok))
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        """Reads from another stream until its end."""
        if isinstance(newstream, str):
            newstream = StringIO(newstream)
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile, self.instream, self.lineno = newfile, newstream, 1
        self._tell("pushing to", f"file {newfile}" if newfile is not None else f"stream {newstream}")

    def pop_source(self):
        """Goes on with the stream before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        self._tell(f"popping to {self.instream}, line {self.lineno}")
        self.state = " "

    def sourcehook(self, newfile):
        """The name and the stream of a file that is to be read in place of its name."""
        if newfile[0] == '"':
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not os.path.isabs(newfile):
            newfile = os.path.join(os.path.dirname(self.infile), newfile)
        return newfile, open(newfile, "r")

    def get_token(self):
        """The next token; `eof` at the end."""
        if self.pushback:
            token = self.pushback.popleft()
            self._tell("popping token", repr(token))
            return token
        token = self.read_token()
        while self.source is not None and token == self.source:
            found = self.sourcehook(self.read_token())
            if found:
                name, stream = found
                self.push_source(stream, name)
            token = self.get_token()
        while token == self.eof:
            if not self.filestack:
                return self.eof
            self.pop_source()
            token = self.get_token()
        self._tell(f"token={token!r}")
        return token

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token

    def error_leader(self, infile=None, lineno=None):
        """The beginning of a message about a place."""
        infile = self.infile if infile is None else infile
        return f'"{infile}", line {self.lineno if lineno is None else lineno}: '

    # Characters.

    def read_token(self):
        """The next token of the stream."""
        self._quoted = False
        self._behind_escape = " "
        done = False
        while not done:
            char = self._pushback_chars.pop() if self._pushback_chars else self.instream.read(1)
            if char == "\n":
                self.lineno += 1
            if self.state is None:
                self.token = ""
                break
            if self.state == " ":
                done = self._between(char)
            elif self.state in self.quotes:
                done = self._within_quotes(char)
            elif self.state in self.escape:
                done = self._escaped(char)
            else:
                done = self._within_word(char)
        token, self.token = self.token, ""
        return None if self.posix and not self._quoted and not token else token

    def _has_token(self):
        return bool(self.token or self.posix and self._quoted)

    def _begin(self, char, state):
        self.token, self.state = char, state

    def _between(self, char):
        """Takes a character between tokens; whether there is a token now."""
        if not char:
            self.state = None
            return True
        if char in self.whitespace:
            return self._has_token()
        if char in self.commenters:
            self._skip_line()
        elif self.posix and char in self.escape:
            self._behind_escape, self.state = "a", char
        elif char in self.wordchars:
            self._begin(char, "a")
        elif char in self.punctuation_chars:
            self._begin(char, "c")
        elif char in self.quotes:
            self._begin("" if self.posix else char, char)
        elif self.whitespace_split:
            self._begin(char, "a")
        else:
            self.token = char
            return True
        return False

    def _skip_line(self):
        self.instream.readline()
        self.lineno += 1

    def _within_quotes(self, char):
        self._quoted = True
        if not char:
            raise ValueError("No closing quotation")
        if char == self.state:
            if self.posix:
                self.state = "a"
                return False
            self.token += char
            self.state = " "
            return True
        if self.posix and char in self.escape and self.state in self.escapedquotes:
            self._behind_escape, self.state = self.state, char
        else:
            self.token += char
        return False

    def _escaped(self, char):
        if not char:
            raise ValueError("No escaped character")
        # Within quotes, only the quote and the escape can be escaped.
        if self._behind_escape in self.quotes and char not in (self.state, self._behind_escape):
            self.token += self.state
        self.token += char
        self.state = self._behind_escape
        return False

    def _within_word(self, char):
        if not char:
            self.state = None
            return True
        if char in self.whitespace:
            self.state = " "
            return self._has_token()
        if char in self.commenters:
            self._skip_line()
            if self.posix:
                self.state = " "
                return self._has_token()
        elif self.state == "c":
            if char in self.punctuation_chars:
                self.token += char
                return False
            self._pushback_chars.append(char)
            self.state = " "
            return True
        elif self.posix and char in self.quotes:
            self.state = char
        elif self.posix and char in self.escape:
            self._behind_escape, self.state = "a", char
        elif (
            char in self.wordchars or char in self.quotes
            or self.whitespace_split and char not in self.punctuation_chars
        ):
            self.token += char
        else:
            if self.punctuation_chars:
                self._pushback_chars.append(char)
            else:
                self.pushback.appendleft(char)
            self.state = " "
            return self._has_token()
        return False


def split(s, comments=False, posix=True):
    """The words of a command line."""
    if s is None:
        import warnings

        text = "Passing None for 's' to shlex.split() is deprecated."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ""
    return list(lexer)


def join(split_command):
    """A command line of words."""
    return " ".join(map(quote, split_command))


def quote(s):
    """A word as it must be written in a command line."""
    if not s:
        return "''"
    return s if _safe.fullmatch(s) else "'" + s.replace("'", "'\"'\"'") + "'"
