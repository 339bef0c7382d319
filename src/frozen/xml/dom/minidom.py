"""A small document object model: documents as trees of nodes."""

import xml.dom
from _minidom_nodes import (
    Attr, AttributeList, CDATASection, CharacterData, Childless, Comment, DocumentFragment, Element, NamedNodeMap, Node,
    NodeList, ProcessingInstruction, Searchable, Text, split_name,
)
from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX, XML_NAMESPACE, XMLNS_NAMESPACE


class DocumentType(Childless):
    nodeType = Node.DOCUMENT_TYPE_NODE
    publicId = systemId = internalSubset = None

    def __init__(self, qualifiedName):
        super().__init__()
        self.name = self.nodeName = qualifiedName
        self.entities, self.notations = {}, {}

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(f"<!DOCTYPE {self.name}")
        if self.publicId:
            writer.write(f"{newl}  PUBLIC '{self.publicId}'{newl}  '{self.systemId}'")
        elif self.systemId:
            writer.write(f"{newl}  SYSTEM '{self.systemId}'")
        if self.internalSubset is not None:
            writer.write(f" [{self.internalSubset}]")
        writer.write(">" + newl)


class DOMImplementation:
    """Makes documents."""

    _FEATURES = {("core", v) for v in ("1.0", "2.0", "3.0", None)} | {("xml", v) for v in ("1.0", "2.0", "3.0", None)} | {
        ("ls-load", "3.0"), ("ls-load", None),
    }

    def hasFeature(self, feature, version):
        return (feature.lower(), version or None) in self._FEATURES

    def createDocument(self, namespaceURI, qualifiedName, doctype):
        """A document with a root of this name."""
        if doctype and doctype.parentNode is not None:
            raise xml.dom.WrongDocumentErr("doctype object owned by another DOM tree")
        document = Document()
        has_root = not (namespaceURI is None and qualifiedName is None and doctype is None)
        if not qualifiedName and has_root:
            raise xml.dom.InvalidCharacterErr("Element with no name")
        if has_root:
            prefix, _ = split_name(qualifiedName)
            if prefix == "xml" and namespaceURI != XML_NAMESPACE:
                raise xml.dom.NamespaceErr("illegal use of 'xml' prefix")
            if prefix and not namespaceURI:
                raise xml.dom.NamespaceErr("illegal use of prefix without namespaces")
            if doctype:
                document.appendChild(doctype)
                doctype.ownerDocument = document
            document.appendChild(document.createElementNS(namespaceURI, qualifiedName))
        document.doctype = doctype
        return document

    def createDocumentType(self, qualifiedName, publicId, systemId):
        made = DocumentType(qualifiedName)
        made.publicId, made.systemId = publicId, systemId
        return made


class Document(Searchable):
    nodeType = Node.DOCUMENT_NODE
    nodeName = "#document"
    implementation = DOMImplementation()
    doctype = None
    encoding = standalone = version = None
    _may_hold = (Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.DOCUMENT_TYPE_NODE)

    @property
    def documentElement(self):
        return next((node for node in self.childNodes if node.nodeType == Node.ELEMENT_NODE), None)

    def insertBefore(self, newChild, refChild):
        self._check_root(newChild)
        return super().insertBefore(newChild, refChild)

    def _check_root(self, node):
        if node.nodeType == Node.ELEMENT_NODE and node.parentNode is not self and self.documentElement:
            raise xml.dom.HierarchyRequestErr("two document elements disallowed")

    def _made(self, node):
        node.ownerDocument = self
        return node

    def createDocumentFragment(self):
        return self._made(DocumentFragment())

    def createElement(self, tagName):
        return self._made(Element(tagName))

    def createElementNS(self, namespaceURI, qualifiedName):
        prefix, _ = split_name(qualifiedName)
        return self._made(Element(qualifiedName, namespaceURI, prefix))

    def createAttribute(self, qName):
        return self._made(Attr(qName))

    def createAttributeNS(self, namespaceURI, qualifiedName):
        prefix, local = split_name(qualifiedName)
        return self._made(Attr(qualifiedName, namespaceURI, local, prefix))

    def _text(self, kind, data):
        if not isinstance(data, str):
            raise TypeError("node contents must be a string")
        return self._made(kind(data))

    def createTextNode(self, data):
        return self._text(Text, data)

    def createCDATASection(self, data):
        return self._text(CDATASection, data)

    def createComment(self, data):
        return self._made(Comment(data))

    def createProcessingInstruction(self, target, data):
        return self._made(ProcessingInstruction(target, data))

    def getElementById(self, id):
        """The element with this value in the attribute that is for that."""
        for element in self.getElementsByTagName("*"):
            if any(attr.isId and attr.value == id for attr in element.attributes.values()):
                return element
        return None

    def importNode(self, node, deep):
        """A copy of a node of another document."""
        if node.nodeType in (Node.DOCUMENT_NODE, Node.DOCUMENT_TYPE_NODE):
            raise xml.dom.NotSupportedErr("cannot import document nodes" if node.nodeType == Node.DOCUMENT_NODE
                                          else "cannot import document type nodes")
        return clone(node, deep, self)

    def cloneNode(self, deep):
        if not deep:
            return None
        copy = self.implementation.createDocument(None, None, None)
        copy.encoding, copy.standalone, copy.version = self.encoding, self.standalone, self.version
        for node in self.childNodes:
            copy.appendChild(clone(node, deep, copy))
        return copy

    def writexml(self, writer, indent="", addindent="", newl="", encoding=None, standalone=None):
        declared = [f'encoding="{encoding}"'] if encoding else []
        if standalone is not None:
            declared.append(f'standalone="{"yes" if standalone else "no"}"')
        writer.write(f'<?xml version="1.0" {" ".join(declared)}?>{newl}')
        for node in self.childNodes:
            node.writexml(writer, indent, addindent, newl)


def clone(node, deep, owner):
    """A copy of a node that belongs to a document."""
    kind = node.nodeType
    if kind == Node.ELEMENT_NODE:
        copy = owner.createElementNS(node.namespaceURI, node.nodeName)
        for attr in node.attributes.values():
            copy.setAttributeNS(attr.namespaceURI, attr.nodeName, attr.value)
    elif kind == Node.DOCUMENT_FRAGMENT_NODE:
        copy = owner.createDocumentFragment()
    elif kind == Node.TEXT_NODE:
        return owner.createTextNode(node.data)
    elif kind == Node.CDATA_SECTION_NODE:
        return owner.createCDATASection(node.data)
    elif kind == Node.COMMENT_NODE:
        return owner.createComment(node.data)
    elif kind == Node.PROCESSING_INSTRUCTION_NODE:
        return owner.createProcessingInstruction(node.target, node.data)
    elif kind == Node.ATTRIBUTE_NODE:
        copy = owner.createAttributeNS(node.namespaceURI, node.nodeName)
        copy.value, copy.specified = node.value, True
        return copy
    elif kind == Node.DOCUMENT_TYPE_NODE:
        copy = owner.implementation.createDocumentType(node.name, node.publicId, node.systemId)
        copy.ownerDocument = owner
        return copy
    else:
        raise xml.dom.NotSupportedErr(f"Cannot clone node {node!r}")
    if deep:
        for child in node.childNodes:
            copy.appendChild(clone(child, deep, owner))
    return copy


def parse(file, parser=None, bufsize=None):
    """The document in a file, or in one with this name."""
    from xml.dom import expatbuilder

    return expatbuilder.parse(file)


def parseString(string, parser=None):
    """The document in a text or bytes."""
    from xml.dom import expatbuilder

    return expatbuilder.parseString(string)


def getDOMImplementation(features=None):
    """What makes documents."""
    return Document.implementation
