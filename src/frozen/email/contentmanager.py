"""Content of messages, from objects and to them."""

import base64
import quopri

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


def _get_text(msg, errors="replace"):
    return msg.get_payload(decode=True).decode(msg.get_param("charset", "ASCII"), errors=errors)


def _get_bytes(msg):
    return msg.get_payload(decode=True)


def _get_part(msg):
    return msg.get_payload(0)


def _prepare(msg, kind, headers):
    msg["Content-Type"] = kind
    for header in headers or ():
        name, _, value = header.partition(":") if isinstance(header, str) else (header.name, None, header)
        msg[name] = value.strip() if isinstance(header, str) else value


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


def _best_encoding(data, policy):
    """How text is best written: as it is, quoted or in Base64."""
    is_short = max(map(len, data.split(b"\n")), default=0) <= (policy.max_line_length or 998)
    if data.isascii() and is_short:
        return "7bit"
    if policy.cte_type == "8bit" and is_short:
        return "8bit"
    sample = data[:400]
    return "base64" if len(base64.b64encode(sample)) < len(quopri.encodestring(sample)) else "quoted-printable"


def _set_text(
    msg, string, subtype="plain", charset="utf-8", cte=None, disposition=None, filename=None, cid=None, params=None,
    headers=None
):
    _prepare(msg, f"text/{subtype}", headers)
    lines = string.encode(charset, "surrogateescape").splitlines()
    data = b"\n".join(lines) + b"\n" if lines else b""
    cte = cte or _best_encoding(data, msg.policy)
    if cte == "base64":
        payload = base64.encodebytes(data).decode("ascii")
    elif cte == "quoted-printable":
        payload = quopri.encodestring(data).decode("ascii")
    elif cte in ("7bit", "8bit"):
        payload = data.decode("ascii", "surrogateescape")
    else:
        raise ValueError(f"Unknown content transfer encoding {cte}")
    msg.set_payload(payload)
    msg.set_param("charset", charset, replace=True)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def _set_bytes(
    msg, data, maintype, subtype, cte="base64", disposition=None, filename=None, cid=None, params=None, headers=None
):
    _prepare(msg, f"{maintype}/{subtype}", headers)
    data = bytes(data)
    if cte == "base64":
        text = base64.encodebytes(data).decode("ascii")
    elif cte == "quoted-printable":
        text = quopri.encodestring(data).decode("ascii")
    else:
        text = data.decode("ascii", "surrogateescape")
    msg.set_payload(text)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def _set_message(
    msg, message, subtype="rfc822", cte=None, disposition=None, filename=None, cid=None, params=None, headers=None
):
    _prepare(msg, f"message/{subtype}", headers)
    msg.set_payload([message])
    msg["Content-Transfer-Encoding"] = cte or ("7bit" if subtype == "external-body" else "8bit")
    _finish(msg, disposition, filename, cid, params)


raw_data_manager = ContentManager()
raw_data_manager.add_get_handler("text", _get_text)
for _kind in ("audio", "image", "video", "application"):
    raw_data_manager.add_get_handler(_kind, _get_bytes)
raw_data_manager.add_get_handler("message/rfc822", _get_part)
raw_data_manager.add_get_handler("message", lambda msg: msg.get_payload(0).as_bytes())
raw_data_manager.add_set_handler(str, _set_text)
for _cls in (bytes, bytearray, memoryview):
    raw_data_manager.add_set_handler(_cls, _set_bytes)
raw_data_manager.add_set_handler(Message, _set_message)
