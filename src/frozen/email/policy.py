"""How headers are kept and written: `compat32` as texts, `default` as objects that know what is in them."""

import re

from email import base64mime, quoprimime
from email.charset import UNKNOWN8BIT
from email.errors import HeaderParseError
from email.header import Header

__all__ = ["Compat32", "compat32", "Policy", "EmailPolicy", "default", "strict", "SMTP", "HTTP", "SMTPUTF8"]


_ends = re.compile(r"\n|\r\n?")


def has_surrogates(text):
    """Whether there are bytes in it that were no ASCII."""
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


class Policy:
    """Settings; clone() and + make others of them."""

    raise_on_defect = False
    linesep = "\n"
    cte_type = "8bit"
    max_line_length = 78
    mangle_from_ = False
    message_factory = None
    verify_generated_headers = True

    def __init__(self, **kw):
        for name, value in kw.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{name!r} is an invalid keyword argument for {type(self).__name__}")
            self.__dict__[name] = value

    def __setattr__(self, name, value):
        if hasattr(self, name):
            raise AttributeError(f"{type(self).__name__!r} object attribute {name!r} is read-only")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def clone(self, **kw):
        """The same with other values for some settings."""
        return type(self)(**{**self.__dict__, **kw})

    def __add__(self, other):
        return self.clone(**other.__dict__)

    def handle_defect(self, obj, defect):
        """Note a defect, or raise it."""
        if self.raise_on_defect:
            raise defect
        self.register_defect(obj, defect)

    def register_defect(self, obj, defect):
        """Note a defect."""
        obj.defects.append(defect)

    def header_max_count(self, name):
        """How often there may be a header; None if as often as one likes."""
        return None

    def header_source_parse(self, sourcelines):
        """Name and value of a header, of its lines."""
        name, value = sourcelines[0].split(":", 1)
        return name, "".join((value.lstrip(" \t"), *sourcelines[1:])).rstrip("\r\n")


class Compat32(Policy):
    """Headers are texts, as they were written."""

    mangle_from_ = True

    def header_store_parse(self, name, value):
        return name, value

    def header_fetch_parse(self, name, value):
        return self._clean(name, value)

    @staticmethod
    def _clean(name, value):
        """A value with bytes of an unknown encoding becomes a header that shows them as such."""
        if isinstance(value, str) and has_surrogates(value):
            return Header(value, charset=UNKNOWN8BIT, header_name=name)
        return value

    def _fold(self, name, value, clean):
        if isinstance(value, str) and has_surrogates(value) and not clean:
            # As it came.
            return f"{name}: {value}{self.linesep}"
        value = self._clean(name, value)
        header = Header(value, header_name=name) if isinstance(value, str) else value
        return f"{name}: {header.encode(linesep=self.linesep, maxlinelen=self.max_line_length or 0)}{self.linesep}"

    def fold(self, name, value):
        """The lines of a header."""
        return self._fold(name, value, True)

    def fold_binary(self, name, value):
        """The lines of a header as bytes."""
        return self._fold(name, value, self.cte_type == "7bit").encode("ascii", "surrogateescape")


class EmailPolicy(Policy):
    """Headers are objects of `email.headerregistry`."""

    utf8 = False
    refold_source = "long"
    header_factory = None
    content_manager = None

    def __getattribute__(self, name):
        # These two know messages, which know policies.
        if name in ("header_factory", "content_manager") and object.__getattribute__(self, name) is None:
            from email.contentmanager import raw_data_manager
            from email.headerregistry import HeaderRegistry

            EmailPolicy.header_factory = EmailPolicy.header_factory or HeaderRegistry()
            EmailPolicy.content_manager = EmailPolicy.content_manager or raw_data_manager
        return object.__getattribute__(self, name)

    def header_max_count(self, name):
        return self.header_factory[name].max_count

    def header_store_parse(self, name, value):
        if hasattr(value, "name") and value.name.lower() == name.lower():
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        if hasattr(value, "name"):
            return value
        return self.header_factory(name, "".join(_ends.split(value)))

    def fold(self, name, value):
        """The lines of a header: as they were, unless they are too long."""
        if hasattr(value, "name"):
            return value.fold(policy=self)
        limit = self.max_line_length or 10 ** 9
        lines = _ends.split(value.removesuffix("\n")) if value else []
        is_long = any(len(line) > limit for line in lines) or (lines and len(lines[0]) + len(name) + 2 > limit)
        if self.refold_source == "all" or (self.refold_source == "long" and is_long):
            return self.header_fetch_parse(name, value).fold(policy=self)
        return f"{name}: {self.linesep.join(lines)}{self.linesep}"

    def fold_binary(self, name, value):
        """The lines of a header as bytes."""
        folded = self.fold(name, value)
        return folded.encode("utf-8" if self.utf8 else "ascii", "surrogateescape")


def _encoded_word(text):
    """A text as an encoded word: quoted, unless Base64 is much shorter."""
    data = text.encode("utf-8", "surrogateescape")
    charset = UNKNOWN8BIT if has_surrogates(text) else "utf-8"
    quoted, encoded = quoprimime.header_encode(data, charset), base64mime.header_encode(data, charset)
    return quoted if len(quoted) - len(encoded) < 5 else encoded


def _fitting(text, room):
    """How many characters of a text have room as an encoded word."""
    count = min(len(text), max(room - 12, 0))
    while count > 0 and len(_encoded_word(text[:count])) > room:
        count -= 1
    return count


def fold_text(name, text, policy, encodes_long=False):
    """The lines of a header of this text. Words that are not ASCII are encoded, together with those between them on
    the same line; so are words that are too long for a line, if that is allowed."""
    limit = policy.max_line_length or 10 ** 9
    if limit <= 14:
        raise HeaderParseError("max_line_length is too small to fit an encoded word")
    lines = [f"{name}:"]
    # Where in the last line the encoded word begins, and the text from there on.
    start, tail = None, ""
    for word in text.split(" "):
        piece = " " + word
        if (word.isascii() or policy.utf8) and not (encodes_long and len(piece) > limit):
            if len(lines[-1]) + len(piece) > limit and lines[-1].strip():
                lines.append("")
                start = None
            lines[-1] += piece
            tail += piece
            continue
        if start is None:
            lines[-1] += " "
            start, tail = len(lines[-1]), word
        else:
            lines[-1] = lines[-1][:start]
            tail += piece
        while True:
            count = _fitting(tail, limit - len(lines[-1]))
            if count:
                lines[-1] += _encoded_word(tail[:count])
                if count == len(tail):
                    break
                tail = tail[count:]
            lines.append(" ")
            start = 1
    return policy.linesep.join(lines) + policy.linesep


compat32 = Compat32()
default = EmailPolicy()
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
HTTP = default.clone(linesep="\r\n", max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
