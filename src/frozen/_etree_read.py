"""Documents as trees: what the parser finds goes to a target, by default one that makes elements of it."""

import collections

from _etree_nodes import Comment, Element, ProcessingInstruction
from _xml_parser import ExpatError, ParserCreate, version_info


class ParseError(SyntaxError):
    """A document is not well-formed; `code` says how, `position` where, as line and column."""


class TreeBuilder:
    """Makes elements of starts, data and ends."""

    def __init__(
        self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False
    ):
        self._factory = element_factory or Element
        self._comment_factory = comment_factory or Comment
        self._pi_factory = pi_factory or ProcessingInstruction
        self.insert_comments = insert_comments
        self.insert_pis = insert_pis
        self._data = []
        self._open = []
        self._last = None
        self._root = None
        self._is_tail = False

    def close(self):
        """The root."""
        return self._root

    def _flush(self):
        """Give the last node the text that came since."""
        if not self._data:
            return
        if self._last is not None:
            text = "".join(self._data)
            name = "tail" if self._is_tail else "text"
            setattr(self._last, name, (getattr(self._last, name) or "") + text)
        self._data = []

    def data(self, data, /):
        """Text."""
        self._data.append(data)

    def start(self, tag, attrs, /):
        """An element starts; it is returned."""
        self._flush()
        self._last = element = self._factory(tag, attrs)
        if self._open:
            self._open[-1].append(element)
        elif self._root is None:
            self._root = element
        self._open.append(element)
        self._is_tail = False
        return element

    def end(self, tag, /):
        """The last element that started ends; it is returned."""
        self._flush()
        if not self._open:
            raise IndexError("pop from empty stack")
        self._last = self._open.pop()
        self._is_tail = True
        return self._last

    def comment(self, text, /):
        """A comment; it is returned."""
        return self._single(self._comment_factory(text), self.insert_comments)

    def pi(self, target, text=None, /):
        """A processing instruction; it is returned."""
        return self._single(self._pi_factory(target, text), self.insert_pis)

    def _single(self, node, insert):
        if insert:
            self._flush()
            self._last = node
            if self._open:
                self._open[-1].append(node)
            self._is_tail = True
        return node


class XMLParser:
    """Feeds a target with what is in a document."""

    def __init__(self, *, target=None, encoding=None):
        self.target = self._target = TreeBuilder() if target is None else target
        self.entity = {}
        self.version = "Expat %d.%d.%d" % version_info
        self._names = {}
        self._doctype_told = False
        self.parser = parser = ParserCreate(encoding, "}")
        parser.buffer_text = parser.ordered_attributes = True
        parser.DefaultHandlerExpand = self._default
        for name, handler, method in (
            ("start", "StartElementHandler", self._start),
            ("end", "EndElementHandler", self._end),
            ("start_ns", "StartNamespaceDeclHandler", self._start_ns),
            ("end_ns", "EndNamespaceDeclHandler", self._end_ns),
            ("data", "CharacterDataHandler", getattr(self.target, "data", None)),
            ("comment", "CommentHandler", getattr(self.target, "comment", None)),
            ("pi", "ProcessingInstructionHandler", getattr(self.target, "pi", None)),
            ("doctype", "StartDoctypeDeclHandler", self._doctype),
        ):
            if hasattr(self.target, name) or name == "doctype":
                setattr(parser, handler, method)

    def _setevents(self, queue, wanted):
        """Put what the target made into a queue, as pairs with the names of events."""

        def note(event, make):
            return lambda *args: queue.append((event, make(*args)))

        for event in wanted:
            parser, target = self.parser, self.target
            if event == "start":
                parser.StartElementHandler = note(event, self._start)
            elif event == "end":
                parser.EndElementHandler = note(event, self._end)
            elif event == "start-ns":
                has = hasattr(target, "start_ns")
                make = self._start_ns if has else lambda prefix, uri: (prefix or "", uri or "")
                parser.StartNamespaceDeclHandler = note(event, make)
            elif event == "end-ns":
                make = self._end_ns if hasattr(target, "end_ns") else lambda prefix: None
                parser.EndNamespaceDeclHandler = note(event, make)
            elif event == "comment":
                parser.CommentHandler = note(event, target.comment)
            elif event == "pi":
                parser.ProcessingInstructionHandler = note(event, target.pi)
            else:
                raise ValueError(f"unknown event {event!r}")

    def _name(self, name):
        """A name as the library writes it: with its namespace in braces."""
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = "{" + name if "}" in name else name
        return known

    def _start(self, tag, attributes):
        names = map(self._name, attributes[::2])
        return self.target.start(self._name(tag), dict(zip(names, attributes[1::2])))

    def _end(self, tag):
        return self.target.end(self._name(tag))

    def _start_ns(self, prefix, uri):
        return self.target.start_ns(prefix or "", uri or "")

    def _end_ns(self, prefix):
        return self.target.end_ns(prefix or "")

    def _doctype(self, name, system, public, has_subset):
        if system is None:
            return
        if hasattr(self.target, "doctype"):
            self.target.doctype(name, public, system)
        elif hasattr(self, "doctype"):
            import warnings

            warnings.warn(
                "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.",
                RuntimeWarning,
            )

    def _default(self, text):
        """What there is no handler for; entities that are not declared may be in `entity`."""
        if text[:1] != "&" or not hasattr(self.target, "data"):
            return
        value = self.entity.get(text[1:-1])
        if value is not None:
            self.target.data(value)
            return
        line, column = self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber
        error = ExpatError(f"undefined entity {text}: line {line}, column {column}")
        error.code, error.lineno, error.offset = 11, line, column
        raise error

    def _parse(self, data, final):
        try:
            self.parser.Parse(data, final)
        except ExpatError as e:
            error = ParseError(str(e))
            error.code, error.position = e.code, (e.lineno, e.offset)
        else:
            return
        raise error

    def feed(self, data, /):
        """Go on with more of the document."""
        self._parse(data, False)

    def close(self):
        """There is no more; returns what the target returns when it is closed."""
        self._parse(b"", True)
        close = getattr(self.target, "close", None)
        return None if close is None else close()


class XMLPullParser:
    """A parser that is asked for events instead of calling anything."""

    def __init__(self, events=None, *, _parser=None):
        self._events_queue = collections.deque()
        self._parser = _parser or XMLParser(target=TreeBuilder())
        self._parser._setevents(self._events_queue, ("end",) if events is None else events)

    def feed(self, data):
        """Go on with more of the document."""
        if self._parser is None:
            raise ValueError("feed() called after end of stream")
        if data:
            try:
                self._parser.feed(data)
            except SyntaxError as e:
                # It comes when what was before it was read.
                self._events_queue.append(e)

    def _close_and_return_root(self):
        root = self._parser.close()
        self._parser = None
        return root

    def close(self):
        """There is no more."""
        self._close_and_return_root()

    def read_events(self):
        """The events so far, each once."""
        queue = self._events_queue
        while queue:
            event = queue.popleft()
            if isinstance(event, Exception):
                raise event
            yield event


def iterparse(source, events=None, parser=None):
    """Parse a file, step by step: an iterator of events, whose `root` is set in the end."""
    pull = XMLPullParser(events=events, _parser=parser)
    own = not hasattr(source, "read")
    file = open(source, "rb") if own else source

    def steps():
        try:
            # From here on, the file is closed if nobody goes on.
            yield None
            while True:
                yield from pull.read_events()
                data = file.read(16 * 1024)
                if not data:
                    break
                pull.feed(data)
            root = pull._close_and_return_root()
            yield from pull.read_events()
            made.root = root
        finally:
            if own:
                file.close()

    class IterParseIterator(collections.abc.Iterator):
        __next__ = steps().__next__

    made = IterParseIterator()
    made.root = None
    next(made)
    return made


for _item in (ParseError, TreeBuilder, XMLParser, XMLPullParser, iterparse):
    _item.__module__ = "xml.etree.ElementTree"
