"""What parsers of markup have in common: where they are, and declarations (`<!...>`, `<![...]>`)."""

import re

_NAME = re.compile(r"[a-zA-Z][-_.a-zA-Z0-9]*\s*")
_COMMENT_END = re.compile(r"--\s*>")
# A section ends with ]]>, one of Microsoft's programs also with ]>.
_SECTION_END = re.compile(r"\]\s*\]\s*>")
_MS_SECTION_END = re.compile(r"\]\s*>")
_SECTIONS = {"temp", "cdata", "ignore", "include", "rcdata"}
_MS_SECTIONS = {"if", "else", "endif"}


class ParserBase:
    """The place in the text, comments and marked sections."""

    def __init__(self):
        if type(self) is ParserBase:
            raise RuntimeError("_markupbase.ParserBase must be subclassed")

    def reset(self):
        self.lineno = 1
        self.offset = 0

    def getpos(self):
        """The line, from 1, and the column, from 0."""
        return self.lineno, self.offset

    def updatepos(self, i, j):
        """Go from index i to j of the text; returns the farther one."""
        if i >= j:
            return j
        passed = self.rawdata[i:j]
        lines = passed.count("\n")
        if lines:
            self.lineno += lines
            self.offset = len(passed) - passed.rindex("\n") - 1
        else:
            self.offset += len(passed)
        return j

    def parse_marked_section(self, i, report=1):
        """The index behind a section that starts at i, or -1 if it is not there yet."""
        name, _ = self._scan_name(i + 3, i)
        if name is None:
            return -1
        if name in _SECTIONS:
            end = _SECTION_END.search(self.rawdata, i + 3)
        elif name in _MS_SECTIONS:
            end = _MS_SECTION_END.search(self.rawdata, i + 3)
        else:
            raise AssertionError(f"unknown status keyword {self.rawdata[i + 3:]!r} in marked section")
        if not end:
            return -1
        if report:
            self.unknown_decl(self.rawdata[i + 3:end.start()])
        return end.end()

    def parse_comment(self, i, report=1):
        """The index behind a comment that starts at i, or -1 if it is not there yet."""
        if self.rawdata[i:i + 4] != "<!--":
            raise AssertionError("unexpected call to parse_comment()")
        end = _COMMENT_END.search(self.rawdata, i + 4)
        if not end:
            return -1
        if report:
            self.handle_comment(self.rawdata[i + 4:end.start()])
        return end.end()

    def _scan_name(self, i, start):
        """A name at i in lower case, and the index behind it; (None, -1) if it may go on."""
        text = self.rawdata
        if i == len(text):
            return None, -1
        found = _NAME.match(text, i)
        if not found:
            self.updatepos(start, i)
            raise AssertionError("expected name token")
        if found.end() == len(text):
            return None, -1
        return found.group().strip().lower(), found.end()

    def unknown_decl(self, data):
        """A section; subclasses may do something with it."""
