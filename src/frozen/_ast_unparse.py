"""`ast.unparse`: the text of a tree. Expressions are made as strings, from the inside out, and are told how tightly
what surrounds them binds; statements are lines.
"""

import _ast
from enum import IntEnum

from _ast_strings import literal, joined


class Level(IntEnum):
    """How tightly an expression binds, the loosest first."""

    NAMED = 1
    TUPLE = 2
    YIELD = 3
    TEST = 4
    OR = 5
    AND = 6
    NOT = 7
    COMPARE = 8
    BIT_OR = 9
    BIT_XOR = 10
    BIT_AND = 11
    SHIFT = 12
    SUM = 13
    PRODUCT = 14
    UNARY = 15
    POWER = 16
    AWAIT = 17
    ATOM = 18

    def tighter(self):
        return Level(min(self + 1, Level.ATOM))


_BINARY = {
    "Add": ("+", Level.SUM), "Sub": ("-", Level.SUM),
    "Mult": ("*", Level.PRODUCT), "MatMult": ("@", Level.PRODUCT), "Div": ("/", Level.PRODUCT),
    "Mod": ("%", Level.PRODUCT), "FloorDiv": ("//", Level.PRODUCT),
    "LShift": ("<<", Level.SHIFT), "RShift": (">>", Level.SHIFT),
    "BitOr": ("|", Level.BIT_OR), "BitXor": ("^", Level.BIT_XOR), "BitAnd": ("&", Level.BIT_AND),
    "Pow": ("**", Level.POWER),
}
_UNARY = {
    "Invert": ("~", Level.UNARY), "UAdd": ("+", Level.UNARY), "USub": ("-", Level.UNARY), "Not": ("not ", Level.NOT),
}
_COMPARE = {
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
    "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}
_BOOLEAN = {"And": ("and", Level.AND), "Or": ("or", Level.OR)}

# A number that overflows to infinity.
_INFINITE = "1e309"


def _symbol(table, op):
    return table[type(op).__name__]


def _wrap(text, condition):
    return f"({text})" if condition else text


def _items(texts):
    """The inside of a tuple."""
    texts = list(texts)
    return texts[0] + "," if len(texts) == 1 else ", ".join(texts)


class Expressions:
    """Expressions and what belongs to them. `plain` asks for strings without backslashes, as inside of f-strings."""

    def __init__(self, plain=False):
        self.plain = plain

    @staticmethod
    def symbol(op):
        """The text of a binary operator."""
        return _symbol(_BINARY, op)[0]

    def text(self, node, level=Level.TEST):
        return getattr(self, "text_" + type(node).__name__)(node, level)

    def texts(self, nodes, level=Level.TEST):
        return [self.text(node, level) for node in nodes]

    def series(self, nodes):
        return ", ".join(self.texts(nodes))

    # Values.

    def text_Name(self, node, level):
        return node.id

    def value(self, value):
        if isinstance(value, (float, complex)):
            return repr(value).replace("inf", _INFINITE).replace("nan", f"({_INFINITE}-{_INFINITE})")
        if self.plain and isinstance(value, str):
            return literal(value)
        return repr(value)

    def text_Constant(self, node, level):
        if isinstance(node.value, tuple):
            return f"({_items(map(self.value, node.value))})"
        if node.value is ...:
            return "..."
        return ("u" if node.kind == "u" else "") + self.value(node.value)

    def text_JoinedStr(self, node, level):
        return "f" + joined([(self.inside(part), isinstance(part, _ast.Constant)) for part in node.values], self.plain)

    def inside(self, node):
        """A part of an f-string or of a format, as it stands between the quotes."""
        if isinstance(node, _ast.JoinedStr):
            return "".join(map(self.inside, node.values))
        if isinstance(node, _ast.Constant) and isinstance(node.value, str):
            return node.value.replace("{", "{{").replace("}", "}}")
        if isinstance(node, _ast.FormattedValue):
            return self.text(node)
        raise ValueError(f"Unexpected node inside JoinedStr, {node!r}")

    def text_FormattedValue(self, node, level):
        value = Expressions(plain=True).text(node.value, Level.OR)
        if "\\" in value:
            raise ValueError("Unable to avoid backslash in f-string expression part")
        # Two braces would be one of the text.
        space = " " if value.startswith("{") else ""
        conversion = "" if node.conversion == -1 else f"!{chr(node.conversion)}"
        spec = ":" + self.inside(node.format_spec) if node.format_spec else ""
        return "{" + space + value + conversion + spec + "}"

    def text_List(self, node, level):
        return f"[{self.series(node.elts)}]"

    def text_Tuple(self, node, level):
        return _wrap(_items(self.texts(node.elts)), not node.elts or level > Level.TUPLE)

    def text_Set(self, node, level):
        # Empty braces are a dictionary.
        return "{%s}" % (self.series(node.elts) if node.elts else "*()")

    def text_Dict(self, node, level):
        return "{%s}" % ", ".join(map(self.pair, node.keys, node.values))

    def pair(self, key, value):
        if key is None:
            return "**" + self.text(value, Level.BIT_OR)
        return f"{self.text(key)}: {self.text(value)}"

    # Comprehensions.

    def text_ListComp(self, node, level):
        return f"[{self.text(node.elt)}{self.loops(node)}]"

    def text_SetComp(self, node, level):
        return "{%s%s}" % (self.text(node.elt), self.loops(node))

    def text_GeneratorExp(self, node, level):
        return f"({self.text(node.elt)}{self.loops(node)})"

    def text_DictComp(self, node, level):
        return "{%s: %s%s}" % (self.text(node.key), self.text(node.value), self.loops(node))

    def loops(self, node):
        return "".join(self.texts(node.generators))

    def text_comprehension(self, node, level):
        start = " async for " if node.is_async else " for "
        conditions = "".join(" if " + self.text(test, Level.OR) for test in node.ifs)
        return f"{start}{self.text(node.target, Level.TUPLE)} in {self.text(node.iter, Level.OR)}{conditions}"

    # Operators.

    def text_NamedExpr(self, node, level):
        text = f"{self.text(node.target, Level.ATOM)} := {self.text(node.value, Level.ATOM)}"
        return _wrap(text, level > Level.NAMED)

    def text_IfExp(self, node, level):
        body, test = self.text(node.body, Level.OR), self.text(node.test, Level.OR)
        return _wrap(f"{body} if {test} else {self.text(node.orelse)}", level > Level.TEST)

    def text_Lambda(self, node, level):
        parameters = self.text(node.args)
        start = "lambda " + parameters if parameters else "lambda"
        return _wrap(f"{start}: {self.text(node.body)}", level > Level.TEST)

    def text_UnaryOp(self, node, level):
        symbol, own = _symbol(_UNARY, node.op)
        return _wrap(symbol + self.text(node.operand, own), level > own)

    def text_BinOp(self, node, level):
        symbol, own = _symbol(_BINARY, node.op)
        # Powers are grouped from the right.
        left, right = (own.tighter(), own) if own is Level.POWER else (own, own.tighter())
        return _wrap(f"{self.text(node.left, left)} {symbol} {self.text(node.right, right)}", level > own)

    def text_BoolOp(self, node, level):
        symbol, own = _symbol(_BOOLEAN, node.op)
        texts, inner = [], own
        for value in node.values:
            inner = inner.tighter()
            texts.append(self.text(value, inner))
        return _wrap(f" {symbol} ".join(texts), level > own)

    def text_Compare(self, node, level):
        inner = Level.COMPARE.tighter()
        text = self.text(node.left, inner)
        for op, other in zip(node.ops, node.comparators):
            text += f" {_symbol(_COMPARE, op)} {self.text(other, inner)}"
        return _wrap(text, level > Level.COMPARE)

    def text_Await(self, node, level):
        value = " " + self.text(node.value, Level.ATOM) if node.value else ""
        return _wrap("await" + value, level > Level.AWAIT)

    def text_Yield(self, node, level):
        value = " " + self.text(node.value, Level.ATOM) if node.value else ""
        return _wrap("yield" + value, level > Level.YIELD)

    def text_YieldFrom(self, node, level):
        if not node.value:
            raise ValueError("Node can't be used without a value attribute.")
        return _wrap("yield from " + self.text(node.value, Level.ATOM), level > Level.YIELD)

    # What is attached to another expression.

    def text_Attribute(self, node, level):
        value = self.text(node.value, Level.ATOM)
        # A dot right behind a whole number would belong to it.
        is_whole = isinstance(node.value, _ast.Constant) and isinstance(node.value.value, int)
        return f"{value}{' ' if is_whole else ''}.{node.attr}"

    def text_Call(self, node, level):
        return f"{self.text(node.func, Level.ATOM)}({self.series([*node.args, *node.keywords])})"

    def text_keyword(self, node, level):
        return ("**" if node.arg is None else node.arg + "=") + self.text(node.value)

    def text_Subscript(self, node, level):
        index = node.slice
        if isinstance(index, _ast.Tuple) and index.elts:
            inside = _items(self.texts(index.elts))
        else:
            inside = self.text(index)
        return f"{self.text(node.value, Level.ATOM)}[{inside}]"

    def text_Slice(self, node, level):
        def part(bound):
            return self.text(bound) if bound else ""

        return f"{part(node.lower)}:{part(node.upper)}" + (":" + part(node.step) if node.step else "")

    def text_Starred(self, node, level):
        return "*" + self.text(node.value, Level.BIT_OR)

    # Parameters.

    def text_arg(self, node, level):
        return node.arg + (f": {self.text(node.annotation)}" if node.annotation else "")

    def text_arguments(self, node, level):
        def parameter(arg, default):
            return self.text(arg) + (f"={self.text(default)}" if default else "")

        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        texts = list(map(parameter, plain, defaults))
        if node.posonlyargs:
            texts.insert(len(node.posonlyargs), "/")
        if node.vararg or node.kwonlyargs:
            texts.append("*" + (self.text(node.vararg) if node.vararg else ""))
        texts.extend(map(parameter, node.kwonlyargs, node.kw_defaults))
        if node.kwarg:
            texts.append("**" + self.text(node.kwarg))
        return ", ".join(texts)

    # Small parts of statements.

    def text_alias(self, node, level):
        return node.name + (f" as {node.asname}" if node.asname else "")

    def text_withitem(self, node, level):
        names = f" as {self.text(node.optional_vars)}" if node.optional_vars else ""
        return self.text(node.context_expr) + names

    def text_FunctionType(self, node, level):
        return f"({self.series(node.argtypes)}) -> {self.text(node.returns)}"

    # Patterns.

    def text_MatchValue(self, node, level):
        return self.text(node.value)

    def text_MatchSingleton(self, node, level):
        return self.value(node.value)

    def text_MatchSequence(self, node, level):
        return f"[{self.series(node.patterns)}]"

    def text_MatchStar(self, node, level):
        return f"*{'_' if node.name is None else node.name}"

    def text_MatchMapping(self, node, level):
        texts = [self.pair(key, pattern) for key, pattern in zip(node.keys, node.patterns, strict=True)]
        if node.rest is not None:
            texts.append("**" + node.rest)
        return "{%s}" % ", ".join(texts)

    def text_MatchClass(self, node, level):
        texts = self.texts(node.patterns)
        for name, pattern in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            texts.append(f"{name}={self.text(pattern)}")
        return f"{self.text(node.cls, Level.ATOM)}({', '.join(texts)})"

    def text_MatchAs(self, node, level):
        if node.name is None:
            return "_"
        if node.pattern is None:
            return node.name
        return _wrap(f"{self.text(node.pattern, Level.BIT_OR)} as {node.name}", level > Level.TEST)

    def text_MatchOr(self, node, level):
        inner = Level.BIT_OR.tighter()
        return _wrap(" | ".join(self.texts(node.patterns, inner)), level > Level.BIT_OR)
