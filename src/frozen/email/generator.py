"""Messages as text or bytes."""

import copy
import random
import re

from email.policy import has_surrogates

__all__ = ["Generator", "DecodedGenerator", "BytesGenerator"]

_ends = re.compile(r"\r\n|\r|\n")
_from_line = re.compile(r"^From ", re.MULTILINE)


class Generator:
    """Writes messages to a file."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        self._fp = outfp
        if mangle_from_ is None:
            mangle_from_ = True if policy is None else policy.mangle_from_
        self._mangle = bool(mangle_from_)
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
            headers += self._fold(policy, name, changed.pop(name.lower(), value))
        for name, value in changed.items():
            headers += self._fold(policy, name.title(), value)
        return headers + policy.linesep + body

    def _fold(self, policy, name, value):
        return policy.fold(name, value)

    def _lines(self, text, policy):
        return _ends.sub(policy.linesep, text)

    def _body(self, msg, policy):
        payload = msg._payload
        if payload is None:
            return self._multipart(msg, [], policy) if msg.get_content_maintype() == "multipart" else ""
        if isinstance(payload, list):
            if msg.get_content_type() == "message/delivery-status":
                texts = [self._whole(part, policy) for part in payload]
                return policy.linesep.join(text.removesuffix(policy.linesep) for text in texts)
            if msg.get_content_maintype() == "message":
                return "".join(self._whole(part, policy) for part in payload[:1])
            return self._multipart(msg, payload, policy)
        if msg.get_content_maintype() == "multipart" and not isinstance(payload, str):
            return self._multipart(msg, [payload], policy)
        if not isinstance(payload, str):
            raise TypeError(f"string payload expected: {type(payload)}")
        if has_surrogates(payload):
            payload = self._unknown_bytes(msg, payload, policy)
        return self._lines(self._mangled(payload), policy)

    def _mangled(self, text):
        return _from_line.sub(">From ", text) if self._mangle else text

    def _unknown_bytes(self, msg, payload, policy):
        """Bytes that are no ASCII, which text cannot have: in a transfer encoding."""
        charset = msg.get_param("charset")
        if charset is None:
            return msg.get_payload()
        encoded = copy.deepcopy(msg)
        del encoded["content-transfer-encoding"]
        encoded.set_payload(payload, charset)
        self._changed = {
            name: encoded[name] for name in ("content-transfer-encoding", "content-type")
        }
        return encoded.get_payload()

    def _multipart(self, msg, parts, policy):
        nl = policy.linesep
        if msg.get_content_type() == "multipart/signed":
            # What is signed must stay as it is.
            policy = policy.clone(max_line_length=0)
        texts = [self._whole(part, policy) for part in parts]
        boundary = msg.get_boundary()
        if not boundary:
            boundary = self._make_boundary(nl.join(texts))
            msg.set_boundary(boundary)
        result = "" if msg.preamble is None else self._mangled(self._lines(msg.preamble, policy)) + nl
        for text in texts or [""]:
            result += f"--{boundary}{nl}{text}{nl}"
        result += f"--{boundary}--{nl}"
        if msg.epilogue is not None:
            result += self._mangled(self._lines(msg.epilogue, policy))
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

    def _fold(self, policy, name, value):
        return policy.fold_binary(name, value).decode("utf-8" if getattr(policy, "utf8", False) else "ascii", "surrogateescape")

    def _unknown_bytes(self, msg, payload, policy):
        return super()._unknown_bytes(msg, payload, policy) if policy.cte_type == "7bit" else payload


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
