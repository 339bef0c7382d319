"""Syntax trees: parsing to nodes, looking through them, changing them, and writing them as text again.

The classes of the nodes are those of `_ast`; the parser and the compiler are the interpreter's.
"""

from _ast import *
from _ast_older import (
    AugLoad, AugStore, Bytes, Ellipsis, ExtSlice, Index, NameConstant, Num, Param, Str, Suite, old_kind, slice,
)

_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None):
    """Parse a text to a tree; `mode` is that of compile(), or "func_type" for the comment about a signature."""
    if mode == "func_type":
        return _parse_signature(source, filename)
    flags = PyCF_ONLY_AST | (PyCF_TYPE_COMMENTS if type_comments else 0)
    return compile(source, filename, mode, flags)


def _parse_signature(source, filename):
    parameters, arrow, returns = source.rpartition("->")
    if not arrow or not parameters.lstrip().startswith("("):
        raise SyntaxError("invalid syntax", (filename, 1, 1, source))
    # Types with stars are written as the arguments of a call.
    call = parse("_" + parameters.strip(), filename, "eval").body
    types = [arg.value if isinstance(arg, Starred) else arg for arg in call.args]
    types += [keyword.value for keyword in call.keywords]
    return FunctionType(types, parse(returns.strip(), filename, "eval").body)


# Values.


def literal_eval(node_or_string):
    """The value of an expression, or of the text of one, that is made of literals and displays only."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Dict) and len(node.keys) == len(node.values):
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set":
        if node.args == node.keywords == []:
            return set()
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        # A complex number: a real one and an imaginary one.
        left, right = _signed(node.left), _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _signed(node)


def _signed(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        value = _number(node.operand)
        return +value if isinstance(node.op, UAdd) else -value
    return _number(node)


def _number(node):
    if isinstance(node, Constant) and type(node.value) in (int, float, complex):
        return node.value
    line = getattr(node, "lineno", None)
    raise ValueError(f"malformed node or string{f' on line {line}' if line else ''}: {node!r}")


# Looking at trees.


def iter_fields(node):
    """Pairs of the name and the value of each field that a node has."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            continue


def iter_child_nodes(node):
    """The nodes right below a node."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """A node and all nodes below it, level by level."""
    from collections import deque

    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """A tree as text; with an indentation, a number or a text, on several lines."""
    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {type(node).__name__!r}")
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def is_default(item, name):
        return getattr(item, name) is None and getattr(type(item), name, ...) is None

    def shown(item, depth):
        """The text, and whether it is short enough to stand on one line with what it belongs to."""
        if isinstance(item, AST):
            texts, simple = fields(item, depth + 1)
            name = type(item).__name__
            if simple and len(texts) <= 3:
                return f"{name}({', '.join(texts)})", not texts
            return name + "(" + spread(texts, depth + 1) + ")", False
        if isinstance(item, list) and item:
            return "[" + spread([shown(x, depth + 1)[0] for x in item], depth + 1) + "]", False
        return repr(item), True

    def spread(texts, depth):
        start = "" if indent is None else "\n" + indent * depth
        return start + (", " if indent is None else "," + start).join(texts)

    def fields(item, depth):
        texts, all_simple, named = [], True, annotate_fields
        present = [name for name in item._fields if hasattr(item, name) and not is_default(item, name)]
        if include_attributes:
            attributes = [name for name in item._attributes if hasattr(item, name) and not is_default(item, name)]
        else:
            attributes = []
        for name in item._fields:
            if name not in present:
                # Without their names, those behind a missing one would be taken for others.
                named = True
                continue
            text, simple = shown(getattr(item, name), depth)
            texts.append(f"{name}={text}" if named else text)
            all_simple &= simple
        for name in attributes:
            text, simple = shown(getattr(item, name), depth)
            texts.append(f"{name}={text}")
            all_simple &= simple
        return texts, all_simple

    return shown(node, 0)[0]


def get_docstring(node, clean=True):
    """The docstring of a module, class or function, or None; `clean` removes its indentation."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{type(node).__name__!r} can't have docstrings")
    first = node.body[0] if node.body else None
    value = first.value if isinstance(first, Expr) else None
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return None
    if not clean:
        return value.value
    import inspect

    return inspect.cleandoc(value.value)


def _lines_of(source):
    """The lines of a program with their ends; only \\n, \\r and \\r\\n are such."""
    lines, start = [], 0
    for i, c in enumerate(source):
        if c == "\n" or (c == "\r" and source[i + 1:i + 2] != "\n"):
            lines.append(source[start:i + 1])
            start = i + 1
    if start < len(source):
        lines.append(source[start:])
    return lines


def get_source_segment(source, node, *, padded=False):
    """The part of a program's text that a node comes from, or None if the node does not say where it stands.

    `padded` keeps the first line's place by spaces before it.
    """
    line, column = getattr(node, "lineno", None), getattr(node, "col_offset", None)
    end_line, end_column = getattr(node, "end_lineno", None), getattr(node, "end_col_offset", None)
    if None in (line, column, end_line, end_column):
        return None
    # Columns count bytes.
    lines = [text.encode() for text in _lines_of(source)[line - 1:end_line]]
    before = lines[0][:column].decode()
    lines[-1] = lines[-1][:end_column]
    lines[0] = lines[0][column:]
    text = b"".join(lines).decode()
    if padded and end_line > line:
        text = "".join(c if c in "\f\t" else " " for c in before) + text
    return text


# Places.


def copy_location(new_node, old_node):
    """Say of a node that it stands where another one does; returns it."""
    for name in _PLACE:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or (name.startswith("end_") and hasattr(old_node, name)):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Say of all nodes of a tree that do not know it that they stand where the nodes around them do; returns it."""

    def fix(node, place):
        place = dict(place)
        for name in _PLACE:
            if name not in node._attributes:
                continue
            # The end may be None, the start must not be there.
            known = getattr(node, name, None) is not None if name.startswith("end_") else hasattr(node, name)
            if known:
                place[name] = getattr(node, name)
            else:
                setattr(node, name, place[name])
        for child in iter_child_nodes(node):
            fix(child, place)

    fix(node, dict(zip(_PLACE, (1, 0, 1, 0))))
    return node


def increment_lineno(node, n=1):
    """Move a tree down by some lines; returns it."""
    for child in walk(node):
        if isinstance(child, TypeIgnore) or "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and getattr(child, "end_lineno", 0) is not None:
            child.end_lineno = getattr(child, "end_lineno", 0) + n
    return node


# Visitors.


class NodeVisitor:
    """Calls, for a node of class `X`, the method `visit_X` if a subclass has it; by default the nodes below are visited."""

    def visit(self, node):
        """Visit a node; returns what its method returns."""
        return getattr(self, "visit_" + type(node).__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        """What is done with a node that there is no method for: visit those below it."""
        for _, value in iter_fields(node):
            if isinstance(value, AST):
                self.visit(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)

    def visit_Constant(self, node):
        # Programs may still have methods for the classes that literals had before.
        name = old_kind(node.value)
        visitor = getattr(self, f"visit_{name}", None) if name else None
        if visitor is None:
            return self.generic_visit(node)
        import warnings

        warnings.warn(f"visit_{name} is deprecated; add visit_Constant", DeprecationWarning, 2)
        return visitor(node)


class NodeTransformer(NodeVisitor):
    """A visitor whose methods return what shall stand in the place of a node: it or another one, None to remove it,
    or a list of nodes in the place of one in a list.
    """

    def generic_visit(self, node):
        for name, value in iter_fields(node):
            if isinstance(value, list):
                value[:] = self._replaced(value)
            elif isinstance(value, AST):
                new = self.visit(value)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node

    def _replaced(self, items):
        kept = []
        for item in items:
            new = self.visit(item) if isinstance(item, AST) else item
            if isinstance(new, AST) or not isinstance(item, AST):
                kept.append(new)
            elif new is not None:
                kept.extend(new)
        return kept


def unparse(ast_obj):
    """The text of a program that has this tree."""
    from _ast_statements import Unparser

    return Unparser().run(ast_obj)


def main():
    import argparse

    parser = argparse.ArgumentParser(prog="python -m ast")
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-", help="a program; - is standard input")
    parser.add_argument("-m", "--mode", default="exec", choices=("exec", "single", "eval", "func_type"), help="what it is")
    parser.add_argument("--no-type-comments", default=True, action="store_false", help="leave type comments out")
    parser.add_argument("-a", "--include-attributes", action="store_true", help="show where nodes stand")
    parser.add_argument("-i", "--indent", type=int, default=3, help="spaces to indent by")
    args = parser.parse_args()
    with args.infile as file:
        source = file.read()
    tree = parse(source, args.infile.name, args.mode, type_comments=args.no_type_comments)
    print(dump(tree, include_attributes=args.include_attributes, indent=args.indent))


if __name__ == "__main__":
    main()
