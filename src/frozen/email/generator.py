"""Messages as text or bytes."""

import random
import re

from email.charset import Charset

__all__ = ["Generator", "DecodedGenerator", "BytesGenerator"]

_from_line = re.compile(r"^From ", re.MULTILINE)


class Generator:
    """Writes messages to a file."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        self._fp = outfp
        self._mangle = True if mangle_from_ is None and policy is None else bool(mangle_from_)
        self.maxheaderlen = maxheaderlen
        self.policy = policy

    def _emit(self, text):
        self._fp.write(text)

    def flatten(self, msg, unixfrom=False, linesep=None):
        """Write a message."""
        policy = self.policy or msg.policy
        if linesep is not None:
            policy = policy.clone(linesep=linesep)
        if self.maxheaderlen is not None:
            policy = policy.clone(max_line_length=self.maxheaderlen)
        if unixfrom:
            self._emit((msg.get_unixfrom() or "From nobody") + policy.linesep)
        self._emit(self._whole(msg, policy))

    write = property(lambda self: self._fp.write)

    def _whole(self, msg, policy):
        """A message or part as text."""
        # The body may change what the headers say.
        self._changed = {}
        body, changed = self._body(msg, policy), self._changed
        self._changed = {}
        headers = ""
        for name, value in msg.raw_items():
            headers += policy.fold(name, changed.pop(name.lower(), value))
        for name, value in changed.items():
            headers += policy.fold(name.title(), value)
        return headers + policy.linesep + body

    def _lines(self, text, policy):
        return text if policy.linesep == "\n" else text.replace("\r\n", "\n").replace("\n", policy.linesep)

    def _body(self, msg, policy):
        payload = msg._payload
        if payload is None:
            return ""
        if isinstance(payload, list):
            if msg.get_content_maintype() == "message":
                return "".join(self._whole(part, policy) for part in payload[:1])
            return self._multipart(msg, payload, policy)
        if isinstance(payload, bytes):
            payload = payload.decode("ascii", "surrogateescape")
        if not isinstance(payload, str):
            raise TypeError(f"string payload expected: {type(payload)}")
        if any("\udc80" <= c <= "\udcff" for c in payload):
            payload = self._unknown_bytes(msg, payload)
        if self._mangle:
            payload = _from_line.sub(">From ", payload)
        return self._lines(payload, policy)

    def _unknown_bytes(self, msg, payload):
        """Bytes that are no ASCII, which text cannot have: in a transfer encoding."""
        from email.message import Message

        name = msg.get_param("charset")
        data = payload.encode("ascii", "surrogateescape")
        if name is None:
            return data.decode("ascii", "replace")
        charset = Charset(name)
        encoding = charset.get_body_encoding()
        if callable(encoding):
            return data.decode("ascii", "replace")
        kind = Message()
        kind["Content-Type"] = str(msg.get("content-type", "text/plain"))
        kind.set_param("charset", charset.get_output_charset())
        self._changed = {"content-type": kind["content-type"], "content-transfer-encoding": encoding}
        return charset.body_encode(data.decode(charset.output_codec, "surrogateescape"))

    def _multipart(self, msg, parts, policy):
        nl = policy.linesep
        texts = [self._whole(part, policy) for part in parts]
        boundary = msg.get_boundary()
        if not boundary:
            boundary = self._make_boundary(nl.join(texts))
            msg.set_boundary(boundary)
        result = "" if msg.preamble is None else self._lines(msg.preamble, policy) + nl
        for text in texts or [nl]:
            result += f"--{boundary}{nl}{text}{nl}"
        result += f"--{boundary}--{nl}"
        if msg.epilogue is not None:
            result += self._lines(msg.epilogue, policy)
        return result

    @classmethod
    def _make_boundary(cls, text=None):
        """A line that is not in a text."""
        boundary = "=" * 15 + f"{random.getrandbits(63):019d}" + "=="
        while text and f"--{boundary}" in text:
            boundary += ".0"
        return boundary


class BytesGenerator(Generator):
    """Writes messages to a file of bytes."""

    def _emit(self, text):
        self._fp.write(text.encode("utf-8" if getattr(self.policy, "utf8", False) else "ascii", "surrogateescape"))

    def _unknown_bytes(self, msg, payload):
        return payload


class DecodedGenerator(Generator):
    """Writes the text of messages, and lines about the parts that are none."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, fmt=None, *, policy=None):
        super().__init__(outfp, mangle_from_, maxheaderlen, policy=policy)
        self._fmt = fmt or "[Non-text (%(type)s) part of message omitted, filename %(filename)s]"

    def _body(self, msg, policy):
        shown = []
        for part in msg.walk():
            if part.get_content_maintype() == "text":
                shown.append(str(part.get_payload(decode=False)))
            elif part.get_content_maintype() != "multipart":
                shown.append(self._fmt % {
                    "type": part.get_content_type(),
                    "maintype": part.get_content_maintype(),
                    "subtype": part.get_content_subtype(),
                    "filename": part.get_filename("[no filename]"),
                    "description": part.get("Content-Description", "[no description]"),
                    "encoding": part.get("Content-Transfer-Encoding", "[no encoding]"),
                })
        return "\n".join(shown) + "\n"
