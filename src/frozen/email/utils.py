"""Addresses, dates and parameters in the headers of messages."""

import os
import random
import socket
import time
import urllib.parse

from _email_addresses import formataddr, getaddresses, parseaddr, quote, unquote
from _email_dates import (
    format_datetime, formatdate, localtime, mktime_tz, parsedate, parsedate_to_datetime, parsedate_tz,
)

__all__ = [
    "collapse_rfc2231_value",
    "decode_params",
    "decode_rfc2231",
    "encode_rfc2231",
    "formataddr",
    "formatdate",
    "format_datetime",
    "getaddresses",
    "make_msgid",
    "mktime_tz",
    "parseaddr",
    "parsedate",
    "parsedate_tz",
    "parsedate_to_datetime",
    "quote",
    "unquote",
    "localtime",
]


def make_msgid(idstring=None, domain=None):
    """A name for a message that no other one has."""
    middle = "" if idstring is None else "." + idstring
    return f"<{int(time.time() * 100)}.{os.getpid()}.{random.getrandbits(64)}{middle}@{domain or socket.getfqdn()}>"


def decode_rfc2231(s):
    """Encoding, language and text of a value that says them."""
    parts = s.split("'", 2)
    return tuple(parts) if len(parts) == 3 else (None, None, s)


def encode_rfc2231(s, charset=None, language=None):
    """A text as a value that says its encoding and language."""
    s = urllib.parse.quote(s, safe="", encoding=charset or "ascii")
    return s if charset is None and language is None else f"{charset}'{language or ''}'{s}"


def decode_params(params):
    """Parameters, with those joined that are in several parts."""
    result, parts = params[:1], {}
    for name, value in params[1:]:
        value = unquote(value)
        name, is_encoded = name.removesuffix("*"), name.endswith("*")
        base, star, number = name.partition("*")
        if star and number.isdigit():
            parts.setdefault(base, []).append((int(number), value, is_encoded))
        elif is_encoded:
            parts.setdefault(name, []).append((0, value, True))
        else:
            result.append((name, f'"{quote(value)}"'))
    for name, pieces in parts.items():
        is_encoded = any(piece[2] for piece in pieces)
        text = "".join(
            urllib.parse.unquote(value, encoding="latin-1") if encoded else value
            for _, value, encoded in sorted(pieces)
        )
        if is_encoded:
            charset, language, text = decode_rfc2231(text)
            result.append((name, (charset, language, f'"{text}"')))
        else:
            result.append((name, f'"{quote(text)}"'))
    return result


def collapse_rfc2231_value(value, errors="replace", fallback_charset="us-ascii"):
    """The text of a value that may say its encoding."""
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    charset, _, text = value
    try:
        return str(text.encode("raw-unicode-escape"), charset or fallback_charset, errors)
    except LookupError:
        return unquote(text)
