"""Wrapping paragraphs into lines, and changing their indentation.

A paragraph is cut into chunks between which a line may end: words, parts of words joined by hyphens, dashes and the
white space between them. Lines are then filled with as many chunks as fit.
"""

import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_SPACE = "\t\n\x0b\x0c\r "
_to_spaces = str.maketrans(_SPACE, " " * len(_SPACE))
_spaces = re.compile(f"([{_SPACE}]+)")
_LETTER = r"[^\d\W]"
# A dash of several hyphens between two words is a chunk of its own.
_dash = re.compile(r"""(?<=[\w!"'&.,?])(-{2,})(?=\w)""")
# A word may be divided behind a hyphen if it is enclosed by letters, two of them at least on the left.
_after_hyphen = re.compile(rf"(?:(?<={_LETTER}{_LETTER}-)|(?<={_LETTER}-{_LETTER}-))(?={_LETTER}-?{_LETTER})")
_sentence_end = re.compile(r"""[a-z][.!?]["']?\Z""")


class TextWrapper:
    """Wraps text as its attributes say, which are the arguments of the constructor."""

    def __init__(
        self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
        fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *,
        max_lines=None, placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text):
        """The lines of a paragraph, without line ends."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """A wrapped paragraph as one string."""
        return "\n".join(self.wrap(text))

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        return text.translate(_to_spaces) if self.replace_whitespace else text

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def _split(self, text):
        """The chunks of a text."""
        parts = [part for part in _spaces.split(text) if part]
        if self.break_on_hyphens is not True or "-" not in text:
            return parts
        chunks = []
        for part in parts:
            for piece in _dash.split(part) if "-" in part else [part]:
                chunks += _after_hyphen.split(piece) if "-" in piece else [piece]
        return [chunk for chunk in chunks if chunk]

    def _fix_sentence_endings(self, chunks):
        """Makes a single space behind the end of a sentence two."""
        at = 1
        while at < len(chunks):
            if chunks[at] == " " and _sentence_end.search(chunks[at - 1]):
                chunks[at] = "  "
                at += 1
            at += 1

    def _check(self):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")

    def _is_last(self, lines, rest):
        """Whether nothing that matters is left for lines after the next one."""
        if self.max_lines is None or len(lines) + 1 < self.max_lines or not rest:
            return True
        return self.drop_whitespace and len(rest) == 1 and not rest[0].strip()

    def _wrap_chunks(self, chunks):
        self._check()
        lines = []
        rest = chunks[::-1]  # a stack: the next chunk is its last item
        while rest:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and not rest[-1].strip():
                rest.pop()
            line, length = [], 0
            while rest and length + len(rest[-1]) <= width:
                length += len(rest[-1])
                line.append(rest.pop())
            if rest and len(rest[-1]) > width:
                self._handle_long_word(rest, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            limited = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            if self._is_last(lines, rest) and not (limited and length > width):
                lines.append(indent + "".join(line))
            else:
                self._end_with_placeholder(lines, line, length, indent, width)
                break
        return lines

    def _handle_long_word(self, rest, line, length, width):
        """Puts as much as allowed of a chunk that is too long for any line onto the current one."""
        if self.break_long_words:
            space = max(width - length, 0) if width >= 1 else 1
            word, end = rest[-1], space
            if self.break_on_hyphens and len(word) > space:
                hyphen = word.rfind("-", 0, space)
                if word[: max(hyphen, 0)].strip("-"):
                    end = hyphen + 1
            line.append(word[:end])
            rest[-1] = word[end:]
        elif not line:
            line.append(rest.pop())

    def _end_with_placeholder(self, lines, line, length, indent, width):
        """Shortens the last line until the placeholder fits behind a word."""
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph, none longer than the width; for the options see TextWrapper."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A paragraph wrapped to a width; for the options see TextWrapper."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The text on one line with single spaces, cut between words if it is too long."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.split()))


def dedent(text):
    """The text without the spaces and tabs that all its lines begin with; lines of nothing else become empty."""
    if not isinstance(text, str):
        if isinstance(text, (bytes, bytearray)):
            raise TypeError("cannot use a string pattern on a bytes-like object")
        raise TypeError(f"expected string or bytes-like object, got {type(text).__name__!r}")
    lines = text.split("\n")
    indents = []
    for i, line in enumerate(lines):
        content = line.lstrip(" \t")
        if content:
            indents.append(line[: len(line) - len(content)])
        else:
            lines[i] = ""
    if not indents:
        return "\n".join(lines)
    # What the least and the greatest begin with, all those between begin with.
    low, high = min(indents), max(indents)
    common = next((i for i, char in enumerate(low) if char != high[i]), len(low))
    return "\n".join([line[common:] for line in lines])


def indent(text, prefix, predicate=None):
    """The text with a prefix before each line that has more than white space, or that the predicate holds for."""
    chosen = str.strip if predicate is None else predicate
    return "".join([prefix + line if chosen(line) else line for line in text.splitlines(True)])
