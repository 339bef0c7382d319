"""Content of messages, from objects and to them."""

import binascii

from email import quoprimime
from email.charset import ALIASES
from email.message import Message


class ContentManager:
    """Functions that read and set content, by type."""

    def __init__(self):
        self.get_handlers = {}
        self.set_handlers = {}

    def add_get_handler(self, key, handler):
        """Use a function for content of this type."""
        self.get_handlers[key] = handler

    def add_set_handler(self, typekey, handler):
        """Use a function for objects of this class."""
        self.set_handlers[typekey] = handler

    def get_content(self, msg, *args, **kw):
        kind = msg.get_content_type()
        for key in (kind, msg.get_content_maintype(), ""):
            if key in self.get_handlers:
                return self.get_handlers[key](msg, *args, **kw)
        raise KeyError(kind)

    def set_content(self, msg, obj, *args, **kw):
        if msg.get_content_maintype() == "multipart":
            raise TypeError("set_content not valid on multipart")
        handler = self._find_set_handler(obj)
        msg.clear_content()
        handler(msg, obj, *args, **kw)

    def _find_set_handler(self, obj):
        """The function for an object: by its class, or the class's full or short name, or those above it."""
        for cls in type(obj).__mro__:
            for key in (cls, f"{cls.__module__}.{cls.__qualname__}", cls.__qualname__, cls.__name__):
                if key in self.set_handlers:
                    return self.set_handlers[key]
        if None in self.set_handlers:
            return self.set_handlers[None]
        cls = type(obj)
        raise KeyError(f"{cls.__module__}.{cls.__qualname__}")


def get_text_content(msg, errors="replace"):
    """The text of a part."""
    return msg.get_payload(decode=True).decode(msg.get_param("charset", "ASCII"), errors=errors)


def get_non_text_content(msg):
    """The bytes of a part."""
    return msg.get_payload(decode=True)


def get_message_content(msg):
    """The message in a part."""
    return msg.get_payload(0)


def get_and_fixup_unknown_message_content(msg):
    """The bytes of a message in a part, of a kind that is not known."""
    return bytes(msg.get_payload(0))


def _prepare(msg, kind, headers):
    msg["Content-Type"] = kind
    headers = list(headers or ())
    if headers and not hasattr(headers[0], "name"):
        policy = msg.policy
        headers = [policy.header_factory(*policy.header_source_parse([header])) for header in headers]
    for header in headers:
        if header.defects:
            raise ValueError(f"Invalid header: {header.fold(policy=msg.policy)}") from header.defects[0]
        msg[header.name] = header


def _finish(msg, disposition, filename, cid, params):
    if disposition is None and filename is not None:
        disposition = "attachment"
    if disposition is not None:
        msg["Content-Disposition"] = disposition
    if filename is not None:
        msg.set_param("filename", filename, header="Content-Disposition", replace=True)
    if cid is not None:
        msg["Content-ID"] = cid
    for name, value in (params or {}).items():
        msg.set_param(name, value)


def _base64(data, limit):
    step = (limit or 76) // 4 * 3
    return "".join(binascii.b2a_base64(data[at : at + step]).decode("ascii") for at in range(0, len(data), step))


def _encoded_text(text, charset, cte, policy):
    """The best transfer encoding of a text, unless it is given, and the text so encoded."""
    lines = text.encode(charset).splitlines()
    linesep = policy.linesep.encode("ascii")
    limit = policy.max_line_length or 10 ** 9

    def joined(lines, end=b"\n"):
        return end.join(lines) + end

    if cte is None:
        if max(map(len, lines), default=0) <= limit:
            body = joined(lines)
            if body.isascii():
                return "7bit", body.decode("ascii")
            if policy.cte_type == "8bit":
                return "8bit", body.decode("ascii", "surrogateescape")
        # The first lines show what is shorter.
        sample = joined(lines[:10], linesep)
        quoted = quoprimime.body_encode(sample.decode("latin-1"), limit)
        cte = "base64" if len(quoted) > len(binascii.b2a_base64(sample)) else "quoted-printable"
        if cte == "quoted-printable" and len(lines) <= 10:
            return cte, quoted
    if cte == "7bit":
        return cte, joined(lines).decode("ascii")
    if cte == "8bit":
        return cte, joined(lines).decode("ascii", "surrogateescape")
    if cte == "quoted-printable":
        return cte, quoprimime.body_encode(joined(lines).decode("latin-1"), limit)
    if cte == "base64":
        return cte, _base64(joined(lines, linesep), policy.max_line_length)
    raise ValueError(f"Unknown content transfer encoding {cte}")


def set_text_content(msg, string, subtype="plain", charset="utf-8", cte=None, disposition=None, filename=None, cid=None,
                     params=None, headers=None):
    """Makes a text the content of a part."""
    _prepare(msg, f"text/{subtype}", headers)
    cte, payload = _encoded_text(string, charset, cte, msg.policy)
    msg.set_payload(payload)
    msg.set_param("charset", ALIASES.get(charset, charset), replace=True)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def set_bytes_content(msg, data, maintype, subtype, cte="base64", disposition=None, filename=None, cid=None, params=None,
                      headers=None):
    """Makes bytes the content of a part."""
    _prepare(msg, f"{maintype}/{subtype}", headers)
    if cte == "base64":
        text = _base64(data, msg.policy.max_line_length)
    elif cte == "quoted-printable":
        text = binascii.b2a_qp(data, quotetabs=True, istext=False, header=False).decode("ascii")
    elif cte == "7bit":
        text = bytes(data).decode("ascii")
    else:
        text = bytes(data).decode("ascii", "surrogateescape")
    msg.set_payload(text)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def set_message_content(msg, message, subtype="rfc822", cte=None, disposition=None, filename=None, cid=None, params=None,
                        headers=None):
    """Makes a message the content of a part."""
    if subtype == "partial":
        raise ValueError("message/partial is not supported for Message objects")
    allowed = {"rfc822": (None, "7bit", "8bit", "binary"), "external-body": (None, "7bit")}.get(subtype)
    if allowed and cte not in allowed:
        raise ValueError(f"message/{subtype} parts do not support cte={cte}")
    _prepare(msg, f"message/{subtype}", headers)
    msg.set_payload([message])
    msg["Content-Transfer-Encoding"] = cte or ("8bit" if subtype == "rfc822" else "7bit")
    _finish(msg, disposition, filename, cid, params)


raw_data_manager = ContentManager()
raw_data_manager.add_get_handler("text", get_text_content)
for _kind in "audio", "image", "video", "application":
    raw_data_manager.add_get_handler(_kind, get_non_text_content)
for _kind in "rfc822", "external-body":
    raw_data_manager.add_get_handler(f"message/{_kind}", get_message_content)
raw_data_manager.add_get_handler("message", get_and_fixup_unknown_message_content)
raw_data_manager.add_set_handler(str, set_text_content)
for _cls in bytes, bytearray, memoryview:
    raw_data_manager.add_set_handler(_cls, set_bytes_content)
raw_data_manager.add_set_handler(Message, set_message_content)
