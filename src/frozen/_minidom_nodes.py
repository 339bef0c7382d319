"""The nodes of `xml.dom.minidom`, documents aside."""

import io
import xml.dom
from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX

_TEXTS = (xml.dom.Node.TEXT_NODE, xml.dom.Node.CDATA_SECTION_NODE)


class NodeList(list):
    """Nodes by number."""

    __slots__ = ()

    def item(self, index):
        return self[index] if 0 <= index < len(self) else None

    @property
    def length(self):
        return len(self)


class Node(xml.dom.Node):
    """What all nodes have in common."""

    namespaceURI = None
    prefix = EMPTY_PREFIX
    localName = None
    parentNode = None
    ownerDocument = None
    nodeValue = None
    attributes = None
    # Kinds of the nodes that may be in it.
    _may_hold = ()

    def __init__(self):
        self.childNodes = NodeList()

    def __bool__(self):
        return True

    @property
    def firstChild(self):
        return self.childNodes[0] if self.childNodes else None

    @property
    def lastChild(self):
        return self.childNodes[-1] if self.childNodes else None

    def _sibling(self, distance):
        if self.parentNode is None:
            return None
        siblings = self.parentNode.childNodes
        for i, node in enumerate(siblings):
            if node is self:
                i += distance
                return siblings[i] if 0 <= i < len(siblings) else None
        return None

    @property
    def nextSibling(self):
        return self._sibling(1)

    @property
    def previousSibling(self):
        return self._sibling(-1)

    def hasChildNodes(self):
        return bool(self.childNodes)

    def isSameNode(self, other):
        return self is other

    # As text.

    def toxml(self, encoding=None, standalone=None):
        """The node as text, or as bytes if an encoding is given."""
        return self.toprettyxml("", "", encoding, standalone)

    def toprettyxml(self, indent="\t", newl="\n", encoding=None, standalone=None):
        """The same with a line for each node."""
        if encoding is None:
            writer = io.StringIO()
        else:
            writer = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="xmlcharrefreplace", newline="\n")
        if self.nodeType == Node.DOCUMENT_NODE:
            self.writexml(writer, "", indent, newl, encoding, standalone)
        else:
            self.writexml(writer, "", indent, newl)
        return writer.getvalue() if encoding is None else writer.detach().getvalue()

    # Changing.

    def _check(self, node):
        if node.nodeType not in self._may_hold:
            raise xml.dom.HierarchyRequestErr(f"{node!r} cannot be child of {self!r}")

    def _index(self, node):
        for i, child in enumerate(self.childNodes):
            if child is node:
                return i
        raise xml.dom.NotFoundErr()

    def insertBefore(self, newChild, refChild):
        """Put a node before another one, or at the end; a fragment's nodes all go there."""
        if newChild.nodeType == Node.DOCUMENT_FRAGMENT_NODE:
            for child in tuple(newChild.childNodes):
                self.insertBefore(child, refChild)
            return newChild
        self._check(newChild)
        if newChild.parentNode is not None:
            newChild.parentNode.removeChild(newChild)
        at = len(self.childNodes) if refChild is None else self._index(refChild)
        self.childNodes.insert(at, newChild)
        newChild.parentNode = self
        return newChild

    def appendChild(self, node):
        """Put a node at the end."""
        return self.insertBefore(node, None)

    def replaceChild(self, newChild, oldChild):
        """Put a node in the place of another one, which is returned."""
        if newChild is oldChild:
            return None
        at = self._index(oldChild)
        if newChild.nodeType == Node.DOCUMENT_FRAGMENT_NODE:
            behind = oldChild.nextSibling
            self.removeChild(oldChild)
            return self.insertBefore(newChild, behind)
        self._check(newChild)
        if newChild.parentNode is not None:
            newChild.parentNode.removeChild(newChild)
            at = self._index(oldChild)
        self.childNodes[at] = newChild
        newChild.parentNode, oldChild.parentNode = self, None
        return oldChild

    def removeChild(self, oldChild):
        """Take a node out."""
        del self.childNodes[self._index(oldChild)]
        oldChild.parentNode = None
        return oldChild

    def normalize(self):
        """Join texts that stand together, and drop empty ones."""
        kept = []
        for child in self.childNodes:
            if child.nodeType == Node.TEXT_NODE:
                if not child.data:
                    child.unlink()
                    continue
                if kept and kept[-1].nodeType == Node.TEXT_NODE:
                    kept[-1].data += child.data
                    child.unlink()
                    continue
            elif child.nodeType == Node.ELEMENT_NODE:
                child.normalize()
            kept.append(child)
        self.childNodes[:] = kept

    def cloneNode(self, deep):
        """A copy, with what is in it if it is to be deep."""
        from xml.dom.minidom import clone

        return clone(self, deep, self.ownerDocument or self)

    def unlink(self):
        """Let go of all nodes around it."""
        self.parentNode = self.ownerDocument = None
        for child in self.childNodes:
            child.unlink()
        self.childNodes = NodeList()

    def __enter__(self):
        return self

    def __exit__(self, et, ev, tb):
        self.unlink()

    def isSupported(self, feature, version):
        return self.ownerDocument.implementation.hasFeature(feature, version)


def escaped(data):
    return data.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace(">", "&gt;")


def _descendants(node, fits):
    found = NodeList()
    for child in node.childNodes:
        if child.nodeType == Node.ELEMENT_NODE and fits(child):
            found.append(child)
        found.extend(_descendants(child, fits))
    return found


def split_name(name):
    prefix, colon, local = name.partition(":")
    return (prefix, local) if colon else (None, name)


_CONTENT = (
    Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.TEXT_NODE, Node.CDATA_SECTION_NODE,
    Node.ENTITY_REFERENCE_NODE,
)


class Searchable(Node):
    """Nodes with elements in them."""

    def getElementsByTagName(self, name):
        """All elements of this name below; "*" for any."""
        return _descendants(self, lambda e: name in ("*", e.tagName))

    def getElementsByTagNameNS(self, namespaceURI, localName):
        """All elements of this name in a namespace."""
        return _descendants(self, lambda e: localName in ("*", e.localName) and namespaceURI in ("*", e.namespaceURI))


class DocumentFragment(Node):
    nodeType = Node.DOCUMENT_FRAGMENT_NODE
    nodeName = "#document-fragment"
    _may_hold = (*_CONTENT, Node.NOTATION_NODE)


class Attr(Node):
    """An attribute of an element."""

    nodeType = Node.ATTRIBUTE_NODE
    specified = False
    isId = False
    ownerElement = None

    def __init__(self, qName, namespaceURI=EMPTY_NAMESPACE, localName=None, prefix=None):
        super().__init__()
        self.nodeName = self.name = qName
        self.namespaceURI = namespaceURI
        self.prefix, self.localName = split_name(qName)
        self.localName = localName or self.localName
        self.prefix = prefix or self.prefix
        self.value = ""

    @property
    def nodeValue(self):
        return self.value

    @nodeValue.setter
    def nodeValue(self, value):
        self.value = value


class NamedNodeMap:
    """The attributes of an element by name."""

    def __init__(self, attrs, attrsNS, ownerElement):
        self._attrs = attrs
        self._ownerElement = ownerElement

    @property
    def length(self):
        return len(self._attrs)

    __len__ = length.fget

    def item(self, index):
        return list(self._attrs.values())[index] if 0 <= index < len(self._attrs) else None

    def items(self):
        return [(attr.nodeName, attr.value) for attr in self._attrs.values()]

    def itemsNS(self):
        return [((attr.namespaceURI, attr.localName), attr.value) for attr in self._attrs.values()]

    def keys(self):
        return self._attrs.keys()

    def keysNS(self):
        return [key for key, _ in self.itemsNS()]

    def values(self):
        return self._attrs.values()

    def __iter__(self):
        # By number, as sequences without an iterator of their own.
        return iter(list(self._attrs.values()))

    def __contains__(self, key):
        return key in self._attrs if isinstance(key, str) else key in self.keysNS()

    def get(self, name, value=None):
        return self._attrs.get(name, value)

    def getNamedItem(self, name):
        return self._attrs.get(name)

    def getNamedItemNS(self, namespaceURI, localName):
        return self._ownerElement.getAttributeNodeNS(namespaceURI, localName)

    def __getitem__(self, key):
        if isinstance(key, str):
            return self._attrs[key]
        found = self.getNamedItemNS(*key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, name, value):
        if isinstance(value, str):
            self._ownerElement.setAttribute(name, value)
        else:
            self._ownerElement.setAttributeNode(value)

    def setNamedItem(self, node):
        return self._ownerElement.setAttributeNode(node)

    setNamedItemNS = setNamedItem

    def removeNamedItem(self, name):
        node = self.getNamedItem(name)
        return self._ownerElement.removeAttributeNode(node)

    def __delitem__(self, key):
        self._ownerElement.removeAttributeNode(self[key])


AttributeList = NamedNodeMap


class Element(Searchable):
    nodeType = Node.ELEMENT_NODE
    _may_hold = _CONTENT

    def __init__(self, tagName, namespaceURI=EMPTY_NAMESPACE, prefix=None, localName=None):
        super().__init__()
        self.tagName = self.nodeName = tagName
        self.namespaceURI = namespaceURI
        own_prefix, own_local = split_name(tagName)
        self.prefix = prefix or own_prefix
        self.localName = localName or own_local
        self._attrs = {}

    @property
    def attributes(self):
        return NamedNodeMap(self._attrs, None, self)

    def __repr__(self):
        return f"<DOM Element: {self.tagName} at {id(self):#x}>"

    def hasAttributes(self):
        return bool(self._attrs)

    def hasAttribute(self, name):
        return name in self._attrs

    def hasAttributeNS(self, namespaceURI, localName):
        return self.getAttributeNodeNS(namespaceURI, localName) is not None

    def getAttribute(self, attname):
        """The value of an attribute; empty if there is none."""
        return self._attrs[attname].value if attname in self._attrs else ""

    def getAttributeNS(self, namespaceURI, localName):
        found = self.getAttributeNodeNS(namespaceURI, localName)
        return "" if found is None else found.value

    def getAttributeNode(self, attrname):
        return self._attrs.get(attrname)

    def getAttributeNodeNS(self, namespaceURI, localName):
        for attr in self._attrs.values():
            if attr.localName == localName and attr.namespaceURI == namespaceURI:
                return attr
        return None

    def setAttribute(self, attname, value):
        """Set an attribute."""
        attr = self._attrs.get(attname)
        if attr is None:
            attr = Attr(attname)
            attr.ownerDocument = self.ownerDocument
            self.setAttributeNode(attr)
        attr.value = value

    def setAttributeNS(self, namespaceURI, qualifiedName, value):
        prefix, local = split_name(qualifiedName)
        attr = self.getAttributeNodeNS(namespaceURI, local)
        if attr is None:
            attr = Attr(qualifiedName, namespaceURI, local, prefix)
            attr.ownerDocument = self.ownerDocument
            self.setAttributeNode(attr)
        attr.value = value

    def setAttributeNode(self, attr):
        """Take an attribute over; the one in whose place it comes is returned."""
        if attr.ownerElement not in (None, self):
            raise xml.dom.InuseAttributeErr("attribute node already owned")
        old = self._attrs.get(attr.name) or self.getAttributeNodeNS(attr.namespaceURI, attr.localName)
        if old is not None and old is not attr:
            self.removeAttributeNode(old)
        self._attrs[attr.name] = attr
        attr.ownerElement = self
        return None if old is attr else old

    setAttributeNodeNS = setAttributeNode

    def removeAttribute(self, name):
        self.removeAttributeNode(self._attrs.get(name))

    def removeAttributeNS(self, namespaceURI, localName):
        self.removeAttributeNode(self.getAttributeNodeNS(namespaceURI, localName))

    def removeAttributeNode(self, node):
        if node is None or node.name not in self._attrs:
            raise xml.dom.NotFoundErr()
        del self._attrs[node.name]
        node.ownerElement = None
        return node

    removeAttributeNodeNS = removeAttributeNode

    def setIdAttribute(self, name):
        """Say that an attribute is what the element can be found by."""
        if name not in self._attrs:
            raise xml.dom.NotFoundErr()
        self._attrs[name].isId = True

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(f"{indent}<{self.tagName}")
        for name, attr in self._attrs.items():
            writer.write(f' {name}="{escaped(attr.value)}"')
        if not self.childNodes:
            writer.write(f"/>{newl}")
            return
        writer.write(">")
        if len(self.childNodes) == 1 and self.childNodes[0].nodeType in _TEXTS:
            self.childNodes[0].writexml(writer, "", "", "")
        else:
            writer.write(newl)
            for node in self.childNodes:
                node.writexml(writer, indent + addindent, addindent, newl)
            writer.write(indent)
        writer.write(f"</{self.tagName}>{newl}")


class Childless(Node):
    """Nodes with nothing in them."""

    def __init__(self):
        self.childNodes = NodeList()

    def insertBefore(self, newChild, refChild):
        raise xml.dom.HierarchyRequestErr(f"{self.nodeName} nodes do not have children")

    def appendChild(self, node):
        raise xml.dom.HierarchyRequestErr(f"{self.nodeName} nodes cannot have children")

    def removeChild(self, oldChild):
        raise xml.dom.NotFoundErr(f"{self.nodeName} nodes do not have children")

    def replaceChild(self, newChild, oldChild):
        raise xml.dom.HierarchyRequestErr(f"{self.nodeName} nodes do not have children")

    def normalize(self):
        pass


class ProcessingInstruction(Childless):
    nodeType = Node.PROCESSING_INSTRUCTION_NODE

    def __init__(self, target, data):
        super().__init__()
        self.target = self.nodeName = target
        self.data = self.nodeValue = data

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(f"{indent}<?{self.target} {self.data}?>{newl}")


class CharacterData(Childless):
    """Text of any kind."""

    def __init__(self, data=""):
        super().__init__()
        self.data = data

    @property
    def nodeValue(self):
        return self.data

    @nodeValue.setter
    def nodeValue(self, value):
        self.data = value

    @property
    def length(self):
        return len(self.data)

    __len__ = length.fget

    def __repr__(self):
        return f'<DOM {type(self).__name__} node "{self.data[:10]!r}{"..." if len(self.data) > 10 else ""}">'

    def _check_place(self, offset, count=0):
        if offset < 0:
            raise xml.dom.IndexSizeErr("offset cannot be negative")
        if offset >= len(self.data):
            raise xml.dom.IndexSizeErr("offset cannot be beyond end of data")
        if count < 0:
            raise xml.dom.IndexSizeErr("count cannot be negative")

    def substringData(self, offset, count):
        self._check_place(offset, count)
        return self.data[offset:offset + count]

    def appendData(self, arg):
        self.data += arg

    def insertData(self, offset, arg):
        self._check_place(offset)
        self.data = self.data[:offset] + arg + self.data[offset:]

    def deleteData(self, offset, count):
        self.replaceData(offset, count, "")

    def replaceData(self, offset, count, arg):
        self._check_place(offset, count)
        if count:
            self.data = self.data[:offset] + arg + self.data[offset + count:]


class Text(CharacterData):
    nodeType = Node.TEXT_NODE
    nodeName = "#text"

    def splitText(self, offset):
        """Make two nodes of it; the second one is returned."""
        if offset < 0 or offset > len(self.data):
            raise xml.dom.IndexSizeErr("illegal offset value")
        rest = type(self)(self.data[offset:])
        rest.ownerDocument = self.ownerDocument
        if self.parentNode is not None:
            self.parentNode.insertBefore(rest, self.nextSibling)
        self.data = self.data[:offset]
        return rest

    @property
    def wholeText(self):
        """Its text and that of the texts around it."""
        texts, node = [self.data], self.previousSibling
        while node is not None and node.nodeType in _TEXTS:
            texts.insert(0, node.data)
            node = node.previousSibling
        node = self.nextSibling
        while node is not None and node.nodeType in _TEXTS:
            texts.append(node.data)
            node = node.nextSibling
        return "".join(texts)

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(escaped(f"{indent}{self.data}{newl}"))


class Comment(CharacterData):
    nodeType = Node.COMMENT_NODE
    nodeName = "#comment"

    def writexml(self, writer, indent="", addindent="", newl=""):
        if "--" in self.data:
            raise ValueError("'--' is not allowed in a comment node")
        writer.write(f"{indent}<!--{self.data}-->{newl}")


class CDATASection(Text):
    nodeType = Node.CDATA_SECTION_NODE
    nodeName = "#cdata-section"

    def writexml(self, writer, indent="", addindent="", newl=""):
        if "]]>" in self.data:
            raise ValueError("']]>' not allowed in a CDATA section")
        writer.write(f"<![CDATA[{self.data}]]>")


for _cls in (
    Node, NodeList, DocumentFragment, Attr, NamedNodeMap, Element, ProcessingInstruction, CharacterData, Text, Comment,
    CDATASection,
):
    _cls.__module__ = "xml.dom.minidom"
