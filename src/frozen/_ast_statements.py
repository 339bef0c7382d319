"""Statements for `ast.unparse`, as lines."""

import _ast
from _ast_strings import docstring
from _ast_unparse import Expressions, Level

_NESTED = (_ast.FunctionDef, _ast.AsyncFunctionDef, _ast.ClassDef)


class Unparser:
    """Collects the lines of a tree."""

    def __init__(self):
        self.lines = []
        self.indent = 0
        self.ignored = {}
        self.expressions = Expressions()
        self.text = self.expressions.text
        self.series = self.expressions.series

    def run(self, node):
        """The text of a node, or of a list of them."""
        self.add(node)
        return "\n".join(self.lines)

    def add(self, node):
        if isinstance(node, list):
            for item in node:
                self.add(item)
            return
        method = getattr(self, "stmt_" + type(node).__name__, None)
        if method is not None:
            method(node)
            return
        text = self.text(node)
        self.lines[-1:] = [self.lines[-1] + text] if self.lines else [text]

    def line(self, text):
        self.lines.append("    " * self.indent + text)

    def block(self, head, body, comment=""):
        """A line with a colon, and the statements below it."""
        self.line(f"{head}:{comment}")
        self.indent += 1
        self.add(body)
        self.indent -= 1

    def optional_block(self, head, body):
        if body:
            self.block(head, body)

    def comment(self, node):
        """The type comment of a node."""
        text = self.ignored.get(node.lineno) or node.type_comment
        return "" if text is None else f" # type: {text}"

    def body(self, node):
        """The statements of a node that may start with a docstring."""
        first = node.body[0] if node.body else None
        value = first.value if isinstance(first, _ast.Expr) else None
        if isinstance(value, _ast.Constant) and isinstance(value.value, str):
            self.line(("u" if value.kind == "u" else "") + docstring(value.value))
            self.add(node.body[1:])
        else:
            self.add(node.body)

    # Whole trees.

    def stmt_Module(self, node):
        self.ignored = {ignore.lineno: f"ignore{ignore.tag}" for ignore in node.type_ignores}
        self.body(node)
        self.ignored = {}

    def stmt_Interactive(self, node):
        self.add(node.body)

    def stmt_Expression(self, node):
        self.add(node.body)

    # Definitions.

    def definition(self, node, head, comment=""):
        if self.lines:
            self.lines.append("")
        for decorator in node.decorator_list:
            self.line("@" + self.text(decorator))
        self.line(f"{head}:{comment}")
        self.indent += 1
        self.body(node)
        self.indent -= 1

    def stmt_FunctionDef(self, node, start="def"):
        returns = f" -> {self.text(node.returns)}" if node.returns else ""
        self.definition(node, f"{start} {node.name}({self.text(node.args)}){returns}", self.comment(node))

    def stmt_AsyncFunctionDef(self, node):
        self.stmt_FunctionDef(node, "async def")

    def stmt_ClassDef(self, node):
        bases = self.series([*node.bases, *node.keywords])
        has_parentheses = node.bases or node.keywords
        self.definition(node, f"class {node.name}" + (f"({bases})" if has_parentheses else ""))

    # Simple statements.

    def stmt_Expr(self, node):
        self.line(self.text(node.value, Level.YIELD))

    def stmt_Return(self, node):
        self.line(f"return {self.text(node.value)}" if node.value else "return")

    def stmt_Delete(self, node):
        self.line("del " + self.series(node.targets))

    def stmt_Assign(self, node):
        targets = "".join(self.text(target, Level.TUPLE) + " = " for target in node.targets)
        self.line(targets + self.text(node.value) + self.comment(node))

    def stmt_AugAssign(self, node):
        op = Expressions.symbol(node.op)
        self.line(f"{self.text(node.target)} {op}= {self.text(node.value)}")

    def stmt_AnnAssign(self, node):
        target = self.text(node.target)
        if not node.simple and isinstance(node.target, _ast.Name):
            target = f"({target})"
        value = f" = {self.text(node.value)}" if node.value else ""
        self.line(f"{target}: {self.text(node.annotation)}{value}")

    def stmt_Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't use cause without an exception.")
            self.line("raise")
            return
        cause = f" from {self.text(node.cause)}" if node.cause else ""
        self.line(f"raise {self.text(node.exc)}{cause}")

    def stmt_Assert(self, node):
        message = f", {self.text(node.msg)}" if node.msg else ""
        self.line(f"assert {self.text(node.test)}{message}")

    def stmt_Import(self, node):
        self.line("import " + self.series(node.names))

    def stmt_ImportFrom(self, node):
        self.line(f"from {'.' * (node.level or 0)}{node.module or ''} import {self.series(node.names)}")

    def stmt_Global(self, node):
        self.line("global " + ", ".join(node.names))

    def stmt_Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names))

    def stmt_Pass(self, node):
        self.line("pass")

    def stmt_Break(self, node):
        self.line("break")

    def stmt_Continue(self, node):
        self.line("continue")

    # Compound statements.

    def stmt_For(self, node, start="for"):
        head = f"{start} {self.text(node.target, Level.TUPLE)} in {self.text(node.iter)}"
        self.block(head, node.body, self.comment(node))
        self.optional_block("else", node.orelse)

    def stmt_AsyncFor(self, node):
        self.stmt_For(node, "async for")

    def stmt_While(self, node):
        self.block("while " + self.text(node.test), node.body)
        self.optional_block("else", node.orelse)

    def stmt_If(self, node):
        self.block("if " + self.text(node.test), node.body)
        while node.orelse and len(node.orelse) == 1 and isinstance(node.orelse[0], _ast.If):
            node = node.orelse[0]
            self.block("elif " + self.text(node.test), node.body)
        self.optional_block("else", node.orelse)

    def stmt_With(self, node, start="with"):
        self.block(f"{start} {self.series(node.items)}", node.body, self.comment(node))

    def stmt_AsyncWith(self, node):
        self.stmt_With(node, "async with")

    def stmt_Try(self, node, word="except"):
        self.block("try", node.body)
        for handler in node.handlers:
            self.stmt_ExceptHandler(handler, word)
        self.optional_block("else", node.orelse)
        self.optional_block("finally", node.finalbody)

    def stmt_TryStar(self, node):
        self.stmt_Try(node, "except*")

    def stmt_ExceptHandler(self, node, word="except"):
        kind = f" {self.text(node.type)}" if node.type else ""
        name = f" as {node.name}" if node.name else ""
        self.block(word + kind + name, node.body)

    def stmt_Match(self, node):
        self.block("match " + self.text(node.subject), node.cases)

    def stmt_match_case(self, node):
        guard = f" if {self.text(node.guard)}" if node.guard else ""
        self.block(f"case {self.text(node.pattern)}{guard}", node.body)
