"""Messages from text, bytes and files."""

from email.feedparser import BytesFeedParser, FeedParser
from email.policy import compat32

__all__ = ["Parser", "HeaderParser", "BytesParser", "BytesHeaderParser", "FeedParser", "BytesFeedParser"]


class Parser:
    """Makes messages of text."""

    def __init__(self, _class=None, *, policy=compat32):
        self._class = _class
        self.policy = policy

    def parsestr(self, text, headersonly=False):
        """The message in a text."""
        feed = FeedParser(self._class, policy=self.policy)
        if headersonly:
            feed._set_headersonly()
        feed.feed(text)
        return feed.close()

    def parse(self, fp, headersonly=False):
        """The message in a file."""
        return self.parsestr(fp.read(), headersonly)


class HeaderParser(Parser):
    """The same, but the body is left as it is."""

    def parsestr(self, text, headersonly=True):
        return super().parsestr(text, True)


class BytesParser:
    """Makes messages of bytes."""

    def __init__(self, *args, **kw):
        self.parser = Parser(*args, **kw)

    def parsebytes(self, text, headersonly=False):
        """The message in bytes."""
        return self.parser.parsestr(bytes(text).decode("ascii", "surrogateescape"), headersonly)

    def parse(self, fp, headersonly=False):
        """The message in a file."""
        return self.parsebytes(fp.read(), headersonly)


class BytesHeaderParser(BytesParser):
    """The same, but the body is left as it is."""

    def parsebytes(self, text, headersonly=True):
        return super().parsebytes(text, True)
