"""Reprs for messages, short enough to read."""

__unittest = True
_MAX, _PLACEHOLDER, _KEEP = 80, 12, 5


def safe_repr(obj, short=False):
    """repr, or object's where that fails; at most 80 characters if `short`."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text if not short or len(text) < _MAX else text[:_MAX] + " [truncated]..."


def strclass(cls):
    """A class's module and name."""
    return f"{cls.__module__}.{cls.__qualname__}"


def _cut(text, head, tail):
    hidden = len(text) - head - tail
    return f"{text[:head]}[{hidden} chars]{text[len(text) - tail:]}" if hidden > _PLACEHOLDER else text


def common_reprs(*objects):
    """Their reprs, cut where they are long and alike."""
    texts = [safe_repr(obj) for obj in objects]
    longest = max(map(len, texts))
    if longest <= _MAX:
        return tuple(texts)
    low, high = min(texts), max(texts)
    same = 0
    while same < len(low) and low[same] == high[same]:
        same += 1
    start = texts[0][:same]
    room = _MAX - (longest - same + _KEEP + _PLACEHOLDER)
    if room > _KEEP:
        start = _cut(start, _KEEP, room)
        return tuple(start + text[same:] for text in texts)
    start = _cut(start, _KEEP, _KEEP)
    # What is left of the line after both cut parts.
    rest = _MAX - 3 * _KEEP - 2 * _PLACEHOLDER
    return tuple(start + _cut(text[same:], rest, _KEEP) for text in texts)
