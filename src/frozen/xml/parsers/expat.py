"""The interface of Expat, to the parser of `_xml_parser`."""

import sys
from types import ModuleType

from _xml_parser import EXPAT_VERSION, ExpatError, MESSAGES, ParserCreate, XMLParserType, version_info

error = ExpatError
native_encoding = "UTF-8"
features = [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_NS", 0)]
XML_PARAM_ENTITY_PARSING_NEVER = 0
XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE = 1
XML_PARAM_ENTITY_PARSING_ALWAYS = 2


def ErrorString(code):
    """The message for the code of an error."""
    return MESSAGES.get(code, (None, None))[1]


def _module(name, doc, **contents):
    made = ModuleType(f"{__name__}.{name}", doc)
    vars(made).update(contents)
    sys.modules[made.__name__] = made
    return made


errors = _module(
    "errors",
    "The messages of errors, and which codes they have.",
    messages={code: text for code, (_, text) in MESSAGES.items()},
    codes={text: code for code, (_, text) in MESSAGES.items()},
    **{f"XML_ERROR_{name}": text for name, text in MESSAGES.values()},
)
model = _module(
    "model",
    "What declarations of elements are made of.",
    XML_CTYPE_EMPTY=1,
    XML_CTYPE_ANY=2,
    XML_CTYPE_MIXED=3,
    XML_CTYPE_NAME=4,
    XML_CTYPE_CHOICE=5,
    XML_CTYPE_SEQ=6,
    XML_CQUANT_NONE=0,
    XML_CQUANT_OPT=1,
    XML_CQUANT_REP=2,
    XML_CQUANT_PLUS=3,
)
