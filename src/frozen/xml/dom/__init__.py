"""The document object model: kinds of nodes, and errors."""


class Node:
    """The kinds of nodes; nodes are derived from it."""

    __slots__ = ()

    ELEMENT_NODE = 1
    ATTRIBUTE_NODE = 2
    TEXT_NODE = 3
    CDATA_SECTION_NODE = 4
    ENTITY_REFERENCE_NODE = 5
    ENTITY_NODE = 6
    PROCESSING_INSTRUCTION_NODE = 7
    COMMENT_NODE = 8
    DOCUMENT_NODE = 9
    DOCUMENT_TYPE_NODE = 10
    DOCUMENT_FRAGMENT_NODE = 11
    NOTATION_NODE = 12


class DOMException(Exception):
    """The base of the errors; `code` says which one it is."""

    def __init__(self, *args, **kw):
        if type(self) is DOMException:
            raise RuntimeError("DOMException should not be instantiated directly")
        super().__init__(*args, **kw)

    def _get_code(self):
        return self.code


# Names and codes of errors: a constant and a class for each.
for _code, (_constant, _name) in enumerate(
    (
        ("INDEX_SIZE_ERR", "IndexSizeErr"),
        ("DOMSTRING_SIZE_ERR", "DomstringSizeErr"),
        ("HIERARCHY_REQUEST_ERR", "HierarchyRequestErr"),
        ("WRONG_DOCUMENT_ERR", "WrongDocumentErr"),
        ("INVALID_CHARACTER_ERR", "InvalidCharacterErr"),
        ("NO_DATA_ALLOWED_ERR", "NoDataAllowedErr"),
        ("NO_MODIFICATION_ALLOWED_ERR", "NoModificationAllowedErr"),
        ("NOT_FOUND_ERR", "NotFoundErr"),
        ("NOT_SUPPORTED_ERR", "NotSupportedErr"),
        ("INUSE_ATTRIBUTE_ERR", "InuseAttributeErr"),
        ("INVALID_STATE_ERR", "InvalidStateErr"),
        ("SYNTAX_ERR", "SyntaxErr"),
        ("INVALID_MODIFICATION_ERR", "InvalidModificationErr"),
        ("NAMESPACE_ERR", "NamespaceErr"),
        ("INVALID_ACCESS_ERR", "InvalidAccessErr"),
        ("VALIDATION_ERR", "ValidationErr"),
    ),
    1,
):
    globals()[_constant] = _code
    globals()[_name] = type(_name, (DOMException,), {"code": _code, "__module__": __name__})


class UserDataHandler:
    """What happened to a node with data of its own."""

    NODE_CLONED = 1
    NODE_IMPORTED = 2
    NODE_DELETED = 3
    NODE_RENAMED = 4


XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/"
XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"
EMPTY_NAMESPACE = None
EMPTY_PREFIX = None


def getDOMImplementation(name=None, features=()):
    """What makes documents."""
    from xml.dom import minidom

    return minidom.getDOMImplementation(features)
