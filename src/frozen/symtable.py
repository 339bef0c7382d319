"""What the names of a program mean, as the compiler sees it: which are local, global, free."""
import ast

import _symtable_scopes as _scopes
from _symtable_scopes import (
    ANNOTATED, BOUND, CLASS, FUNCTION, IMPORTED, IS_CELL, IS_FREE, IS_GLOBAL, IS_GLOBAL_EXPLICIT, IS_LOCAL, LOCAL, MODULE,
    NONLOCAL, PARAM, USED,
)

__all__ = ["symtable", "SymbolTable", "Class", "Function", "Symbol"]


def symtable(code, filename, compile_type):
    """The table of the names of a program: `compile_type` is exec, eval or single."""
    if compile_type not in ("exec", "eval", "single"):
        raise ValueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
    # What is no program is refused.
    compile(code, filename, compile_type, dont_inherit=True)
    collector = _scopes.Collector()
    collector.generic_visit(ast.parse(code, filename, compile_type))
    _scopes.resolve(collector.scope)
    return _table(collector.scope, filename)


def _table(scope, filename):
    # One object for each scope.
    if not hasattr(scope, "table"):
        kind = {FUNCTION: Function, CLASS: Class, MODULE: SymbolTable}[scope.kind]
        scope.table = kind(scope, filename)
    return scope.table


class SymbolTable:
    """The names of a scope."""

    def __init__(self, raw_table, filename):
        self._table = raw_table
        self._filename = filename
        self._symbols = {}

    def __repr__(self):
        kind = "" if self.__class__ == SymbolTable else "%s " % self.__class__.__name__
        if self._table.name == "top":
            return f"<{kind}SymbolTable for module {self._filename}>"
        return f"<{kind}SymbolTable for {self._table.name} in {self._filename}>"

    def get_type(self):
        """What it is of: a module, a function or a class."""
        return self._table.kind

    def get_id(self):
        """A number of its own."""
        return id(self._table)

    def get_name(self):
        """The name of the function or class; `top` for a module."""
        return self._table.name

    def get_lineno(self):
        """The line where it begins."""
        return self._table.line

    def is_optimized(self):
        """Whether its locals are kept in registers: those of functions are."""
        return self._table.kind == FUNCTION

    def is_nested(self):
        """Whether it is within a function."""
        return self._table.nested

    def has_children(self):
        """Whether there are scopes in it."""
        return bool(self._table.children)

    def get_identifiers(self):
        """Its names."""
        return self._table.flags.keys()

    def lookup(self, name):
        """What is known of a name."""
        symbol = self._symbols.get(name)
        if symbol is None:
            flags = self._table.flags[name]
            spaces = [_table(child, self._filename) for child in self._table.children if child.name == name]
            symbol = self._symbols[name] = Symbol(
                name, flags, spaces, self._table.meaning[name], module_scope=self._table.kind == MODULE)
        return symbol

    def get_symbols(self):
        """What is known of all names."""
        return [self.lookup(name) for name in self.get_identifiers()]

    def get_children(self):
        """The tables of the scopes in it."""
        return [_table(child, self._filename) for child in self._table.children]


class Function(SymbolTable):
    """The names of a function."""

    def _which(self, condition):
        table = self._table
        return tuple(name for name in table.flags if condition(table.flags[name], table.meaning[name]))

    def get_parameters(self):
        """Its parameters."""
        return self._which(lambda flags, meaning: flags & PARAM)

    def get_locals(self):
        """Its locals, the parameters included."""
        return self._which(lambda flags, meaning: meaning in (IS_LOCAL, IS_CELL))

    def get_globals(self):
        """The globals that it uses."""
        return self._which(lambda flags, meaning: meaning in (IS_GLOBAL, IS_GLOBAL_EXPLICIT))

    def get_nonlocals(self):
        """What it declares nonlocal."""
        return self._which(lambda flags, meaning: flags & NONLOCAL)

    def get_frees(self):
        """What it has from the functions around it."""
        return self._which(lambda flags, meaning: meaning == IS_FREE)


class Class(SymbolTable):
    """The names of the body of a class."""

    def get_methods(self):
        """The names of its methods."""
        return tuple(dict.fromkeys(child.name for child in self._table.children))


class Symbol:
    """A name in a scope."""

    def __init__(self, name, flags, namespaces=None, scope=None, *, module_scope=False):
        self._name, self._flags, self._meaning = name, flags, scope
        self._spaces = tuple(namespaces or ())
        self._in_module = module_scope

    def __repr__(self):
        return f"<symbol {self._name!r}>"

    def get_name(self):
        """The name."""
        return self._name

    def is_referenced(self):
        """Whether its value is used."""
        return bool(self._flags & USED)

    def is_parameter(self):
        """Whether it is a parameter."""
        return bool(self._flags & PARAM)

    def _bound_in_module(self):
        return self._in_module and bool(self._flags & BOUND)

    def is_global(self):
        """Whether it is a global."""
        return self._meaning in (IS_GLOBAL, IS_GLOBAL_EXPLICIT) or self._bound_in_module()

    def is_nonlocal(self):
        """Whether it is declared nonlocal."""
        return bool(self._flags & NONLOCAL)

    def is_declared_global(self):
        """Whether it is declared global."""
        return self._meaning == IS_GLOBAL_EXPLICIT

    def is_local(self):
        """Whether it is a local."""
        return self._meaning in (IS_LOCAL, IS_CELL) or self._bound_in_module()

    def is_annotated(self):
        """Whether it has an annotation."""
        return bool(self._flags & ANNOTATED)

    def is_free(self):
        """Whether it is from a function around this one."""
        return self._meaning == IS_FREE

    def is_imported(self):
        """Whether it is made by an import."""
        return bool(self._flags & IMPORTED)

    def is_assigned(self):
        """Whether it is assigned to."""
        return bool(self._flags & LOCAL)

    def is_namespace(self):
        """Whether it is the name of a function or a class."""
        return bool(self._spaces)

    def get_namespaces(self):
        """The tables of what has this name."""
        return self._spaces

    def get_namespace(self):
        """The table of what has this name; ValueError unless that is one thing."""
        if not self._spaces:
            raise ValueError("name is not bound to any namespaces")
        if len(self._spaces) > 1:
            raise ValueError("name is bound to multiple namespaces")
        return self._spaces[0]
