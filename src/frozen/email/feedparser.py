"""Messages that come in parts of any size."""

import re

from email import errors
from email.policy import compat32

__all__ = ["FeedParser", "BytesFeedParser"]

_header = re.compile(r"^(From |[\041-\071\073-\176]*:|[\t ])")
_line = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _without_end(line):
    return line.rstrip("\r\n")


class FeedParser:
    """Give it text by feed(); close() gives the message."""

    def __init__(self, _factory=None, *, policy=compat32):
        self.policy = policy
        if _factory is None:
            if policy.message_factory is not None:
                _factory = policy.message_factory
            elif policy is compat32 or not hasattr(policy, "utf8"):
                from email.message import Message as _factory
            else:
                from email.message import EmailMessage as _factory
        self._factory = _factory
        self._text = []
        self._headers_only = False

    def _set_headersonly(self):
        self._headers_only = True

    def feed(self, data):
        """Go on with more of the message."""
        self._text.append(data)

    def close(self):
        """There is no more: the message."""
        lines = _line.findall("".join(self._text))
        return self._message(lines)

    def _new(self):
        try:
            return self._factory(policy=self.policy)
        except TypeError:
            return self._factory()

    def _message(self, lines, default_type=None):
        msg = self._new()
        if default_type:
            msg.set_default_type(default_type)
        at = self._headers(msg, lines)
        body = lines[at:]
        if self._headers_only:
            msg.set_payload("".join(body))
        elif msg.get_content_maintype() == "multipart":
            self._parts(msg, body)
        elif msg.get_content_type() == "message/delivery-status":
            # Blocks of headers.
            while body:
                end = next((i for i, line in enumerate(body) if not _without_end(line)), len(body))
                msg.attach(self._message(body[:end]))
                body = body[end + 1 :]
        elif msg.get_content_maintype() == "message":
            msg.attach(self._message(body))
        else:
            msg.set_payload("".join(body))
        return msg

    def _headers(self, msg, lines):
        """Read headers; the index of the first line of the body."""
        at, current = 0, []

        def store():
            if current:
                msg.set_raw(*self.policy.header_source_parse(current))
                current.clear()

        while at < len(lines):
            line = lines[at]
            if not _header.match(line):
                if _without_end(line):
                    # A line that is no header: the body starts here.
                    self.policy.handle_defect(msg, errors.MissingHeaderBodySeparatorDefect())
                    at -= 1
                break
            if line[0] in " \t":
                if current:
                    current.append(line)
                else:
                    self.policy.handle_defect(msg, errors.FirstHeaderLineIsContinuationDefect(line))
            elif line.startswith("From "):
                if at == 0:
                    msg.set_unixfrom(_without_end(line))
                else:
                    self.policy.handle_defect(msg, errors.MisplacedEnvelopeHeaderDefect(line))
            else:
                store()
                if line.startswith(":"):
                    self.policy.handle_defect(msg, errors.InvalidHeaderDefect("Missing header name."))
                else:
                    current.append(line)
            at += 1
        store()
        return at + 1

    def _parts(self, msg, lines):
        boundary = msg.get_boundary()
        if boundary is None:
            self.policy.handle_defect(msg, errors.NoBoundaryInMultipartDefect())
            self.policy.handle_defect(msg, errors.MultipartInvariantViolationDefect())
            msg.set_payload("".join(lines))
            return
        if str(msg.get("content-transfer-encoding", "8bit")).lower() not in ("7bit", "8bit", "binary"):
            self.policy.handle_defect(msg, errors.InvalidMultipartContentTransferEncodingDefect())
        mark = re.compile(rf"--{re.escape(boundary)}(?P<end>--)?[ \t]*(?:\r\n|\r|\n)?$")
        groups, current, epilogue = [], [], None
        for line in lines:
            found = mark.match(line) if epilogue is None else None
            if found is None:
                (current if epilogue is None else epilogue).append(line)
                continue
            if current or not groups:
                groups.append(current)
            # Otherwise boundaries follow each other, and count as one.
            current = []
            if found["end"]:
                epilogue = [""] if line.endswith(("\n", "\r")) else []
        if not groups:
            self.policy.handle_defect(msg, errors.StartBoundaryNotFoundDefect())
            msg.set_payload("".join(lines))
            return
        if epilogue is None:
            self.policy.handle_defect(msg, errors.CloseBoundaryNotFoundDefect())
            groups.append(current)
        preamble, *parts = groups
        if preamble:
            preamble[-1] = _without_end(preamble[-1])
            msg.preamble = "".join(preamble)
        default = "message/rfc822" if msg.get_content_subtype() == "digest" else None
        for part in parts:
            # The line end before a boundary belongs to it.
            if part:
                part[-1] = _without_end(part[-1])
            msg.attach(self._message(part, default))
        msg.epilogue = "".join(epilogue) if epilogue else None


class BytesFeedParser(FeedParser):
    """The same for bytes."""

    def feed(self, data):
        super().feed(data.decode("ascii", "surrogateescape"))
