"""The parser of SAX."""

from xml.parsers import expat
from xml.sax import handler, xmlreader
from xml.sax._exceptions import SAXException, SAXNotRecognizedException, SAXNotSupportedException, SAXParseException

version = "0.20"

AttributesImpl = xmlreader.AttributesImpl
AttributesNSImpl = xmlreader.AttributesNSImpl


class ExpatParser(xmlreader.IncrementalParser, xmlreader.Locator):
    """Calls handlers with what it finds."""

    def __init__(self, namespaceHandling=0, bufsize=2 ** 16 - 20):
        super().__init__(bufsize)
        self._source = xmlreader.InputSource()
        self._parser = None
        self._namespaces = namespaceHandling
        self._lex_handler = None
        self._parsing = False
        self._external_ges = 0

    # Where it is.

    def getColumnNumber(self):
        return None if self._parser is None else self._parser.ErrorColumnNumber

    def getLineNumber(self):
        return 1 if self._parser is None else self._parser.ErrorLineNumber

    def getPublicId(self):
        return self._source.getPublicId()

    def getSystemId(self):
        return self._source.getSystemId()

    # What can be set.

    def getFeature(self, name):
        if name == handler.feature_namespaces:
            return self._namespaces
        if name == handler.feature_external_ges:
            return self._external_ges
        if name in handler.all_features:
            return 0
        raise SAXNotRecognizedException(f"Feature '{name}' not recognized")

    def setFeature(self, name, state):
        if self._parsing:
            raise SAXNotSupportedException("Cannot set features while parsing")
        if name == handler.feature_namespaces:
            self._namespaces = state
        elif name == handler.feature_external_ges:
            self._external_ges = state
        elif name not in handler.all_features:
            raise SAXNotRecognizedException(f"Feature '{name}' not recognized")
        elif state and name != handler.feature_string_interning:
            raise SAXNotSupportedException(f"expat does not support {name.rpartition('/')[2]}")

    def getProperty(self, name):
        if name == handler.property_lexical_handler:
            return self._lex_handler
        raise SAXNotRecognizedException(f"Property '{name}' not recognized")

    def setProperty(self, name, value):
        if name != handler.property_lexical_handler:
            raise SAXNotRecognizedException(f"Property '{name}' not recognized")
        self._lex_handler = value
        if self._parsing:
            self._set_lexical()

    # Parsing.

    def parse(self, source):
        from xml.sax import saxutils

        source = saxutils.prepare_input_source(source)
        self._source = source
        try:
            self.reset()
            self._cont_handler.setDocumentLocator(self)
            super().parse(source)
        finally:
            for stream in (source.getByteStream(), source.getCharacterStream()):
                if stream is not None:
                    stream.close()

    def prepareParser(self, source):
        if source.getSystemId() is not None:
            self._parser.SetBase(source.getSystemId())

    def setContentHandler(self, handler):
        super().setContentHandler(handler)
        if self._parsing:
            self._set_content()

    def reset(self):
        """Get ready for another document."""
        self._parser = expat.ParserCreate(self._source.getEncoding(), " " if self._namespaces else None)
        self._parser.namespace_prefixes = bool(self._namespaces)
        self._set_content()
        self._set_lexical()
        self._parsing = False

    def _set_content(self):
        parser, content = self._parser, self._cont_handler
        if self._namespaces:
            parser.StartElementHandler = self._start_ns
            parser.EndElementHandler = self._end_ns
        else:
            parser.StartElementHandler = lambda name, attrs: content.startElement(name, AttributesImpl(attrs))
            parser.EndElementHandler = content.endElement
        parser.StartNamespaceDeclHandler = content.startPrefixMapping
        parser.EndNamespaceDeclHandler = content.endPrefixMapping
        parser.CharacterDataHandler = content.characters
        parser.ProcessingInstructionHandler = content.processingInstruction
        parser.SkippedEntityHandler = lambda name, is_pe: content.skippedEntity("%" + name if is_pe else name)
        parser.NotationDeclHandler = lambda name, base, system, public: self._dtd_handler.notationDecl(
            name, public, system
        )

    def _set_lexical(self):
        parser, lexical = self._parser, self._lex_handler
        parser.CommentHandler = lexical and lexical.comment
        parser.StartCdataSectionHandler = lexical and lexical.startCDATA
        parser.EndCdataSectionHandler = lexical and lexical.endCDATA
        parser.EndDoctypeDeclHandler = lexical and lexical.endDTD
        parser.StartDoctypeDeclHandler = lexical and (
            lambda name, system, public, has_subset: lexical.startDTD(name, public, system)
        )

    @staticmethod
    def _split(name):
        """A name as a pair with its namespace, and as it is written."""
        uri, local, prefix = (name.split(" ") + [None, None])[:3]
        if local is None:
            return (None, uri), uri
        return (uri, local), f"{prefix}:{local}" if prefix else local

    def _start_ns(self, name, attrs):
        pair, written = self._split(name)
        pairs = {self._split(key): value for key, value in attrs.items()}
        values = {key: value for (key, _), value in pairs.items()}
        names = {key: shown for key, shown in pairs}
        shown = written if pair[0] is None else None
        self._cont_handler.startElementNS(pair, shown, AttributesNSImpl(values, names))

    def _end_ns(self, name):
        pair, written = self._split(name)
        self._cont_handler.endElementNS(pair, written if pair[0] is None else None)

    def feed(self, data, isFinal=False):
        """Go on with more of the document."""
        if not self._parsing:
            self.reset()
            self._parsing = True
            self._cont_handler.startDocument()
        try:
            self._parser.Parse(data, isFinal)
        except expat.error as e:
            self._err_handler.fatalError(SAXParseException(expat.ErrorString(e.code), e, self))

    def close(self):
        """There is no more."""
        if not self._parsing:
            return
        self.feed(b"", isFinal=True)
        self._cont_handler.endDocument()
        self._parsing = False


def create_parser(*args, **kwargs):
    return ExpatParser(*args, **kwargs)
