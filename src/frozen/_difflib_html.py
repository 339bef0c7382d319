"""Differences side by side, as pairs of lines and as HTML.

In the texts of changed lines, a change begins with a NUL and one of `+`, `-` and `^`, and ends with \\x01.
"""

import re as _re

from difflib import IS_CHARACTER_JUNK, ndiff

_marks = _re.compile(r"\++|-+|\^+")


class _Sides:
    """Takes lines from a delta of `ndiff` and puts those of the two texts side by side."""

    def __init__(self, delta):
        self.delta = iter(delta)
        self.lines = []
        self.numbers = [0, 0]

    def look_ahead(self):
        """The signs of the next four lines; X behind the end."""
        while len(self.lines) < 4:
            self.lines.append(next(self.delta, "X"))
        return "".join([line[0] for line in self.lines])

    def take(self, side, sign=None):
        """The next line of a text with its number: unchanged, changed as a whole, or (`?`) as the line below marks."""
        self.numbers[side] += 1
        line = self.lines.pop(0)
        if sign == "?":
            for found in reversed(list(_marks.finditer(self.lines.pop(0)))):
                begin, end = found.span()
                line = f"{line[:begin]}\0{found[0][0]}{line[begin:end]}\1{line[end:]}"
            return self.numbers[side], line[2:]
        text = line[2:]
        return self.numbers[side], f"\0{sign}{text or ' '}\1" if sign else text

    def rows(self):
        """Lines of both texts, None where there is none yet, and whether they differ.

        Lines that were removed and added beside each other share rows; `gap` counts how many more rows the second
        text has already than the first, which are filled up when it turns out that nothing else will.
        """
        gap = 0
        while True:
            signs = self.look_ahead()
            fill, last = 0, None
            if signs.startswith("X"):
                fill = gap
            elif signs.startswith("-?+?"):
                yield self.take(0, "?"), self.take(1, "?"), True
            elif signs.startswith("--++"):
                gap -= 1
                yield self.take(0, "-"), None, True
            elif signs.startswith(("--?+", "--+", "- ")):
                last = self.take(0, "-"), None, True
                fill, gap = gap - 1, 0
            elif signs.startswith("-+?"):
                yield self.take(0), self.take(1, "?"), True
            elif signs.startswith("-?+"):
                yield self.take(0, "?"), self.take(1), True
            elif signs.startswith("-"):
                gap -= 1
                yield self.take(0, "-"), None, True
            elif signs.startswith("+--"):
                gap += 1
                yield None, self.take(1, "+"), True
            elif signs.startswith(("+ ", "+-")):
                last = None, self.take(1, "+"), True
                fill, gap = gap + 1, 0
            elif signs.startswith("+"):
                gap += 1
                yield None, self.take(1, "+"), True
            else:
                self.lines.insert(0, self.lines[0])
                yield self.take(0), self.take(1), False
            for _ in range(abs(fill)):
                blank = "", "\n"
                yield (None, blank, True) if fill < 0 else (blank, None, True)
            if last:
                yield last
            if signs.startswith("X"):
                return

    def pairs(self):
        """The same with lines on both sides."""
        waiting = [], []
        for *pair, differs in self.rows():
            for queue, line in zip(waiting, pair):
                if line is not None:
                    queue.append((line, differs))
            while all(waiting):
                (first, changed), (second, also) = [queue.pop(0) for queue in waiting]
                yield first, second, changed or also


def _mdiff(fromlines, tolines, context=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Pairs of lines and whether they differ; with a context, only so many around changes, and Nones between."""
    pairs = _Sides(ndiff(fromlines, tolines, linejunk, charjunk)).pairs()
    if context is None:
        yield from pairs
        return
    before, skipped = [], False
    after = 0
    for pair in pairs:
        if pair[2]:
            if skipped:
                yield None, None, None
            yield from before
            yield pair
            before, skipped, after = [], False, context
        elif after:
            after -= 1
            yield pair
        else:
            before.append(pair)
            if len(before) > context:
                del before[0]
                skipped = True


_FILE = """
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
          "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">

<html>

<head>
    <meta http-equiv="Content-Type"
          content="text/html; charset=%(charset)s" />
    <title></title>
    <style type="text/css">%(styles)s
    </style>
</head>

<body>
    %(table)s%(legend)s
</body>

</html>"""

_STYLES = """
        table.diff {font-family:Courier; border:medium;}
        .diff_header {background-color:#e0e0e0}
        td.diff_header {text-align:right}
        .diff_next {background-color:#c0c0c0}
        .diff_add {background-color:#aaffaa}
        .diff_chg {background-color:#ffff77}
        .diff_sub {background-color:#ffaaaa}"""

_TABLE = """
    <table class="diff" id="difflib_chg_%(prefix)s_top"
           cellspacing="0" cellpadding="0" rules="groups" >
        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>
        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>
        %(header_row)s
        <tbody>
%(data_rows)s        </tbody>
    </table>"""

_LEGEND = """
    <table class="diff" summary="Legends">
        <tr> <th colspan="2"> Legends </th> </tr>
        <tr> <td> <table border="" summary="Colors">
                      <tr><th> Colors </th> </tr>
                      <tr><td class="diff_add">&nbsp;Added&nbsp;</td></tr>
                      <tr><td class="diff_chg">Changed</td> </tr>
                      <tr><td class="diff_sub">Deleted</td> </tr>
                  </table></td>
             <td> <table border="" summary="Links">
                      <tr><th colspan="2"> Links </th> </tr>
                      <tr><td>(f)irst change</td> </tr>
                      <tr><td>(n)ext change</td> </tr>
                      <tr><td>(t)op</td> </tr>
                  </table></td> </tr>
    </table>"""


class HtmlDiff:
    """Makes HTML of two lists of lines, side by side, with changes in colours."""

    __module__ = "difflib"

    _file_template = _FILE
    _styles = _STYLES
    _table_template = _TABLE
    _legend = _LEGEND
    # Tables of one page need different anchors.
    _default_prefix = 0

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize = tabsize
        self._wrapcolumn = wrapcolumn
        self._linejunk = linejunk
        self._charjunk = charjunk

    def make_file(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5, *, charset="utf-8"):
        """A page with the table."""
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context=context, numlines=numlines)
        parts = {"styles": self._styles, "legend": self._legend, "table": table, "charset": charset}
        return (self._file_template % parts).encode(charset, "xmlcharrefreplace").decode(charset)

    def make_table(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5):
        """The table; with a context, only so many lines around changes."""
        number = HtmlDiff._default_prefix
        HtmlDiff._default_prefix += 1
        self._prefix = [f"from{number}_", f"to{number}_"]
        texts = [list(map(self._expand_tabs, lines)) for lines in (fromlines, tolines)]
        rows = _mdiff(*texts, numlines if context else None, self._linejunk, self._charjunk)
        if self._wrapcolumn:
            rows = self._wrap(rows)
        data = "".join(self._rows(list(rows), context, numlines))
        header = ""
        if fromdesc or todesc:
            cells = [
                f'<th class="diff_next"><br /></th><th colspan="2" class="diff_header">{title}</th>'
                for title in (fromdesc, todesc)
            ]
            header = f"<thead><tr>{''.join(cells)}</tr></thead>"
        table = self._table_template % {"data_rows": data, "header_row": header, "prefix": self._prefix[1]}
        for mark, name in (("+", "add"), ("-", "sub"), ("^", "chg")):
            table = table.replace(f"\0{mark}", f'<span class="diff_{name}">')
        return table.replace("\1", "</span>").replace("\t", "&nbsp;")

    def _expand_tabs(self, line):
        """Tabs become several tabs, so that they differ from spaces; the end of the line is removed."""
        line = line.replace(" ", "\0").expandtabs(self._tabsize)
        return line.replace(" ", "\t").replace("\0", " ").rstrip("\n")

    def _split_line(self, number, text):
        """A line in pieces that are not too long; those behind the first have `>` as number."""
        pieces = []
        while number and len(text) - text.count("\0") * 3 > self._wrapcolumn:
            at = shown = 0
            mark = ""
            while shown < self._wrapcolumn and at < len(text):
                if text[at] == "\0":
                    mark = text[at + 1]
                    at += 2
                    continue
                if text[at] == "\1":
                    mark = ""
                else:
                    shown += 1
                at += 1
            # A change goes on in the next piece.
            pieces.append((number, text[:at] + ("\1" if mark else "")))
            number, text = ">", (f"\0{mark}" if mark else "") + text[at:]
        return [*pieces, (number, text)]

    def _wrap(self, rows):
        for first, second, differs in rows:
            if differs is None:
                yield first, second, differs
                continue
            pieces = self._split_line(*first), self._split_line(*second)
            for i in range(max(map(len, pieces))):
                yield *[side[i] if i < len(side) else ("", " ") for side in pieces], differs

    def _cells(self, side, number, text):
        anchor = f' id="{self._prefix[side]}{number}"' if isinstance(number, int) else ""
        for char, name in (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), (" ", "&nbsp;")):
            text = text.replace(char, name)
        return f'<td class="diff_header"{anchor}>{number}</td><td nowrap="nowrap">{text.rstrip()}</td>'

    def _rows(self, rows, context, numlines):
        """The rows of the table, with links from change to change."""
        prefix = self._prefix[1]
        flags = [differs for _, _, differs in rows]
        cells = [row and [self._cells(side, *row[side]) for side in (0, 1)] if row[2] is not None else None for row in rows]
        if not rows:
            text = "No Differences Found" if context else "Empty File"
            flags, cells = [False], [[f"<td></td><td>&nbsp;{text}&nbsp;</td>"] * 2]
        anchors, links = [""] * len(flags), [""] * len(flags)
        count = last = 0
        for i, differs in enumerate(flags):
            if differs and not (i and flags[i - 1]):
                last = i
                anchors[max(0, i - numlines)] = f' id="difflib_chg_{prefix}_{count}"'
                count += 1
                links[i] = f'<a href="#difflib_chg_{prefix}_{count}">n</a>'
        if not flags[0]:
            links[0] = f'<a href="#difflib_chg_{prefix}_0">f</a>'
        links[last] = f'<a href="#difflib_chg_{prefix}_top">t</a>'
        for i, (differs, pair) in enumerate(zip(flags, cells)):
            if differs is not None:
                first, second = [f'<td class="diff_next"{name}>{links[i]}</td>' for name in (anchors[i], "")]
                yield f"            <tr>{first}{pair[0]}{second}{pair[1]}</tr>\n"
            elif i:
                yield "        </tbody>        \n        <tbody>\n"
