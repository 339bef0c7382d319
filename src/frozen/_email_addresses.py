"""Addresses in the headers of messages."""

import re

_token = re.compile(r'"((?:[^"\\]|\\.)*)"|\(((?:[^()\\]|\\.|\([^()]*\))*)\)|<([^<>]*)>|([,;:])|([^\s",;:<>()]+)|\s+')
_special = re.compile(r'[][\\()<>@,:;".]')


def quote(str):
    """A text with backslashes before quotes and backslashes."""
    return str.replace("\\", "\\\\").replace('"', '\\"')


def unquote(str):
    """A text without the quotes or brackets around it."""
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        if str.startswith("<") and str.endswith(">"):
            return str[1:-1]
    return str


def parse(text):
    """Pairs of names and addresses in a list of them."""
    found = []
    words, comment, address = [], "", None

    def finish():
        nonlocal words, comment, address
        if address is not None:
            found.append((" ".join(words) + (f" ({comment})" if comment and words else comment), address))
        elif words:
            found.append((comment, "".join(words)))
        words, comment, address = [], "", None

    for match in _token.finditer(text):
        quoted, note, bracketed, mark, word = match.groups()
        if quoted is not None:
            words.append(re.sub(r"\\(.)", r"\1", quoted))
        elif note is not None:
            comment = f"{comment} {note}".strip()
        elif bracketed is not None:
            address = "".join(bracketed.split())
        elif mark == ":":
            # What was before is the name of a group.
            words, comment = [], ""
        elif mark:
            finish()
        elif word is not None:
            words.append(word)
    finish()
    return found


def parseaddr(addr):
    """The name and the address in a text; both empty if there are none."""
    found = parse(addr[0] if isinstance(addr, list) and addr else addr or "")
    return found[0] if len(found) == 1 or found else ("", "")


def getaddresses(fieldvalues):
    """The names and addresses in several texts."""
    return parse(", ".join(str(value) for value in fieldvalues))


def formataddr(pair, charset="utf-8"):
    """A name and an address as headers have them."""
    name, address = pair
    # Other characters have no place in addresses.
    address.encode("ascii")
    if not name:
        return address
    if not name.isascii():
        if isinstance(charset, str):
            from email.charset import Charset

            charset = Charset(charset)
        return f"{charset.header_encode(name)} <{address}>"
    quotes = '"' if _special.search(name) else ""
    return f"{quotes}{quote(name)}{quotes} <{address}>"
