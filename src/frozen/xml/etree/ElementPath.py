"""Paths to elements: the part of XPath that `find` and its like know.

A path becomes a list of steps; a step makes of some elements an iterator of others.
"""

import re

_token = re.compile(
    r"""('[^']*'|"[^"]*"|::|//?|\.\.|\(\)|!=|[/.*:\[\]()@=])|((?:\{[^}]+\})?[^/\[\]()@!=\s]+)|\s+"""
)
_number = re.compile(r"-?\d+$")


def xpath_tokenizer(pattern, namespaces=None):
    """Pairs of a symbol and a name, one of which is empty; prefixes are replaced by what they stand for."""
    default = namespaces.get("") if namespaces else None
    is_attribute = False
    for symbol, name in _token.findall(pattern):
        if not name or name[0] == "{":
            yield symbol, name
            is_attribute = symbol == "@"
            continue
        prefix, colon, local = name.partition(":")
        if colon:
            if not namespaces or prefix not in namespaces:
                raise SyntaxError(f"prefix {prefix!r} not found in prefix map")
            name = f"{{{namespaces[prefix]}}}{local}"
        elif default and not is_attribute:
            name = f"{{{default}}}{name}"
        yield symbol, name
        is_attribute = False


class _Context:
    """What a search knows: the element it started from, and parents if they were asked for."""

    def __init__(self, root):
        self.root = root
        self._parents = None

    @property
    def parents(self):
        if self._parents is None:
            self._parents = {child: parent for parent in self.root.iter() for child in parent}
        return self._parents


def _test_of(tag):
    """A function that says whether a tag is the one in a path, which may have wildcards."""
    if tag == "*":
        return lambda other: True
    if tag == "{*}*":
        return lambda other: isinstance(other, str)
    if tag == "{}*":
        return lambda other: isinstance(other, str) and other[:1] != "{"
    if tag[:3] == "{*}":
        local, end = tag[3:], tag[2:]
        return lambda other: other == local or (isinstance(other, str) and other.endswith(end))
    if tag[-2:] == "}*":
        return lambda other: isinstance(other, str) and other.startswith(tag[:-1])
    name = tag.removeprefix("{}")
    return lambda other: other == name


# Steps.


def _children(tag):
    fits = _test_of(tag)

    def step(context, elements):
        for element in elements:
            for child in element:
                if fits(child.tag):
                    yield child

    return step


def _descendants(next_token):
    try:
        symbol, name = next_token()
    except StopIteration:
        return None
    if symbol and symbol != "*":
        raise SyntaxError("invalid descendant")
    fits = _test_of(symbol or name)

    def step(context, elements):
        for element in elements:
            for below in element.iter():
                if below is not element and fits(below.tag):
                    yield below

    return step


def _same(context, elements):
    yield from elements


def _parents(context, elements):
    seen = set()
    for element in elements:
        parent = context.parents.get(element)
        if parent is not None and parent not in seen:
            seen.add(parent)
            yield parent


def _filter(condition):
    def step(context, elements):
        return (element for element in elements if condition(context, element))

    return step


def _text(element):
    return "".join(element.itertext())


def _predicate(next_token):
    """What stands in brackets."""
    kinds, values = "", []
    while True:
        try:
            symbol, name = next_token()
        except StopIteration:
            return None
        if symbol == "]":
            break
        if not symbol and not name:
            continue
        if symbol[:1] in ("'", '"'):
            symbol, name = "'", symbol[1:-1]
        kinds += symbol or "-"
        values.append(name)
    return _filter(_condition(kinds, values))


def _condition(kinds, values):
    negated = "!=" in kinds
    if kinds == "@-":
        key = values[1]
        return lambda context, element: element.get(key) is not None
    if kinds in ("@-='", "@-!='"):
        key, wanted = values[1], values[-1]
        if negated:
            return lambda context, element: element.get(key) not in (None, wanted)
        return lambda context, element: element.get(key) == wanted
    if kinds in (".='", ".!='"):
        wanted = values[-1]
        return lambda context, element: (_text(element) == wanted) is not negated
    is_name = kinds.startswith("-") and not _number.match(values[0])
    if kinds == "-" and is_name:
        tag = values[0]
        return lambda context, element: element.find(tag) is not None
    if kinds in ("-='", "-!='") and is_name:
        tag, wanted = values[0], values[-1]
        return lambda context, element: any((_text(e) == wanted) is not negated for e in element.iterfind(tag))
    if kinds in ("-", "-()", "-()-"):
        return _at_index(_index(kinds, values))
    raise SyntaxError("invalid predicate")


def _index(kinds, values):
    """Which of its siblings of the same name an element must be."""
    if kinds == "-":
        index = int(values[0]) - 1
        if index < 0:
            raise SyntaxError("XPath position >= 1 expected")
        return index
    if values[0] != "last":
        raise SyntaxError("unsupported function")
    if kinds == "-()":
        return -1
    try:
        index = int(values[2]) - 1
    except ValueError:
        raise SyntaxError("unsupported expression")
    if index > -2:
        raise SyntaxError("XPath offset from last() must be negative")
    return index


def _at_index(index):
    def condition(context, element):
        parent = context.parents.get(element)
        if parent is None:
            return False
        siblings = parent.findall(element.tag)
        return -len(siblings) <= index < len(siblings) and siblings[index] is element

    return condition


def _steps(path, namespaces):
    if path[:1] == "/":
        raise SyntaxError("cannot use absolute path on element")
    next_token = iter(xpath_tokenizer(path, namespaces)).__next__
    steps = []
    token = next_token()
    while True:
        step = _step(token, next_token)
        if step is None:
            raise SyntaxError("invalid path")
        steps.append(step)
        try:
            token = next_token()
            if token[0] == "/":
                token = next_token()
        except StopIteration:
            return steps


def _step(token, next_token):
    symbol, name = token
    if symbol == "":
        return _children(name)
    if symbol == "*":
        return _children("*")
    if symbol == ".":
        return _same
    if symbol == "..":
        return _parents
    if symbol == "//":
        return _descendants(next_token)
    if symbol == "[":
        return _predicate(next_token)
    raise KeyError(symbol)


_cache = {}


def iterfind(elem, path, namespaces=None):
    """An iterator of the elements that a path leads to."""
    if path[-1:] == "/":
        path += "*"
    key = path, tuple(sorted(namespaces.items())) if namespaces else None
    steps = _cache.get(key)
    if steps is None:
        if not path.strip():
            return iter(())
        if len(_cache) > 100:
            _cache.clear()
        steps = _cache[key] = _steps(path, namespaces)
    found, context = [elem], _Context(elem)
    for step in steps:
        found = step(context, found)
    return found


def find(elem, path, namespaces=None):
    """The first element that a path leads to, or None."""
    return next(iterfind(elem, path, namespaces), None)


def findall(elem, path, namespaces=None):
    """All elements that a path leads to."""
    return list(iterfind(elem, path, namespaces))


def findtext(elem, path, default=None, namespaces=None):
    """The text of the first element that a path leads to."""
    found = find(elem, path, namespaces)
    if found is None:
        return default
    return "" if found.text is None else found.text
