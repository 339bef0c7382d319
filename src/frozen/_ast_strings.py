"""String literals for `ast.unparse`, with as few backslashes as possible."""

_TRIPLE = ('"""', "'''")
_ALL = ("'", '"', *_TRIPLE)


def _escaped(text, keep):
    """The text with escapes for what cannot be seen, except the characters to be kept."""
    return "".join(
        c if c in keep or (c != "\\" and c.isprintable()) else c.encode("unicode_escape").decode("ascii") for c in text
    )


def _quoted(text, quotes=_ALL, keep="\n\t"):
    """What stands between the quotes for a text, and the quotes that may be used, the best first."""
    body = _escaped(text, keep)
    usable = [q for q in quotes if q not in body and (len(q) == 3 or "\n" not in body)]
    if not usable:
        # repr knows how; docstrings keep their triple quotes.
        body = repr(text)
        return body[1:-1], [next((q for q in quotes if body[0] in q), body[0])]
    if body:
        # A quote at the end would be taken for the start of the closing ones.
        usable.sort(key=lambda q: q[0] == body[-1])
        if usable[0][0] == body[-1]:
            body = f"{body[:-1]}\\{body[-1]}"
    return body, usable


def literal(text):
    """A literal for a text."""
    body, quotes = _quoted(text)
    return quotes[0] + body + quotes[0]


def docstring(text):
    """A literal in triple quotes."""
    body, quotes = _quoted(text, _TRIPLE)
    return quotes[0] + body + quotes[0]


def joined(parts, plain):
    """The literal of an f-string behind its `f`; each part comes with whether it is text."""
    if plain:
        return literal("".join(part for part, _ in parts))
    quotes, bodies = list(_ALL), []
    for part, is_text in parts:
        # Lines may be broken within braces only by real line ends.
        body, possible = _quoted(part, quotes, keep="" if is_text else "\n\t")
        if set(possible).isdisjoint(quotes):
            # No quotes will do for all parts: those of repr, with every single quote escaped.
            return f"'''{''.join(repr(chr(34) + part)[2:-1] for part, _ in parts)}'''"
        bodies.append(body)
        quotes = possible
    return quotes[0] + "".join(bodies) + quotes[0]
