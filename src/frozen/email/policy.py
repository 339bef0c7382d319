"""How headers are kept and written: `compat32` as texts, `default` as objects that know what is in them."""

from email.charset import Charset
from email.header import Header, encode_word

__all__ = ["Compat32", "compat32", "Policy", "EmailPolicy", "default", "strict", "SMTP", "HTTP", "SMTPUTF8"]


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
        return value

    def fold(self, name, value):
        """The lines of a header."""
        if isinstance(value, Header):
            text = value.encode(linesep=self.linesep, maxlinelen=self.max_line_length)
        elif not value.isascii():
            text = Header(value, "utf-8", header_name=name).encode(linesep=self.linesep)
        elif "\n" in value:
            text = value
        else:
            text = Header(value, header_name=name).encode(linesep=self.linesep, maxlinelen=self.max_line_length)
        return f"{name}: {self.linesep.join(text.splitlines())}{self.linesep}"


class EmailPolicy(Policy):
    """Headers are objects of `email.headerregistry`."""

    utf8 = False
    refold_source = "long"
    header_factory = None
    content_manager = None

    def _factory(self):
        if self.header_factory is None:
            from email.headerregistry import HeaderRegistry

            EmailPolicy.header_factory = HeaderRegistry()
        return self.header_factory

    def header_max_count(self, name):
        return self._factory()[name].max_count

    def header_store_parse(self, name, value):
        if hasattr(value, "name") and value.name.lower() == name.lower():
            return name, value
        if len(value.splitlines()) > 1:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        return name, self._factory()(name, value)

    def header_fetch_parse(self, name, value):
        if hasattr(value, "name"):
            return value
        return self._factory()(name, "".join(value.splitlines()))

    def fold(self, name, value):
        """The lines of a header: as they were, unless they are too long."""
        if hasattr(value, "name"):
            return value.fold(policy=self)
        limit = self.max_line_length or 10 ** 9
        lines = value.splitlines()
        is_long = any(len(line) > limit for line in lines) or (lines and len(lines[0]) + len(name) + 2 > limit)
        if self.refold_source == "all" or (self.refold_source == "long" and is_long):
            return self.header_fetch_parse(name, value).fold(policy=self)
        return f"{name}: {self.linesep.join(lines)}{self.linesep}"


def fold_text(name, text, policy):
    """The lines of a header of this text; words that are not ASCII are encoded."""
    limit = policy.max_line_length or 10 ** 9
    words, plain = [], []
    for word in text.split(" "):
        if word.isascii() or policy.utf8:
            words.append(word)
        elif words and plain and plain[-1]:
            # Neighbours that are encoded belong together, with the space between them.
            words[-1] += " " + word
            continue
        else:
            words.append(word)
        plain.append(not (word.isascii() or policy.utf8))
    lines = [f"{name}:"]
    for word, is_encoded in zip(words, plain):
        for part in encode_word(word, Charset("utf-8"), bias=5) if is_encoded else [word]:
            if len(lines[-1]) + 1 + len(part) > limit and lines[-1].strip() and len(lines[-1]) > len(name) + 1:
                lines.append("")
            lines[-1] += " " + part
    return policy.linesep.join(lines) + policy.linesep


compat32 = Compat32()
default = EmailPolicy()
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
HTTP = default.clone(linesep="\r\n", max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
