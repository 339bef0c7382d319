"""The declaration of a document's type: entities and default values are used, all else is only told to handlers."""

import re

from _xml_scan import CHARACTER, REFERENCE, WHOLE_NAME, Problem, scan_comment, scan_instruction

_NAME = WHOLE_NAME.pattern
_LITERAL = r"""(?:"[^"]*"|'[^']*')"""
_EXTERNAL = rf"(?:SYSTEM\s+(?P<system>{_LITERAL})|PUBLIC\s+(?P<public>{_LITERAL})(?:\s+(?P<with>{_LITERAL}))?)"

_head = re.compile(rf"<!DOCTYPE\s+(?P<name>{_NAME})(?:\s+{_EXTERNAL})?\s*(?P<open>[\[>])")
_end = re.compile(r"\]\s*>")
_entity = re.compile(
    rf"<!ENTITY\s+(?P<percent>%\s+)?(?P<name>{_NAME})\s+"
    rf"(?:(?P<value>{_LITERAL})|{_EXTERNAL}(?:\s+NDATA\s+(?P<notation>{_NAME}))?)\s*>"
)
_element = re.compile(rf"<!ELEMENT\s+(?P<name>{_NAME})\s+(?P<model>[^>]*?)\s*>")
_notation = re.compile(rf"<!NOTATION\s+(?P<name>{_NAME})\s+{_EXTERNAL}\s*>")
_attlist = re.compile(rf"<!ATTLIST\s+(?P<name>{_NAME})(?P<rest>(?:[^>'\"]|{_LITERAL})*)>")
_definition = re.compile(
    rf"\s+(?P<name>{_NAME})\s+(?P<type>CDATA|ID|IDREFS?|ENTITY|ENTITIES|NMTOKENS?|NOTATION\s*\([^)]*\)|\([^)]*\))\s+"
    rf"(?:(?P<must>\#REQUIRED|\#IMPLIED)|(?P<fixed>\#FIXED\s+)?(?P<value>{_LITERAL}))"
)
_parameter = re.compile(rf"%{_NAME};")


def _text(literal):
    return None if literal is None else literal[1:-1]


def _external(found):
    """The system and the public identifier."""
    return _text(found["system"] or found["with"]), _text(found["public"])


class Doctype:
    """What a parser knows from it."""

    def __init__(self, parser):
        self.parser = parser
        # Texts by name; None for those that stand elsewhere.
        self.entities = {}
        self.external = {}
        # Values of attributes by element.
        self.defaults = {}
        # Attributes in whose values spaces only part words, as pairs with the element.
        self.tokens = set()
        # Whether there can be no entities that are not known.
        self.is_complete = True

    def parse(self, text, at):
        """The index behind a declaration; None if its end is not there."""
        found = _head.match(text, at)
        if not found:
            return self._what_is_wrong(text, at)
        has_subset = found["open"] == "["
        end = self._subset_end(text, found.end()) if has_subset else found.end()
        if end is None:
            return None
        parser = self.parser
        system, public = _external(found)
        if system is not None:
            self.is_complete = False
        if parser.StartDoctypeDeclHandler:
            parser.StartDoctypeDeclHandler(found["name"], system, public, int(has_subset))
        else:
            self._tell_default(found)
        if has_subset:
            self._subset(text, found.end(), end)
        if parser.EndDoctypeDeclHandler:
            parser.EndDoctypeDeclHandler()
        else:
            parser._default(">")
        return end

    def _tell_default(self, found):
        parts = ["<!DOCTYPE", " ", found["name"]]
        if found["system"]:
            parts += [" ", "SYSTEM", " ", found["system"]]
        if found["public"]:
            parts += [" ", "PUBLIC", " ", found["public"]]
            if found["with"]:
                parts += [" ", found["with"]]
        for part in parts:
            self.parser._default(part)

    @staticmethod
    def _what_is_wrong(text, at):
        if ">" in text[at:] and "[" not in text[at:]:
            i = at + 9
            while i < len(text) and text[i] in " \t\r\n":
                i += 1
            found = WHOLE_NAME.match(text, i)
            raise Problem(2 if found or text[i] == ">" else 4, i)
        return None

    @staticmethod
    def _subset_end(text, at):
        """The index behind the end of what stands in brackets."""
        quoted = re.compile(rf"""{_LITERAL}|<!--.*?-->|<\?.*?\?>|\]\s*>|['"]|<!--|<\?""", re.DOTALL)
        for found in quoted.finditer(text, at):
            token = found.group()
            if token[0] == "]":
                return found.end()
            if token in ("'", '"', "<!--", "<?"):
                return None
        return None

    def _subset(self, text, at, end):
        while at < end:
            if text[at] in " \t\r\n":
                at += 1
            elif text[at] == "]":
                return
            elif text.startswith("<!--", at):
                stop = scan_comment(text, at)
                self.parser._comment(text, at)
                at = stop
            elif text.startswith("<?", at):
                stop, _, _ = scan_instruction(text, at)
                self.parser._instruction(text, at)
                at = stop
            elif text[at] == "%":
                found = _parameter.match(text, at)
                if not found:
                    raise Problem(4, at + 1)
                # What it stands for is not read.
                self.is_complete = False
                at = found.end()
            else:
                at = self._declaration(text, at)

    def _declaration(self, text, at):
        for pattern, handle in (
            (_entity, self._entity), (_element, self._element), (_attlist, self._attlist), (_notation, self._notation),
        ):
            found = pattern.match(text, at)
            if found:
                handle(found, at)
                return found.end()
        raise Problem(2 if text.startswith("<!", at) else 4, at)

    def _entity(self, found, at):
        name, parser = found["name"], self.parser
        value = _text(found["value"])
        system, public = _external(found)
        if value is not None:
            value = REFERENCE.sub(lambda ref: self._number(ref, at), value)
        if not found["percent"] and name not in self.entities:
            # The first declaration counts.
            self.entities[name] = value
            if value is None:
                self.external[name] = system, public
        if parser.EntityDeclHandler:
            parser.EntityDeclHandler(name, int(bool(found["percent"])), value, None, system, public, found["notation"])

    def _number(self, ref, at):
        name = ref.group(1)
        return self.parser._numbered(name, at) if name[0] == "#" else ref.group()

    def _element(self, found, at):
        if self.parser.ElementDeclHandler:
            kinds = {"EMPTY": 1, "ANY": 2}
            self.parser.ElementDeclHandler(found["name"], (kinds.get(found["model"], 6), 0, None, ()))

    def _attlist(self, found, at):
        element, rest = found["name"], found["rest"]
        i = 0
        while rest[i:].strip():
            part = _definition.match(rest, i)
            if not part:
                raise Problem(2, found.start("rest") + i + len(rest[i:]) - len(rest[i:].lstrip()))
            value = _text(part["value"])
            if part["type"] != "CDATA":
                self.tokens.add((element, part["name"]))
            if value is not None:
                value = self.parser._normalized(value, at)
                self.defaults.setdefault(element, {}).setdefault(part["name"], value)
            if self.parser.AttlistDeclHandler:
                required = part["must"] == "#REQUIRED" or bool(part["fixed"])
                self.parser.AttlistDeclHandler(element, part["name"], part["type"], value, required)
            i = part.end()

    def _notation(self, found, at):
        if self.parser.NotationDeclHandler:
            self.parser.NotationDeclHandler(found["name"], None, *_external(found))
