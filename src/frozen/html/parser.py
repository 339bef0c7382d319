"""A parser of HTML that tells a subclass what it finds; it takes what is no HTML as browsers do, and never fails."""

import re
from _markupbase import ParserBase
from html import unescape

__all__ = ["HTMLParser"]

_PLAIN = re.compile("[&<]")
_TAG_NAME = r"[a-zA-Z][^\t\n\r\f />\x00]*"
_GAP = r"(?:\s|/(?!>))*"
_VALUE = r"""'[^']*'|"[^"]*"|(?!['"])[^>\s]*"""
_NAME = r"""(?<=['"\s/])[^\s/>][^\s/=>]*"""

_tag = re.compile(f"({_TAG_NAME}){_GAP}")
_attribute = re.compile(rf"({_NAME})(\s*=+\s*({_VALUE}))?{_GAP}")
_whole_tag = re.compile(rf"<{_TAG_NAME}(?:[\s/]*(?:{_NAME}(?:\s*=+\s*(?:{_VALUE})\s*)?{_GAP})*)?\s*")
_end_tag = re.compile(r"</\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>")

_number = re.compile("&#([0-9]+|[xX][0-9a-fA-F]+)(?=([^0-9a-fA-F]))")
_entity = re.compile("&([a-zA-Z][-.a-zA-Z0-9]*)(?=([^a-zA-Z0-9]))")
_start_of_entity = re.compile("&[a-zA-Z#]")
_end_of_entity = re.compile(r"[\s;]")
# No reference is longer.
_LONGEST = 34


class HTMLParser(ParserBase):
    """Give it text by feed(), in parts of any size, and close() it at the end; it calls the methods handle_...().

    Unless convert_charrefs is false, references in text come as the characters that they stand for.
    """

    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        """Forget everything that was fed."""
        super().reset()
        self.rawdata = ""
        self.lasttag = "???"
        self.clear_cdata_mode()
        self.__start_tag = None

    def feed(self, data):
        """Go on with more text."""
        self.rawdata += data
        self.goahead(0)

    def close(self):
        """There is no more text: handle what was waited for."""
        self.goahead(1)

    def get_starttag_text(self):
        """The text of the last start tag."""
        return self.__start_tag

    def set_cdata_mode(self, elem):
        """All is text until this element ends."""
        self.cdata_elem = elem.lower()
        self.interesting = re.compile(rf"</\s*{self.cdata_elem}\s*>", re.I)

    def clear_cdata_mode(self):
        self.interesting = _PLAIN
        self.cdata_elem = None

    # The loop.

    def goahead(self, end):
        """Handle what is there; `end` says whether nothing follows."""
        text, i = self.rawdata, 0
        while i < len(text):
            j = self.__next_markup(i)
            if j is None:
                break
            if i < j:
                self.__text(i, j)
                i = self.updatepos(i, j)
                if i == len(text):
                    break
            j = self.__markup(i, end) if text[i] == "<" else self.__reference(i, end)
            if j is None:
                break
            stays = j < 0
            i = self.updatepos(i, abs(j))
            if stays:
                break
        if end and i < len(text) and not self.cdata_elem:
            self.__text(i, len(text))
            i = self.updatepos(i, len(text))
        self.rawdata = text[i:]

    def __text(self, i, j):
        data = self.rawdata[i:j]
        self.handle_data(unescape(data) if self.convert_charrefs and not self.cdata_elem else data)

    def __next_markup(self, i):
        """Where text ends that starts at i; None if that cannot be said yet."""
        text = self.rawdata
        if not self.convert_charrefs or self.cdata_elem:
            found = self.interesting.search(text, i)
            if found:
                return found.start()
            return None if self.cdata_elem else len(text)
        j = text.find("<", i)
        if j >= 0:
            return j
        # A reference at the end may go on.
        start = text.rfind("&", max(i, len(text) - _LONGEST))
        return None if start >= 0 and not _end_of_entity.search(text, start) else len(text)

    def __markup(self, i, end):
        """The index behind the markup at i; None to wait for more."""
        text = self.rawdata
        following = text[i + 1:i + 2]
        if following.isascii() and following.isalpha():
            j = self.parse_starttag(i)
        elif following == "/":
            j = self.parse_endtag(i)
        elif text.startswith("<!--", i):
            j = self.parse_comment(i)
        elif following == "?":
            j = self.parse_pi(i)
        elif following == "!":
            j = self.parse_html_declaration(i)
        elif following:
            self.handle_data("<")
            j = i + 1
        else:
            return None
        if j >= 0:
            return j
        if not end:
            return None
        # Never finished: it is text up to where the next may start.
        j = text.find(">", i + 1) + 1
        if not j:
            j = text.find("<", i + 1)
            if j < 0:
                j = i + 1
        self.__text(i, j)
        return j

    def __reference(self, i, end):
        """The index behind the reference at i, negative to stop there; None to wait for more."""
        text = self.rawdata
        is_number = text.startswith("&#", i)
        found = (_number if is_number else _entity).match(text, i)
        if found:
            (self.handle_charref if is_number else self.handle_entityref)(found.group(1))
            return found.end() + (found.group(2) == ";")
        if is_number:
            if ";" not in text[i:]:
                return None
            self.handle_data("&#")
            return -(i + 2)
        found = _start_of_entity.match(text, i)
        if found:
            return -(i + 1) if end and found.end() == len(text) else None
        if i + 1 == len(text):
            return None
        self.handle_data("&")
        return i + 1

    # Tags; these return the index behind what stands at i, or -1 if its end is not there.

    def parse_starttag(self, i):
        self.__start_tag = None
        end = self.check_for_whole_start_tag(i)
        if end < 0:
            return end
        text = self.rawdata
        self.__start_tag = text[i:end]
        found = _tag.match(text, i + 1)
        self.lasttag = tag = found.group(1).lower()
        attributes, at = [], found.end()
        while at < end and (found := _attribute.match(text, at)):
            name, has_value, value = found.groups()
            attributes.append((name.lower(), self.__value(value) if has_value else None))
            at = found.end()
        rest = text[at:end].strip()
        if rest == "/>":
            self.handle_startendtag(tag, attributes)
        elif rest == ">":
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        else:
            self.handle_data(text[i:end])
        return end

    @staticmethod
    def __value(value):
        for quote in "'\"":
            if value[:1] == quote == value[-1:]:
                value = value[1:-1]
                break
        return unescape(value) if value else value

    def check_for_whole_start_tag(self, i):
        text = self.rawdata
        j = _whole_tag.match(text, i).end()
        following = text[j:j + 1]
        if following == ">":
            return j + 1
        if text.startswith("/>", j):
            return j + 2
        if not following or following in "=/" or (following.isascii() and following.isalpha()):
            return -1
        return max(j, i + 1)

    def parse_endtag(self, i):
        text = self.rawdata
        end = text.find(">", i + 1) + 1
        if not end:
            return -1
        found = _end_tag.match(text, i)
        if found:
            tag = found.group(1).lower()
            if self.cdata_elem not in (None, tag):
                self.handle_data(text[i:end])
                return end
            self.handle_endtag(tag)
            self.clear_cdata_mode()
            return end
        if self.cdata_elem is not None:
            self.handle_data(text[i:end])
            return end
        found = _tag.match(text, i + 2)
        if found:
            self.handle_endtag(found.group(1).lower())
            return text.find(">", found.end()) + 1
        return i + 3 if text.startswith("</>", i) else self.parse_bogus_comment(i)

    # Declarations.

    def parse_html_declaration(self, i):
        text = self.rawdata
        if text.startswith("<!--", i):
            return self.parse_comment(i)
        if text.startswith("<![", i):
            return self.parse_marked_section(i)
        if text[i:i + 9].lower() != "<!doctype":
            return self.parse_bogus_comment(i)
        end = text.find(">", i + 9)
        if end < 0:
            return -1
        self.handle_decl(text[i + 2:end])
        return end + 1

    def parse_bogus_comment(self, i, report=1):
        end = self.rawdata.find(">", i + 2)
        if end < 0:
            return -1
        if report:
            self.handle_comment(self.rawdata[i + 2:end])
        return end + 1

    def parse_pi(self, i):
        end = self.rawdata.find(">", i + 2)
        if end < 0:
            return -1
        self.handle_pi(self.rawdata[i + 2:end])
        return end + 1

    # What subclasses handle.

    def handle_startendtag(self, tag, attrs):
        """A tag like <br/>: by default a start tag and an end tag."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        """A start tag: its name in lower case, and pairs of names and values."""

    def handle_endtag(self, tag):
        """An end tag."""

    def handle_charref(self, name):
        """A reference by number, without & and ;."""

    def handle_entityref(self, name):
        """A reference by name, without & and ;."""

    def handle_data(self, data):
        """Text."""

    def handle_comment(self, data):
        """A comment."""

    def handle_decl(self, decl):
        """A declaration, such as that of the document's type."""

    def handle_pi(self, data):
        """A processing instruction."""
