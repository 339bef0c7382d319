"""Messages: headers, and a body or parts."""

import base64
import binascii
import io
import quopri
import re

from _email_parts import EmailParts
from email import utils
from email.charset import Charset
from email.errors import (
    HeaderParseError, InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect,
    MultipartConversionError,
)
from email.policy import compat32, has_surrogates

__all__ = ["Message", "EmailMessage"]

_MISSING = object()


def _parse_params(text):
    """Pairs of the names and values of a header with parameters; the first one is the value itself."""
    pairs, at, quoted, start = [], 0, False, 0
    parts = []
    while at < len(text):
        c = text[at]
        if c == "\\" and quoted:
            at += 1
        elif c == '"':
            quoted = not quoted
        elif c == ";" and not quoted:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    parts.append(text[start:])
    for i, part in enumerate(parts):
        name, equals, value = part.strip().partition("=")
        if equals:
            pairs.append((name.strip().lower(), value.strip()))
        elif i == 0 or name:
            pairs.append((name, ""))
    return pairs


def _format_param(name, value=None, quote=True):
    """A parameter as it is written."""
    if value is None or value == "":
        return name
    if isinstance(value, tuple):
        return f"{name}*={utils.encode_rfc2231(value[2], value[0], value[1])}"
    if not value.isascii():
        return f"{name}*={utils.encode_rfc2231(value, 'utf-8', '')}"
    if quote or any(c in ' ()<>@,;:\\"/[]?=' for c in value):
        return f'{name}="{utils.quote(value)}"'
    return f"{name}={value}"


def _decode_base64(data):
    """The bytes of encoded ones, as far as that can be made out, and what is wrong with them."""
    missing = -len(data) % 4
    try:
        return base64.b64decode(data + b"=" * missing, validate=True), [InvalidBase64PaddingDefect()] if missing else []
    except binascii.Error:
        pass
    for end, defects in (b"", [InvalidBase64CharactersDefect]), (b"==", [InvalidBase64CharactersDefect, InvalidBase64PaddingDefect]):
        try:
            return base64.b64decode(data + end), [defect() for defect in defects]
        except binascii.Error:
            pass
    return data, [InvalidBase64LengthDefect()]


def _decode_uu(data):
    """The bytes of uuencoded ones; these themselves if they are none."""
    lines = data.splitlines()
    begin = next((i for i, line in enumerate(lines) if re.match(rb"begin [0-7]+ \S", line)), None)
    if begin is None:
        return data
    result = []
    for line in lines[begin + 1 :]:
        if line.strip() == b"end":
            return b"".join(result)
        try:
            result.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders fill the line up with more than they say.
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                result.append(binascii.a2b_uu(line[:size]))
            except binascii.Error:
                return data
    return data


class Message:
    """A message as a mapping from the names of headers, however written, to values; a name may be there more than once."""

    def __init__(self, policy=compat32):
        self.policy = policy
        self._headers = []
        self._unixfrom = None
        self._payload = None
        self._charset = None
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = "text/plain"

    # As text.

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """The message as text."""
        from email.generator import Generator

        out = io.StringIO()
        Generator(out, mangle_from_=False, maxheaderlen=maxheaderlen, policy=policy or self.policy).flatten(self, unixfrom)
        return out.getvalue()

    def __bytes__(self):
        return self.as_bytes()

    def as_bytes(self, unixfrom=False, policy=None):
        """The message as bytes."""
        from email.generator import BytesGenerator

        out = io.BytesIO()
        BytesGenerator(out, mangle_from_=False, policy=policy or self.policy).flatten(self, unixfrom)
        return out.getvalue()

    def set_unixfrom(self, unixfrom):
        """The line before the headers that files of messages have."""
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        return self._unixfrom

    # The body.

    def is_multipart(self):
        """Whether it has parts."""
        return isinstance(self._payload, list)

    def attach(self, payload):
        """Add a part."""
        if self._payload is None:
            self._payload = [payload]
        elif isinstance(self._payload, list):
            self._payload.append(payload)
        else:
            raise TypeError("Attach is not valid on a message with a non-multipart payload")

    def get_payload(self, i=None, decode=False):
        """The body, decoded to bytes if asked to, or the list of parts, or part `i`."""
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None and not isinstance(self._payload, list):
            raise TypeError(f"Expected list, got {type(self._payload)}")
        payload = self._payload
        if not isinstance(payload, str):
            return payload
        if has_surrogates(payload):
            data = payload.encode("ascii", "surrogateescape")
            if not decode:
                try:
                    return data.decode(self.get_param("charset", "ascii"), "replace")
                except LookupError:
                    return data.decode("ascii", "replace")
        elif not decode:
            return payload
        else:
            try:
                data = payload.encode("ascii")
            except UnicodeError:
                data = payload.encode("raw-unicode-escape")
        encoding = str(self.get("content-transfer-encoding", "")).lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(data)
        if encoding == "base64":
            value, defects = _decode_base64(b"".join(data.splitlines()))
            for defect in defects:
                self.policy.handle_defect(self, defect)
            return value
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _decode_uu(data)
        return data

    def set_payload(self, payload, charset=None):
        """Set the body."""
        if hasattr(payload, "encode") and charset is not None:
            known = charset if isinstance(charset, Charset) else Charset(charset)
            payload = payload.encode(known.output_charset, "surrogateescape")
        self._payload = payload.decode("ascii", "surrogateescape") if hasattr(payload, "decode") else payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        """Say the encoding of the body, and write the body so."""
        if charset is None:
            self.del_param("charset")
            self._charset = None
            return
        if not isinstance(charset, Charset):
            charset = Charset(charset)
        self._charset = charset
        if "MIME-Version" not in self:
            self.add_header("MIME-Version", "1.0")
        if "Content-Type" not in self:
            self.add_header("Content-Type", "text/plain", charset=charset.get_output_charset())
        else:
            self.set_param("charset", charset.get_output_charset())
        if charset != charset.get_output_charset():
            self._payload = charset.body_encode(self._payload)
        if "Content-Transfer-Encoding" not in self:
            encoding = charset.get_body_encoding()
            if callable(encoding):
                encoding(self)
                return
            payload = self._payload
            if payload:
                try:
                    payload = payload.encode("ascii", "surrogateescape")
                except UnicodeError:
                    payload = payload.encode(charset.output_charset)
            self._payload = charset.body_encode(payload)
            self.add_header("Content-Transfer-Encoding", encoding)

    def get_charset(self):
        return self._charset

    # Headers.

    def __len__(self):
        return len(self._headers)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, val):
        limit = self.policy.header_max_count(name)
        if limit and len(self.get_all(name, [])) >= limit:
            raise ValueError(f"There may be at most {limit} {name} headers in a message")
        self._headers.append(self.policy.header_store_parse(name, val))

    def __delitem__(self, name):
        self._headers = [pair for pair in self._headers if pair[0].lower() != name.lower()]

    def __contains__(self, name):
        return any(key.lower() == name.lower() for key, _ in self._headers)

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return [name for name, _ in self._headers]

    def values(self):
        return [value for _, value in self.items()]

    def items(self):
        return [(name, self.policy.header_fetch_parse(name, value)) for name, value in self._headers]

    def get(self, name, failobj=None):
        """The first value of a header."""
        for key, value in self._headers:
            if key.lower() == name.lower():
                return self.policy.header_fetch_parse(key, value)
        return failobj

    def get_all(self, name, failobj=None):
        """All values of a header."""
        found = [value for key, value in self.items() if key.lower() == name.lower()]
        return found or failobj

    def set_raw(self, name, value):
        self._headers.append((name, value))

    def raw_items(self):
        return iter(self._headers.copy())

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters; underscores in their names are dashes."""
        parts = [] if _value is None else [_value]
        for name, value in _params.items():
            name = name.replace("_", "-")
            parts.append(name if value is None else _format_param(name, value))
        self[_name] = "; ".join(parts)

    def replace_header(self, _name, _value):
        """Give the first header of this name another value."""
        for i, (name, _) in enumerate(self._headers):
            if name.lower() == _name.lower():
                self._headers[i] = self.policy.header_store_parse(name, _value)
                return
        raise KeyError(_name)

    # What the headers say of the body.

    def get_content_type(self):
        """The type, such as text/plain."""
        value = self.get("content-type", _MISSING)
        if value is _MISSING:
            return self.get_default_type()
        kind = str(value).partition(";")[0].strip().lower()
        return kind if kind.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        return self.get_content_type().split("/")[0]

    def get_content_subtype(self):
        return self.get_content_type().split("/")[1]

    def get_default_type(self):
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def get_params(self, failobj=None, header="content-type", unquote=True):
        """Pairs of the parameters of a header; the first one is the value itself."""
        value = self.get(header, _MISSING)
        if value is _MISSING:
            return failobj
        pairs = utils.decode_params(_parse_params(str(value)))
        return [(name, self._plain(text)) for name, text in pairs] if unquote else pairs

    @staticmethod
    def _plain(value):
        return (*value[:2], utils.unquote(value[2])) if isinstance(value, tuple) else utils.unquote(value)

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        """A parameter of a header."""
        for name, value in self.get_params([], header, unquote):
            if name.lower() == param.lower():
                return value
        return failobj

    def set_param(self, param, value, header="Content-Type", requote=True, charset=None, language="", replace=False):
        """Set a parameter of a header."""
        if not isinstance(value, tuple) and charset:
            value = charset, language, value
        if header not in self and header.lower() == "content-type":
            text = "text/plain"
        else:
            text = self.get(header)
        if not self.get_param(param, header=header):
            new = _format_param(param, value, requote)
            text = f"{text}; {new}" if text else new
        else:
            pairs = self.get_params(header=header, unquote=requote)
            text = "; ".join(_format_param(name, value if name.lower() == param.lower() else old, requote) for name, old in pairs)
        if text != self.get(header):
            if replace:
                self.replace_header(header, text)
            else:
                del self[header]
                self[header] = text

    def del_param(self, param, header="content-type", requote=True):
        """Remove a parameter of a header."""
        if header not in self:
            return
        pairs = [pair for pair in self.get_params(header=header, unquote=requote) if pair[0].lower() != param.lower()]
        text = "; ".join(_format_param(name, value, requote) for name, value in pairs)
        if text != self.get(header):
            del self[header]
            self[header] = text

    def set_type(self, type, header="Content-Type", requote=True):
        """Set the type, and keep its parameters."""
        if type.count("/") != 1:
            raise ValueError
        if header.lower() == "content-type":
            del self["mime-version"]
            self["MIME-Version"] = "1.0"
        pairs = self.get_params([], header)
        del self[header]
        self[header] = type
        for name, value in pairs[1:]:
            self.set_param(name, value, header, requote)

    def get_filename(self, failobj=None):
        """The name of the file that it is for."""
        value = self.get_param("filename", _MISSING, "content-disposition")
        if value is _MISSING:
            value = self.get_param("name", _MISSING, "content-type")
        return failobj if value is _MISSING else utils.collapse_rfc2231_value(value).strip()

    def get_boundary(self, failobj=None):
        """What stands between the parts."""
        value = self.get_param("boundary", _MISSING)
        return failobj if value is _MISSING else utils.collapse_rfc2231_value(value).rstrip()

    def set_boundary(self, boundary):
        """Set what stands between the parts."""
        if "content-type" not in self:
            raise HeaderParseError("No Content-Type header found")
        # The parameter keeps its place, and the header too.
        pairs = self.get_params(unquote=False)
        quoted = f'"{boundary}"'
        if not any(name.lower() == "boundary" for name, _ in pairs):
            pairs.append(("boundary", quoted))
        written = []
        for name, value in pairs:
            if name.lower() == "boundary":
                value = quoted
            written.append(_format_param(name, value, False) if isinstance(value, tuple) else f"{name}={value}" if value else name)
        self.replace_header("content-type", "; ".join(written))

    def get_content_charset(self, failobj=None):
        """The encoding of the body, in lower case."""
        value = self.get_param("charset", _MISSING)
        if value is _MISSING:
            return failobj
        if isinstance(value, tuple):
            try:
                value = str(value[2].encode("raw-unicode-escape"), value[0] or "us-ascii")
            except (LookupError, UnicodeError):
                value = value[2]
        return value.lower() if value.isascii() else failobj

    def get_charsets(self, failobj=None):
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        """Whether it is to be shown, "inline", or is an "attachment"."""
        value = self.get("content-disposition")
        return None if value is None else str(value).partition(";")[0].strip().lower()

    def walk(self):
        """The message and all parts below it."""
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()


class MIMEPart(EmailParts, Message):
    """A message, or a part of one, whose body and attachments are set and found by what they are for."""

    def __init__(self, policy=None):
        if policy is None:
            from email.policy import default as policy
        super().__init__(policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        policy = policy or self.policy
        if maxheaderlen is None:
            maxheaderlen = policy.max_line_length
        return super().as_string(unixfrom, maxheaderlen, policy)

    def __str__(self):
        return self.as_string(policy=self.policy.clone(utf8=True))


class EmailMessage(MIMEPart):
    """A whole message."""

    def set_content(self, *args, **kw):
        super().set_content(*args, **kw)
        if "MIME-Version" not in self:
            self["MIME-Version"] = "1.0"
