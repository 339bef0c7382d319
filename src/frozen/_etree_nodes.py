"""The nodes of `xml.etree.ElementTree`."""

import copy

from xml.etree import ElementPath


def _check(element, where):
    if not isinstance(element, Element):
        raise TypeError(f"{where} must be xml.etree.ElementTree.Element, not {type(element).__name__}")


def _check_item(element):
    if not isinstance(element, Element):
        raise TypeError(f'expected an Element, not "{type(element).__name__}"')


class Element:
    """An element: its name is `tag`, its attributes are in `attrib`, its items are the elements in it; `text` is what
    stands before the first of them, and `tail` what stands behind the element itself.
    """

    __slots__ = ("tag", "_attrib", "text", "tail", "_children", "__weakref__")

    def __init__(self, /, *args, **extra):
        if "tag" in extra and not args:
            args = (extra.pop("tag"),)
        if not args:
            raise TypeError("Element() takes at least 1 argument (0 given)")
        if len(args) > 2:
            raise TypeError(f"Element() takes at most 2 arguments ({len(args)} given)")
        attrib = args[1] if len(args) > 1 else extra.pop("attrib", {})
        if not isinstance(attrib, dict):
            raise TypeError(f"Element() argument 2 must be dict, not {type(attrib).__name__}")
        self.tag = args[0]
        self._attrib = {**attrib, **extra}
        self.text = None
        self.tail = None
        self._children = []

    @property
    def attrib(self):
        return self._attrib

    @attrib.setter
    def attrib(self, value):
        if not isinstance(value, dict):
            raise TypeError(f"attrib must be dict, not {type(value).__name__}")
        self._attrib = value

    def __repr__(self):
        return f"<{type(self).__name__} {self.tag!r} at {id(self):#x}>"

    def makeelement(self, tag, attrib, /):
        """A new element of the same kind."""
        if not isinstance(attrib, dict):
            raise TypeError(f"makeelement() argument 2 must be dict, not {type(attrib).__name__}")
        return type(self)(tag, attrib)

    def __copy__(self):
        made = self.makeelement(self.tag, self._attrib)
        made.text, made.tail = self.text, self.tail
        made._children = self._children[:]
        return made

    def __deepcopy__(self, memo):
        made = self.makeelement(copy.deepcopy(self.tag, memo), copy.deepcopy(self._attrib, memo))
        made.text, made.tail = copy.deepcopy(self.text, memo), copy.deepcopy(self.tail, memo)
        memo[id(self)] = made
        made._children = [copy.deepcopy(child, memo) for child in self._children]
        return made

    def __getstate__(self):
        return {
            "tag": self.tag, "_children": self._children, "attrib": self._attrib, "text": self.text, "tail": self.tail,
        }

    def __setstate__(self, state):
        attrib = state.get("attrib", {})
        if not isinstance(attrib, dict):
            raise TypeError(f"attrib must be dict, not {type(attrib).__name__}")
        self.tag = state["tag"]
        self._children = list(state.get("_children", ()))
        self._attrib = dict(attrib)
        self.text, self.tail = state.get("text"), state.get("tail")

    def __reduce_ex__(self, protocol):
        return type(self), (self.tag,), self.__getstate__()

    # Its elements.

    def __len__(self):
        return len(self._children)

    def __getitem__(self, index):
        if not isinstance(index, slice):
            self._check_index(index)
            if not -len(self) <= index < len(self):
                raise IndexError("child index out of range")
        return self._children[index]

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            if not hasattr(value, "__iter__"):
                raise TypeError(f'expected sequence, not "{type(value).__name__}"')
            value = list(value)
            for element in value:
                _check_item(element)
        else:
            self._check_index(index)
            if not -len(self) <= index < len(self):
                raise IndexError("child assignment index out of range")
            _check_item(value)
        self._children[index] = value

    def __delitem__(self, index):
        if not isinstance(index, slice):
            self._check_index(index)
            if not -len(self) <= index < len(self):
                raise IndexError("child assignment index out of range")
        del self._children[index]

    @staticmethod
    def _check_index(index):
        if not hasattr(index, "__index__"):
            raise TypeError("element indices must be integers")

    def append(self, subelement, /):
        """Add an element at the end."""
        _check(subelement, "append() argument")
        self._children.append(subelement)

    def extend(self, elements, /):
        """Add elements at the end."""
        if not hasattr(elements, "__iter__"):
            raise TypeError(f'expected sequence, not "{type(elements).__name__}"')
        for element in list(elements):
            _check_item(element)
            self._children.append(element)

    def insert(self, index, subelement, /):
        """Insert an element at a place."""
        _check(subelement, "insert() argument 2")
        self._children.insert(index, subelement)

    def remove(self, subelement, /):
        """Remove an element."""
        _check(subelement, "remove() argument")
        self._children.remove(subelement)

    def clear(self):
        """Remove attributes, text and elements."""
        self._attrib.clear()
        self._children = []
        self.text = self.tail = None

    # Attributes.

    def get(self, key, default=None):
        """The value of an attribute."""
        return self._attrib.get(key, default)

    def set(self, key, value, /):
        """Set an attribute."""
        self._attrib[key] = value

    def keys(self):
        """The names of the attributes."""
        return self._attrib.keys()

    def items(self):
        """Names and values of the attributes."""
        return self._attrib.items()

    # Searching.

    def find(self, path, namespaces=None):
        """The first element that a path leads to, or None."""
        return ElementPath.find(self, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """The text of the first element that a path leads to."""
        return ElementPath.findtext(self, path, default, namespaces)

    def findall(self, path, namespaces=None):
        """All elements that a path leads to."""
        return ElementPath.findall(self, path, namespaces)

    def iterfind(self, path, namespaces=None):
        """An iterator of the elements that a path leads to."""
        return ElementPath.iterfind(self, path, namespaces)

    def iter(self, tag=None):
        """This element and all below it, those with this tag, in the order of the document."""
        tag = None if tag == "*" else tag
        waiting = [iter((self,))]
        while waiting:
            for element in waiting[-1]:
                waiting.append(_live(element))
                if tag is None or element.tag == tag:
                    yield element
                break
            else:
                waiting.pop()

    def itertext(self):
        """All text in this element, piece by piece."""
        if not isinstance(self.tag, str) and self.tag is not None:
            return
        waiting = [(self, None)]
        while waiting:
            element, below = waiting.pop()
            if below is None:
                if element.text and (isinstance(element.tag, str) or element.tag is None):
                    yield element.text
                is_plain = isinstance(element.tag, str) or element.tag is None
                below = _live(element) if is_plain else iter(())
            child = next(below, None)
            if child is not None:
                waiting.append((element, below))
                waiting.append((child, None))
            elif element is not self and element.tail:
                yield element.tail


def _live(element):
    """The elements in one, also those that are added meanwhile."""
    i = 0
    while i < len(element._children):
        yield element._children[i]
        i += 1


def SubElement(parent, tag, /, *args, **extra):
    """A new element as the last one in another; it is given a name and attributes."""
    if not isinstance(parent, Element):
        found = type(parent).__name__
        raise TypeError(f"SubElement() argument 1 must be xml.etree.ElementTree.Element, not {found}")
    attrib = args[0] if args else extra.pop("attrib", {})
    if not isinstance(attrib, dict):
        raise TypeError(f"SubElement() argument 3 must be dict, not {type(attrib).__name__}")
    element = parent.makeelement(tag, {**attrib, **extra})
    parent.append(element)
    return element


def Comment(text=None):
    """A comment, as an element whose tag is this function."""
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    """A processing instruction, as an element whose tag is this function."""
    element = Element(ProcessingInstruction)
    element.text = f"{target} {text}" if text else target
    return element


def iselement(element):
    """Whether something is an element."""
    return hasattr(element, "tag")


class QName:
    """A name with the namespace it belongs to, for tags, names and values of attributes."""

    def __init__(self, text_or_uri, tag=None):
        self.text = f"{{{text_or_uri}}}{tag}" if tag else text_or_uri

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"<{type(self).__name__} {self.text!r}>"

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == _name(other)

    def __le__(self, other):
        return self.text <= _name(other)

    def __lt__(self, other):
        return self.text < _name(other)

    def __ge__(self, other):
        return self.text >= _name(other)

    def __gt__(self, other):
        return self.text > _name(other)


def _name(value):
    return value.text if isinstance(value, QName) else value


for _item in (Element, SubElement, Comment, ProcessingInstruction, iselement, QName):
    _item.__module__ = "xml.etree.ElementTree"
