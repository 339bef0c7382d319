"""Documents of `xml.dom.minidom` from text."""

from xml.dom import EMPTY_NAMESPACE, XMLNS_NAMESPACE, minidom
from xml.parsers import expat


class _Builder:
    """Makes nodes of what the parser finds."""

    def __init__(self):
        self.document = self.at = minidom.Document()
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.buffer_text = parser.ordered_attributes = True
        # Declarations of the element that is about to start.
        self.declared = []
        self.in_cdata = False
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.CommentHandler = lambda data: self.add(self.document.createComment(data))
        parser.ProcessingInstructionHandler = lambda target, data: self.add(
            self.document.createProcessingInstruction(target, data)
        )
        parser.StartCdataSectionHandler = self.start_cdata
        parser.EndCdataSectionHandler = self.end_cdata
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self.declared.append((prefix, uri))
        parser.StartDoctypeDeclHandler = self.doctype
        parser.XmlDeclHandler = self.declaration

    def add(self, node):
        self.at.appendChild(node)
        return node

    @staticmethod
    def name(text):
        """Namespace, and the name as it is written."""
        uri, local, prefix = (text.split(" ") + [None, None])[:3]
        if local is None:
            return EMPTY_NAMESPACE, uri
        return uri, f"{prefix}:{local}" if prefix else local

    def start(self, name, attributes):
        element = self.document.createElementNS(*self.name(name))
        for prefix, uri in self.declared:
            element.setAttributeNS(XMLNS_NAMESPACE, f"xmlns:{prefix}" if prefix else "xmlns", uri or "")
        self.declared.clear()
        for key, value in zip(attributes[::2], attributes[1::2]):
            element.setAttributeNS(*self.name(key), value)
        self.at = self.add(element)

    def end(self, name):
        self.at = self.at.parentNode

    def text(self, data):
        last = self.at.lastChild
        kind = minidom.CDATASection if self.in_cdata else minidom.Text
        if last is not None and type(last) is kind and not (self.in_cdata and self.is_new):
            last.data += data
        else:
            self.add(self.document.createCDATASection(data) if self.in_cdata else self.document.createTextNode(data))
        self.is_new = False

    def start_cdata(self):
        self.in_cdata = self.is_new = True

    def end_cdata(self):
        self.in_cdata = False

    def doctype(self, name, system, public, has_subset):
        made = self.document.implementation.createDocumentType(name, public, system)
        made.ownerDocument = self.document
        self.document.doctype = self.add(made)

    def declaration(self, version, encoding, standalone):
        self.document.version, self.document.encoding = version, encoding
        if standalone >= 0:
            self.document.standalone = bool(standalone)


def parse(file, namespaces=True):
    """The document in a file, or in one with this name."""
    builder = _Builder()
    if isinstance(file, str) or hasattr(file, "__fspath__"):
        with open(file, "rb") as f:
            builder.parser.ParseFile(f)
    else:
        while data := file.read(16 * 1024):
            builder.parser.Parse(data, False)
        builder.parser.Parse(b"", True)
    return builder.document


def parseString(string, namespaces=True):
    """The document in a text or bytes."""
    builder = _Builder()
    builder.parser.Parse(string, True)
    return builder.document
