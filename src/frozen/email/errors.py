"""What can be wrong with messages: errors are raised, defects are noted in messages."""


class MessageError(Exception):
    """The base of the errors."""


class MessageParseError(MessageError):
    """A message cannot be read."""


class HeaderParseError(MessageParseError):
    """A header cannot be read."""


class BoundaryError(MessageParseError):
    """The parts of a message cannot be told apart."""


class MultipartConversionError(MessageError, TypeError):
    """A message cannot be given parts."""


class CharsetError(MessageError):
    """Text cannot be in this encoding."""


class HeaderWriteError(MessageError):
    """A header cannot be written."""


class MessageDefect(ValueError):
    """The base of the defects."""

    def __init__(self, line=None):
        if line is not None:
            super().__init__(line)
        self.line = line


def _defects(**defects):
    for name, doc in defects.items():
        globals()[name] = type(name, (MessageDefect,), {"__doc__": doc, "__module__": __name__})


_defects(
    NoBoundaryInMultipartDefect="It has parts, but does not say what is between them.",
    StartBoundaryNotFoundDefect="What it says is before the first part is nowhere.",
    CloseBoundaryNotFoundDefect="What it says is behind the last part is nowhere.",
    FirstHeaderLineIsContinuationDefect="The first line goes on with a header that there is none of.",
    MisplacedEnvelopeHeaderDefect="An envelope stands among the headers.",
    MissingHeaderBodySeparatorDefect="A line that is no header ends the headers.",
    MultipartInvariantViolationDefect="It says that it has parts, but there are none.",
    InvalidMultipartContentTransferEncodingDefect="It has parts, and an encoding that such cannot have.",
    UndecodableBytesDefect="There are bytes that are no text.",
    InvalidBase64PaddingDefect="Base64 does not end as it must.",
    InvalidBase64CharactersDefect="There are other characters in Base64.",
    InvalidBase64LengthDefect="Base64 has a length that it cannot have.",
    InvalidDateDefect="A date cannot be read.",
)


class HeaderDefect(MessageDefect):
    """Something is wrong with the value of a header."""


class InvalidHeaderDefect(HeaderDefect):
    """It is not as it must be."""


class HeaderMissingRequiredValue(HeaderDefect):
    """It is empty and must not be."""


class NonPrintableDefect(HeaderDefect):
    """It has characters that cannot be shown."""

    def __init__(self, non_printables):
        super().__init__(non_printables)
        self.non_printables = non_printables

    def __str__(self):
        return f"the following ASCII non-printables found in header: {self.non_printables}"


class ObsoleteHeaderDefect(HeaderDefect):
    """It is as it was allowed to be once."""


class NonASCIILocalPartDefect(HeaderDefect):
    """The name in an address has characters that are not ASCII."""


# The older name.
MalformedHeaderDefect = MissingHeaderBodySeparatorDefect
