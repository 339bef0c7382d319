"""File names and patterns with *, ? and [...]."""

import functools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Whether a name matches a pattern; in small letters, where the system makes no difference."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=32768, typed=True)
def _compile_pattern(pat):
    if isinstance(pat, bytes):
        return re.compile(bytes(translate(str(pat, "latin-1")), "latin-1")).match
    return re.compile(translate(pat)).match


def filter(names, pat):
    """The names that match a pattern."""
    match = _compile_pattern(os.path.normcase(pat))
    if os.path is not posixpath:
        return [name for name in names if match(os.path.normcase(name))]
    return [name for name in names if match(name)]


def fnmatchcase(name, pat):
    """Whether a name matches a pattern, letter by letter."""
    return _compile_pattern(pat)(name) is not None


def _set(body):
    """A set of characters as a regular expression; `body` is what stands in the brackets."""
    negated = body[:1] == "!"
    if negated:
        body = body[1:]
    if "-" not in body:
        out = body.replace("\\", r"\\")
    else:
        # The hyphens that stand between two characters make ranges.
        chunks, start, at = [], 0, 1
        while True:
            at = body.find("-", at, len(body))
            if at < 0:
                break
            chunks.append(body[start:at])
            start, at = at + 1, at + 3
        if body[start:]:
            chunks.append(body[start:])
        else:
            chunks[-1] += "-"
        # Ranges that are empty are left out.
        for k in range(len(chunks) - 1, 0, -1):
            if chunks[k - 1][-1] > chunks[k][0]:
                chunks[k - 1:k + 1] = [chunks[k - 1][:-1] + chunks[k][1:]]
        out = "-".join(c.replace("\\", r"\\").replace("-", r"\-") for c in chunks)
    out = re.sub(r"([&~|])", r"\\\1", out)
    if not out:
        return "." if negated else "(?!)"
    if negated:
        return f"[^{out}]"
    return f"[\\{out}]" if out[0] in "^[" else f"[{out}]"


def translate(pat):
    """The regular expression for a pattern."""
    parts, star, at = [], object(), 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not (parts and parts[-1] is star):
                parts.append(star)
        elif c == "?":
            parts.append(".")
        elif c == "[":
            first = at + 1 if pat[at:at + 1] == "!" else at
            end = pat.find("]", first + 1)
            if end < 0:
                parts.append("\\[")
            else:
                parts.append(_set(pat[at:end]))
                at = end + 1
        else:
            parts.append(re.escape(c))

    # A star takes as little as it can, and what follows up to the next one is looked for only once.
    out, groups, k = "", 0, 0
    while k < len(parts) and parts[k] is not star:
        out += parts[k]
        k += 1
    while k < len(parts):
        k += 1
        fixed = ""
        while k < len(parts) and parts[k] is not star:
            fixed += parts[k]
            k += 1
        if k == len(parts):
            out += ".*" + fixed
        else:
            out += f"(?>.*?{fixed})"
    return rf"(?s:{out})\Z"
