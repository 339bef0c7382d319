"""Differences between sequences, and between texts line by line."""

import re as _re
from collections import namedtuple as _namedtuple
from heapq import nlargest as _nlargest
from types import GenericAlias

__all__ = [
    "get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK",
    "context_diff", "unified_diff", "diff_bytes", "HtmlDiff", "Match",
]

Match = _namedtuple("Match", "a b size")
# Items that are in more than one of a hundred places say little, if there are at least so many.
_MANY = 200


def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares two sequences of hashable items: the longest block that both have, then what is beside it.

    Blocks do not begin with junk, the items for which `isjunk` is true; nor, if `autojunk` is true, with items that a
    long second sequence has very often.
    """

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Sets both sequences."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Sets the first sequence."""
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Sets the second sequence, which is the one that is prepared; best set once and compared with many."""
        if b is self.b:
            return
        self.b = b
        self.matching_blocks = self.opcodes = self.fullbcount = None
        self._index()

    def _index(self):
        """Finds where each item of the second sequence stands."""
        places = {}
        for i, item in enumerate(self.b):
            places.setdefault(item, []).append(i)
        self.bjunk = {item for item in places if self.isjunk(item)} if self.isjunk else set()
        for item in self.bjunk:
            del places[item]
        self.bpopular = set()
        length = len(self.b)
        if self.autojunk and length >= _MANY:
            limit = length // 100 + 1
            self.bpopular = {item for item, found in places.items() if len(found) > limit}
            for item in self.bpopular:
                del places[item]
        self.b2j = places

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block within parts of the sequences, the first one of several."""
        a, b, places, junk = self.a, self.b, self.b2j, self.bjunk
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        start, other, size = alo, blo, 0
        # The lengths of the blocks that end at the item before, by where they end in b.
        lengths = {}
        nowhere = ()
        for i in range(alo, ahi):
            following = {}
            for j in places.get(a[i], nowhere):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                length = following[j] = lengths.get(j - 1, 0) + 1
                if length > size:
                    start, other, size = i - length + 1, j - length + 1, length
            lengths = following
        # Frequent items beside the block belong to it, and then junk.
        for is_junk in (False, True):
            while start > alo and other > blo and (b[other - 1] in junk) == is_junk and a[start - 1] == b[other - 1]:
                start, other, size = start - 1, other - 1, size + 1
            end, other_end = start + size, other + size
            while end < ahi and other_end < bhi and (b[other_end] in junk) == is_junk and a[end] == b[other_end]:
                end, other_end, size = end + 1, other_end + 1, size + 1
        return Match(start, other, size)

    def get_matching_blocks(self):
        """All blocks that both have, in order; the last one is empty and stands at the ends."""
        if self.matching_blocks is not None:
            return self.matching_blocks
        ends = len(self.a), len(self.b)
        found, todo = [], [(0, ends[0], 0, ends[1])]
        while todo:
            alo, ahi, blo, bhi = todo.pop()
            match = i, j, size = self.find_longest_match(alo, ahi, blo, bhi)
            if size:
                found.append(match)
                if alo < i and blo < j:
                    todo.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    todo.append((i + size, ahi, j + size, bhi))
        blocks = []
        for i, j, size in sorted(found):
            if blocks and blocks[-1].a + blocks[-1].size == i and blocks[-1].b + blocks[-1].size == j:
                blocks[-1] = blocks[-1]._replace(size=blocks[-1].size + size)
            else:
                blocks.append(Match(i, j, size))
        self.matching_blocks = [*blocks, Match(*ends, 0)]
        return self.matching_blocks

    def get_opcodes(self):
        """How to make the second sequence of the first: what is done with which part, for which part of the other."""
        if self.opcodes is None:
            self.opcodes = codes = []
            i = j = 0
            for block_i, block_j, size in self.get_matching_blocks():
                changed = i < block_i, j < block_j
                if any(changed):
                    tag = "replace" if all(changed) else "delete" if changed[0] else "insert"
                    codes.append((tag, i, block_i, j, block_j))
                i, j = block_i + size, block_j + size
                if size:
                    codes.append(("equal", block_i, i, block_j, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """The same in groups, with up to `n` equal items around changes."""
        codes = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == "equal":
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == "equal":
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                # A gap: the group ends behind its beginning, the next one begins before its end.
                yield [*group, (tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n))]
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and (len(group) > 1 or group[0][0] != "equal"):
            yield group

    def ratio(self):
        """How similar the sequences are, from 0 to 1."""
        matches = sum(block.size for block in self.get_matching_blocks())
        return _ratio(matches, len(self.a) + len(self.b))

    def quick_ratio(self):
        """An upper bound of `ratio`, from the items without their order."""
        if self.fullbcount is None:
            self.fullbcount = {}
            for item in self.b:
                self.fullbcount[item] = self.fullbcount.get(item, 0) + 1
        left, matches = {}, 0
        for item in self.a:
            number = left.get(item, self.fullbcount.get(item, 0))
            left[item] = number - 1
            matches += number > 0
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """An upper bound of `ratio`, from the lengths."""
        lengths = len(self.a), len(self.b)
        return _ratio(min(lengths), sum(lengths))

    __class_getitem__ = classmethod(GenericAlias)

    def _exceeds(self, least, or_equal):
        """The ratio if it is large enough, found out with as little work as possible; else None."""
        for ratio in (self.real_quick_ratio, self.quick_ratio, self.ratio):
            value = ratio()
            if value < least or value == least and not or_equal:
                return None
        return value


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The `n` sequences that are most similar to one, none less than `cutoff`, the best first."""
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    found = []
    for possibility in possibilities:
        matcher.set_seq1(possibility)
        ratio = matcher._exceeds(cutoff, True)
        if ratio is not None:
            found.append((ratio, possibility))
    return [possibility for _, possibility in _nlargest(n, found)]


# Lines with the changes within them.


def IS_LINE_JUNK(line, pat=_re.compile(r"\s*(?:#\s*)?$").match):
    """Whether a line has nothing, or only the sign of a comment, in it."""
    return pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """Whether a character is a space or a tab."""
    return ch in ws


def _keep_original_ws(s, tag_s):
    """The marks with tabs and the like where the line has them, so that they stand below what they mark."""
    return "".join([char if mark == " " and char.isspace() else mark for char, mark in zip(s, tag_s)])


class Differ:
    """Compares texts; lines that are similar are shown together, with marks below what has changed."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """All lines, those of the first text after `- `, those of the second after `+ `, marks after `? `."""
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "replace":
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == "insert":
                yield from self._dump("+", b, blo, bhi)
            else:
                yield from self._dump("-" if tag == "delete" else " ", a, alo, ahi)

    def _dump(self, tag, x, lo, hi):
        for i in range(lo, hi):
            yield f"{tag} {x[i]}"

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        """Lines that have nothing in common, the shorter part first."""
        parts = [("-", a, alo, ahi), ("+", b, blo, bhi)]
        if bhi - blo < ahi - alo:
            parts.reverse()
        for part in parts:
            yield from self._dump(*part)

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        """The two lines that are most similar, though not equal, and what is before and behind them."""
        best, equal = None, None
        best_ratio = 0.74
        matcher = SequenceMatcher(self.charjunk)
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    equal = equal or (i, j)
                    continue
                matcher.set_seq1(a[i])
                ratio = matcher._exceeds(best_ratio, False)
                if ratio is not None:
                    best_ratio, best = ratio, (i, j)
        if best_ratio < 0.75:
            if equal is None:
                yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
                return
            best = equal
        else:
            equal = None
        i, j = best
        yield from self._fancy_helper(a, alo, i, b, blo, j)
        if equal:
            yield f"  {a[i]}"
        else:
            matcher.set_seqs(a[i], b[j])
            yield from self._qformat(a[i], b[j], *self._marks(matcher))
        yield from self._fancy_helper(a, i + 1, ahi, b, j + 1, bhi)

    @staticmethod
    def _marks(matcher):
        """The marks below both lines."""
        signs = {"replace": "^^", "delete": "- ", "insert": " +", "equal": "  "}
        marks = "", ""
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            marks = marks[0] + signs[tag][0] * (i2 - i1), marks[1] + signs[tag][1] * (j2 - j1)
        return marks

    def _fancy_helper(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
        else:
            yield from self._dump("-", a, alo, ahi)
            yield from self._dump("+", b, blo, bhi)

    def _qformat(self, aline, bline, atags, btags):
        for sign, line, marks in (("-", aline, atags), ("+", bline, btags)):
            yield f"{sign} {line}"
            marks = _keep_original_ws(line, marks).rstrip()
            if marks:
                yield f"? {marks}\n"


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """What `Differ` makes of two lists of lines."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The lines of the first or the second text (1 or 2) from what `ndiff` made."""
    try:
        tag = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError(f"unknown delta choice (must be 1 or 2): {which!r}") from None
    for line in delta:
        if line[:2] in ("  ", tag):
            yield line[2:]


# Changed lines with a few around them.


def _check_types(a, b, *args):
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError(f"lines to compare must be str, not {type(lines[0]).__name__} ({lines[0]!r})")
    for arg in args:
        if not isinstance(arg, str):
            raise TypeError(f"all arguments must be str, not: {arg!r}")


def _header(marks, names, dates, lineterm):
    for mark, name, date in zip(marks, names, dates):
        yield f"{mark} {name}{f'{chr(9)}{date}' if date else ''}{lineterm}"


def _format_range_unified(start, stop):
    """First line and number of lines; of none, the line before."""
    length = stop - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Changed lines after `-` and `+`, with `n` lines around them."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _header(("---", "+++"), (fromfile, tofile), (fromfiledate, tofiledate), lineterm)
        _, i1, _, j1, _ = group[0]
        _, _, i2, _, j2 = group[-1]
        yield f"@@ -{_format_range_unified(i1, i2)} +{_format_range_unified(j1, j2)} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from [f" {line}" for line in a[i1:i2]]
            else:
                yield from [f"-{line}" for line in a[i1:i2]]
                yield from [f"+{line}" for line in b[j1:j2]]


def _format_range_context(start, stop):
    """First and last line; of none, the line before."""
    if stop - start <= 1:
        return f"{stop}"
    return f"{start + 1},{stop}"


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Changed lines of both texts after `!`, `-` and `+`, with `n` lines around them."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _header(("***", "---"), (fromfile, tofile), (fromfiledate, tofiledate), lineterm)
        yield f"***************{lineterm}"
        tags = {code[0] for code in group}
        _, i1, _, j1, _ = group[0]
        _, _, i2, _, j2 = group[-1]
        yield f"*** {_format_range_context(i1, i2)} ****{lineterm}"
        if tags & {"replace", "delete"}:
            for tag, i1, i2, _, _ in group:
                yield from [signs[tag] + line for line in a[i1:i2]]
        _, _, _, j1, _ = group[0]
        yield f"--- {_format_range_context(j1, group[-1][4])} ----{lineterm}"
        if tags & {"replace", "insert"}:
            for tag, _, _, j1, j2 in group:
                yield from [signs[tag] + line for line in b[j1:j2]]


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """What `unified_diff` or `context_diff` makes of lines of bytes."""

    def decode(data):
        try:
            return data.decode("ascii", "surrogateescape")
        except AttributeError as error:
            kind = type(data).__name__
            raise TypeError(f"all arguments must be bytes, not {kind} ({data!r})") from error

    texts = [decode(data) for data in (fromfile, tofile, fromfiledate, tofiledate)]
    lines = dfunc(list(map(decode, a)), list(map(decode, b)), *texts, n, decode(lineterm))
    for line in lines:
        yield line.encode("ascii", "surrogateescape")


def __getattr__(name):
    # Only few programs make HTML.
    if name in ("HtmlDiff", "_mdiff"):
        import _difflib_html

        return getattr(_difflib_html, name)
    raise AttributeError(f"module 'difflib' has no attribute {name!r}")
