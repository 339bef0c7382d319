"""How format strings and the names of their fields are taken apart, for string.Formatter."""


def _check(text):
    if not isinstance(text, str):
        raise TypeError(f"expected str, got {type(text).__name__}")


def formatter_field_name_split(text):
    """The first part of a field name, and an iterator of (is attribute, key) for the further ones."""
    _check(text)
    at = min((i for i in (text.find("."), text.find("[")) if i >= 0), default=len(text))
    first = text[:at]
    return (int(first) if first.isdecimal() else first), _steps(text[at:])


def _steps(rest):
    while rest:
        if rest[0] == ".":
            end = min((i for i in (rest.find(".", 1), rest.find("[", 1)) if i >= 0), default=len(rest))
            key, is_attribute = rest[1:end], True
        elif rest[0] == "[":
            end = rest.find("]")
            if end < 0:
                raise ValueError("Missing ']' in format string")
            key, is_attribute = rest[1:end], False
            end += 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if not key:
            raise ValueError("Empty attribute in format string")
        if not is_attribute and key.isdecimal():
            key = int(key)
        yield is_attribute, key
        rest = rest[end:]


def formatter_parser(format_string):
    """An iterator of tuples of literal text, field name, format spec and conversion."""
    _check(format_string)
    return _fields(format_string)


def _fields(format_string):
    """Tuples of literal text, field name, format spec and conversion."""
    literal = []
    at, end = 0, len(format_string)
    while at < end:
        c = format_string[at]
        at += 1
        if c not in "{}":
            literal.append(c)
            continue
        if format_string[at : at + 1] == c:
            yield "".join(literal) + c, None, None, None
            literal = []
            at += 1
            continue
        if c == "}":
            raise ValueError("Single '}' encountered in format string")
        if at >= end:
            raise ValueError("Single '{' encountered in format string")
        depth, start, brackets = 1, at, False
        while at < end:
            c = format_string[at]
            if c == "[":
                brackets = True
            elif c == "]":
                brackets = False
            elif not brackets and c == "{":
                depth += 1
            elif not brackets and c == "}":
                depth -= 1
                if not depth:
                    break
            at += 1
        if depth:
            raise ValueError("expected '}' before end of string")
        field = format_string[start:at]
        at += 1
        conversion, spec = None, ""
        for i, c in enumerate(field):
            if c == "[":
                brackets = True
            elif c == "]":
                brackets = False
            elif c == ":" and not brackets:
                field, spec = field[:i], field[i + 1 :]
                break
            elif c == "!" and not brackets:
                rest = field[i + 1 :]
                if not rest:
                    raise ValueError("end of string while looking for conversion specifier")
                if len(rest) > 1 and rest[1] != ":":
                    raise ValueError("expected ':' after conversion specifier")
                field, conversion, spec = field[:i], rest[0], rest[2:]
                break
        yield "".join(literal), field, spec, conversion
        literal = []
    if literal:
        yield "".join(literal), None, None, None
