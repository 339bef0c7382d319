"""Constants and classes for text."""

import _string

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Formatter", "Template",
]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """The text with every word capitalised; without `sep`, runs of white space become single spaces."""
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


_MISSING = {}


class _Pattern:
    """The regular expression of a class of templates, compiled when it is first needed."""

    def __init__(self, text=None):
        self.text = text

    def __get__(self, template, cls):
        import re

        text = self.text
        if text is None:
            mark = re.escape(cls.delimiter)
            brace = cls.braceidpattern or cls.idpattern
            text = (
                f"{mark}(?:(?P<escaped>{mark})|(?P<named>{cls.idpattern})|{{(?P<braced>{brace})}}|(?P<invalid>))"
            )
        flags = re.IGNORECASE if cls.flags is None else cls.flags
        cls.pattern = re.compile(text, flags | re.VERBOSE)
        return cls.pattern


class Template:
    """Text with `$name` or `${name}` in it, to be replaced."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = None

    pattern = _Pattern()

    def __init_subclass__(cls):
        super().__init_subclass__()
        # A subclass that has another pattern gives its text.
        cls.pattern = _Pattern(cls.__dict__.get("pattern"))

    def __init__(self, template):
        self.template = template

    def _bad(self, found):
        at = found.start("invalid")
        lines = self.template[:at].splitlines(keepends=True)
        column, line = (at - len("".join(lines[:-1])), len(lines)) if lines else (1, 1)
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    def _replace(self, mapping, keywords, safe):
        if mapping is _MISSING:
            mapping = keywords
        elif keywords:
            from collections import ChainMap

            mapping = ChainMap(keywords, mapping)

        def value(found):
            name = found.group("named") or found.group("braced")
            if name is not None:
                if not safe:
                    return str(mapping[name])
                try:
                    return str(mapping[name])
                except KeyError:
                    return found.group()
            if found.group("escaped") is not None:
                return self.delimiter
            if found.group("invalid") is None:
                raise ValueError("Unrecognized named group in pattern", self.pattern)
            if safe:
                return found.group()
            self._bad(found)

        return self.pattern.sub(value, self.template)

    def substitute(self, mapping=_MISSING, /, **kws):
        """The text with all names replaced; KeyError or ValueError where that fails."""
        return self._replace(mapping, kws, False)

    def safe_substitute(self, mapping=_MISSING, /, **kws):
        """The text with the names replaced that are known."""
        return self._replace(mapping, kws, True)

    def is_valid(self):
        """Whether there is no placeholder that means nothing."""
        return all(self._kind(found) != "invalid" for found in self.pattern.finditer(self.template))

    def _kind(self, found):
        """Which of the groups of the pattern was found."""
        if found.group("invalid") is not None:
            return "invalid"
        if found.group("named") is None and found.group("braced") is None and found.group("escaped") is None:
            raise ValueError("Unrecognized named group in pattern", self.pattern)
        return "valid"

    def get_identifiers(self):
        """The names in the text, each once."""
        names = {}
        for found in self.pattern.finditer(self.template):
            self._kind(found)
            name = found.group("named") or found.group("braced")
            if name is not None:
                names[name] = None
        return list(names)


class Formatter:
    """What str.format() does, for subclasses that want it otherwise."""

    def format(self, format_string, /, *args, **kwargs):
        """The text with its fields replaced."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """The same with the arguments given as tuple and mapping."""
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if field is None:
                continue
            if field == "":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto_arg_index)
                auto_arg_index += 1
            elif field.isdigit():
                if auto_arg_index:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto_arg_index = False
            value, key = self.get_field(field, args, kwargs)
            used_args.add(key)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            out.append(self.format_field(value, spec))
        return "".join(out), auto_arg_index

    def parse(self, format_string):
        """Tuples of literal text, field name, format spec and conversion."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """The object that a field name stands for, and the argument that it is found in."""
        first, steps = _string.formatter_field_name_split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, key in steps:
            value = getattr(value, key) if is_attribute else value[key]
        return value, first

    def get_value(self, key, args, kwargs):
        """The argument of that number or name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """For subclasses: may complain about what has not been used."""

    def format_field(self, value, format_spec):
        """The value as text."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """The value after `!s`, `!r` or `!a`."""
        if conversion is None:
            return value
        convert = {"s": str, "r": repr, "a": ascii}.get(conversion)
        if convert is None:
            raise ValueError(f"Unknown conversion specifier {conversion!s}")
        return convert(value)
