"""What a parser calls, and the names of what can be set."""

version = "2.0beta"


class ErrorHandler:
    """What is done about errors: they are raised, warnings are printed."""

    def error(self, exception):
        raise exception

    def fatalError(self, exception):
        raise exception

    def warning(self, exception):
        print(exception)


class ContentHandler:
    """Is told what is in a document; subclasses do something with it."""

    def __init__(self):
        self._locator = None

    def setDocumentLocator(self, locator):
        """What knows where the parser is."""
        self._locator = locator

    def startDocument(self):
        """It starts."""

    def endDocument(self):
        """It ends."""

    def startPrefixMapping(self, prefix, uri):
        """From here on, a prefix stands for a namespace."""

    def endPrefixMapping(self, prefix):
        """It does no more."""

    def startElement(self, name, attrs):
        """An element starts."""

    def endElement(self, name):
        """An element ends."""

    def startElementNS(self, name, qname, attrs):
        """An element starts; its name is a pair with the namespace."""

    def endElementNS(self, name, qname):
        """An element ends; its name is a pair with the namespace."""

    def characters(self, content):
        """Text."""

    def ignorableWhitespace(self, whitespace):
        """White space where there can be no text."""

    def processingInstruction(self, target, data):
        """A processing instruction."""

    def skippedEntity(self, name):
        """An entity whose text is not known."""


class DTDHandler:
    """Is told of declarations."""

    def notationDecl(self, name, publicId, systemId):
        """A notation."""

    def unparsedEntityDecl(self, name, publicId, systemId, ndata):
        """An entity that is no XML."""


class EntityResolver:
    """Says where entities are."""

    def resolveEntity(self, publicId, systemId):
        """Where to find one, or a source."""
        return systemId


class LexicalHandler:
    """Is told of what makes no difference."""

    def comment(self, content):
        """A comment."""

    def startDTD(self, name, public_id, system_id):
        """The declaration of the document's type starts."""

    def endDTD(self):
        """It ends."""

    def startCDATA(self):
        """A section of plain text starts."""

    def endCDATA(self):
        """It ends."""


_FEATURES = "http://xml.org/sax/features/"
feature_namespaces = _FEATURES + "namespaces"
feature_namespace_prefixes = _FEATURES + "namespace-prefixes"
feature_string_interning = _FEATURES + "string-interning"
feature_validation = _FEATURES + "validation"
feature_external_ges = _FEATURES + "external-general-entities"
feature_external_pes = _FEATURES + "external-parameter-entities"
all_features = [
    feature_namespaces, feature_namespace_prefixes, feature_string_interning, feature_validation, feature_external_ges,
    feature_external_pes,
]

_PROPERTIES = "http://xml.org/sax/properties/"
property_lexical_handler = _PROPERTIES + "lexical-handler"
property_declaration_handler = _PROPERTIES + "declaration-handler"
property_dom_node = _PROPERTIES + "dom-node"
property_xml_string = _PROPERTIES + "xml-string"
property_encoding = "http://www.python.org/sax/properties/encoding"
property_interning_dict = "http://www.python.org/sax/properties/interning-dict"
all_properties = [
    property_lexical_handler, property_dom_node, property_declaration_handler, property_xml_string, property_encoding,
    property_interning_dict,
]
