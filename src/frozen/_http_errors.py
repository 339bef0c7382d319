"""What goes wrong with HTTP: the exceptions of `http.client`."""

MAXLINE = 65536  # how long a line may be


class HTTPException(Exception):
    """What goes wrong with HTTP."""


class NotConnected(HTTPException):
    """There is no connection, and none may be made."""


class InvalidURL(HTTPException):
    """A URL has parts that it must not have."""


class UnknownProtocol(HTTPException):
    """The server speaks another version."""

    def __init__(self, version):
        self.args = (version,)
        self.version = version


class UnknownTransferEncoding(HTTPException):
    """The body comes in an unknown form."""


class UnimplementedFileMode(HTTPException):
    """A file cannot be opened that way."""


class IncompleteRead(HTTPException):
    """The body ended too early; `partial` is what came."""

    def __init__(self, partial, expected=None):
        self.args = (partial,)
        self.partial, self.expected = partial, expected

    def __repr__(self):
        missing = "" if self.expected is None else ", %i more expected" % self.expected
        return "%s(%i bytes read%s)" % (type(self).__name__, len(self.partial), missing)

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    """It is not the time for this call."""


class CannotSendRequest(ImproperConnectionState):
    """A request is being made already."""


class CannotSendHeader(ImproperConnectionState):
    """There is no request for the header."""


class ResponseNotReady(ImproperConnectionState):
    """There is no request to be answered, or an answer is being read still."""


class BadStatusLine(HTTPException):
    """An answer starts with something that is no status."""

    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = (line,)
        self.line = line


class LineTooLong(HTTPException):
    """A line is longer than any should be."""

    def __init__(self, line_type):
        super().__init__("got more than %d bytes when reading %s" % (MAXLINE, line_type))


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    """The server ended the connection and did not answer."""

    def __init__(self, *args):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *args)
        self.args = args


for _kind in list(globals().values()):
    if isinstance(_kind, type) and issubclass(_kind, Exception):
        _kind.__module__ = "http.client"
